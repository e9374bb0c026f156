import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { mayDecide, type Municipality } from '../../../identity/server/index.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { later } from '../../../platform/time.ts';
import { requestLife } from '../../../identity/second-admin.ts';
import { keysOf, rotateKey, type KeyUse } from './keys.ts';
import { keyRequests, keyUses } from './schema.ts';

type Place = Pick<Municipality, 'id' | 'districtId'>;

/** @throws Refusal 404 for whoever does not keep the keys of this municipality */
function must(actor: Actor, { id, districtId }: Place) {
	if (!can(actor, 'alert.keys', { municipalityId: id, districtId })) throw notFound();
}

const isUse = (text: string): text is KeyUse => (keyUses as readonly string[]).includes(text);

/** The keys warnings are signed with, the newest first, and what waits for a second administrator. */
export async function keysForOffice(db: Db, actor: Actor, municipality: Place, now = new Date()) {
	must(actor, municipality);
	const keys = (await keysOf(db, [municipality.id])).map(
		({ key: { id, use, madeAt, retiredAt, revokedAt, exercise } }) => ({
			id,
			use,
			madeAt,
			retiredAt,
			revokedAt,
			exercise
		})
	);
	const waiting = await db
		.select()
		.from(keyRequests)
		.where(
			and(
				eq(keyRequests.municipalityId, municipality.id),
				isNull(keyRequests.decidedAt),
				gt(keyRequests.requestedAt, later(now, -requestLife))
			)
		)
		.orderBy(desc(keyRequests.requestedAt));
	return { keys: keys.reverse(), waiting };
}

/** The first of two administrators asks for a new key. Nothing changes yet. @throws Refusal 400, 404 */
export const requestKey = (
	db: Db,
	actor: Actor,
	facts: { id: string; municipality: Place; use: string; stolen: boolean },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { id, municipality, use, stolen } = facts;
		must(actor, municipality);
		if (!isUse(use)) throw new Refusal(400, 'Choose which key.', 'use');
		const made = await tx
			.insert(keyRequests)
			.values({
				id,
				municipalityId: municipality.id,
				use,
				stolen,
				requestedBy: actor.id,
				requestedByName: actor.name,
				requestedAt: now
			})
			.onConflictDoNothing()
			.returning({ id: keyRequests.id });
		if (made.length) await note(tx, actor, municipality.id, 'requested', id, { use, stolen }, now);
	});

/**
 * The second administrator agrees, and the new key takes over, or not. Whoever asked may only take it back.
 * @throws Refusal 404, 409 with the reason
 */
export const decideKey = (
	db: Db,
	actor: Actor,
	facts: { id: string; municipality: Place; agreed: boolean },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { id, municipality, agreed } = facts;
		must(actor, municipality);
		const [asked] = await tx
			.select()
			.from(keyRequests)
			.where(and(eq(keyRequests.id, id), eq(keyRequests.municipalityId, municipality.id)))
			.for('update');
		if (!asked) throw notFound();
		await mayDecide(tx, actor, asked, { agreed, place: municipality }, now);
		await tx
			.update(keyRequests)
			.set({ decidedBy: actor.id, decidedAt: now, agreed })
			.where(eq(keyRequests.id, id));
		const { use, stolen } = asked;
		if (agreed)
			await rotateKey(tx, actor, { municipalityId: municipality.id, use, revoke: stolen }, now);
		await note(tx, actor, municipality.id, agreed ? 'agreed' : 'refused', id, { use, stolen }, now);
	});

const note = (
	tx: Db,
	actor: Actor,
	municipalityId: string,
	what: 'requested' | 'agreed' | 'refused',
	thingId: string,
	details: Record<string, unknown>,
	now: Date
) =>
	record(
		tx,
		actor,
		{ municipalityId, deed: `alert_key.${what}`, thing: 'signing_key_request', thingId, details },
		now
	);
