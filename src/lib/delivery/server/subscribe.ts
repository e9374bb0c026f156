import { ECDH } from 'node:crypto';
import { and, asc, eq, isNull, or } from 'drizzle-orm';
import * as v from 'valibot';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { readConfig } from '../../platform/server/config.ts';
import { fingerprint, seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { PushSubscription } from '../push.ts';
import { hours } from '../../platform/time.ts';
import { spend } from '../../identity/server/index.ts';
import { forgetSubscriptions, leaveBlocks } from './push/leave.ts';
import { endpointObstacle } from './channels/push-hosts.ts';
import { changeSettings } from './preferences.ts';
import { pushSubscriptions } from './schema.ts';

const key = (bytes: number) =>
	v.pipe(
		v.string(),
		v.regex(/^[\w-]+=*$/, 'A key is base64url'),
		v.check((text) => Buffer.from(text, 'base64url').length === bytes, `A key has ${bytes} bytes`)
	);

function isPoint(text: string): boolean {
	try {
		ECDH.convertKey(text, 'prime256v1', 'base64url');
		return true;
	} catch {
		return false;
	}
}

/** As `PushSubscription.toJSON()` gives it: an uncompressed P-256 point and a 16-byte secret (RFC 8291). */
const schema = v.object({
	endpoint: v.pipe(v.string(), v.maxLength(1000)),
	keys: v.object({
		p256dh: v.pipe(key(65), v.check(isPoint, 'A public key is a point of P-256')),
		auth: key(16)
	})
});

/** How many phones and browsers one person, or one device that nobody signed in on, may have. */
const most = 10;

const indexOf = (endpoint: string) => fingerprint('push', endpoint);

export interface Subscriber {
	personId: string | null;
	device: string;
	/** The /24 or /48 it comes from; empty when it is not known. */
	network?: string;
	/** `PushSubscription.toJSON()` as it is. */
	sent: unknown;
}

/** New ones in an hour. Whole towns share one address of their phone network. */
const newPerHour = { device: 20, person: 20, network: 300 };

/**
 * Keeps a phone or browser that allowed pushes. Sent again, it changes hands to whoever is signed in
 * there now. The oldest go when there are more than ten. Answers with the subscription's id.
 * @throws Refusal 400 for what is no subscription or points anywhere but to a push service, 429 for too many
 */
export async function subscribe(
	db: Db,
	{ personId, device, network = '', sent }: Subscriber,
	now = new Date()
): Promise<string> {
	const subscription = readSubscription(sent);
	const obstacle = endpointObstacle(subscription.endpoint, readConfig().PUSH_ALLOW);
	if (obstacle) throw new Refusal(400, 'This is not the address of a push service.', 'endpoint');

	const endpointIndex = indexOf(subscription.endpoint);
	const deviceIndex = fingerprint('device', device);
	const kept = {
		personId,
		deviceIndex,
		origin: new URL(subscription.endpoint).origin,
		sealed: seal('push', JSON.stringify(subscription), endpointIndex),
		goneAt: null
	};
	return await db.transaction(async (tx) => {
		const before = await find(tx, endpointIndex);
		const known = before?.personId === personId && before.goneAt === null;
		if (!before) await holdBackNew(tx, { person: personId ?? '', device, network }, now);
		const [{ id }] = await tx
			.insert(pushSubscriptions)
			.values({ id: newId(now), endpointIndex, createdAt: now, ...kept })
			.onConflictDoUpdate({ target: pushSubscriptions.endpointIndex, set: kept })
			.returning({ id: pushSubscriptions.id });
		await dropOldest(tx, personId, deviceIndex, now);
		if (before && !sameKeys(before, subscription)) await leaveBlocks(tx, [id]);
		// A page that tells us again what we know must not undo a choice made since.
		if (personId && !known) await changeSettings(tx, { personId }, { channel: 'web_push' }, now);
		return id;
	});
}

type Row = typeof pushSubscriptions.$inferSelect;

async function find(tx: Db, endpointIndex: string): Promise<Row | undefined> {
	const [row] = await tx
		.select()
		.from(pushSubscriptions)
		.where(eq(pushSubscriptions.endpointIndex, endpointIndex));
	return row;
}

const sameKeys = ({ sealed, endpointIndex }: Row, { keys }: PushSubscription) => {
	const before: PushSubscription = JSON.parse(unseal('push', sealed, endpointIndex));
	return before.keys.p256dh === keys.p256dh && before.keys.auth === keys.auth;
};

/** Nobody fills our store, or the push services' patience, with phones that are none. */
async function holdBackNew(tx: Db, whose: Record<keyof typeof newPerHour, string>, now: Date) {
	for (const [per, points] of Object.entries(newPerHour)) {
		const name = whose[per as keyof typeof newPerHour];
		if (!name) continue;
		const until = await spend(tx, `push/${per}/${name}`, { points, window: hours(1) }, now);
		if (until) throw new Refusal(429, 'Too many new phones at once. Try again in an hour.');
	}
}

function readSubscription(sent: unknown): PushSubscription {
	const read = v.safeParse(schema, sent);
	if (read.success) return read.output;
	const [issue] = read.issues;
	throw new Refusal(400, issue.message, v.getDotPath(issue) ?? 'subscription');
}

async function dropOldest(tx: Db, personId: string | null, deviceIndex: string, now: Date) {
	const whose = personId
		? eq(pushSubscriptions.personId, personId)
		: and(isNull(pushSubscriptions.personId), eq(pushSubscriptions.deviceIndex, deviceIndex));
	const living = await tx
		.select({ id: pushSubscriptions.id })
		.from(pushSubscriptions)
		.where(and(whose, isNull(pushSubscriptions.goneAt)))
		.orderBy(asc(pushSubscriptions.createdAt), asc(pushSubscriptions.id));
	const surplus = living.slice(0, Math.max(0, living.length - most)).map(({ id }) => id);
	await forgetSubscriptions(tx, surplus, now);
}

/** Takes a phone or browser off the list: only from itself, or by the person it belongs to. */
export async function unsubscribe(
	db: Db,
	{ personId, device, endpoint }: { personId: string | null; device: string; endpoint: string },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const own = await tx
			.select({ id: pushSubscriptions.id })
			.from(pushSubscriptions)
			.where(
				and(
					eq(pushSubscriptions.endpointIndex, indexOf(endpoint)),
					or(
						eq(pushSubscriptions.deviceIndex, fingerprint('device', device)),
						personId ? eq(pushSubscriptions.personId, personId) : undefined
					)
				)
			);
		await forgetSubscriptions(
			tx,
			own.map(({ id }) => id),
			now
		);
	});
}
