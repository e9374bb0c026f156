import { and, eq, sql } from 'drizzle-orm';
import { askToConfirm, follow } from '../../delivery/server/index.ts';
import { m, spokenNow } from '../../i18n/index.ts';
import type { Asker } from '../../identity/asker.ts';
import type { Actor } from '../../identity/permissions.ts';
import { readContact, spend, type Budget } from '../../identity/server/index.ts';
import { contactOf, mayCapture } from '../../issues/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import { dayAndTime, hours } from '../../platform/time.ts';
import { isActive } from '../rules.ts';
import { note } from './draft.ts';
import type { Outage } from './find.ts';
import { outageHouseholds, outages } from './schema.ts';
import { addressOf, whoSays } from './who.ts';

export interface Joining {
	municipalityId: string;
	number: number;
	/** Their own address, if they give it: neighbours under one roof count once. Only its fingerprint is kept. */
	address?: string;
	/** Phone numbers and e-mail addresses to be told at; whoever is signed in is told in their account. */
	contacts?: string[];
	/** Typed in for a caller by somebody who takes reports. */
	forCaller?: boolean;
}

const longestAddress = 200;

/** One phone has little; a network has much, for a whole hall shares one address of a mobile carrier. */
const perDevice: Budget = { points: 20, window: hours(24) };
const perNetwork: Budget = { points: 1000, window: hours(24) };
/** Nobody signs a stranger's phone up for everything. */
const perContact: Budget = { points: 10, window: hours(24) };

/**
 * "It is off at my place too": counts the household once, however often it is said, and tells whoever
 * said it when the forecast moves and when it is back.
 * @throws Refusal 404 for none of that number, 409 when it is over, 400 naming the field, 429
 */
export const joinOutage = (db: Db, asker: Asker, facts: Joining, now = new Date()): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, number } = facts;
		const [outage] = await tx
			.select()
			.from(outages)
			.where(and(eq(outages.municipalityId, municipalityId), eq(outages.number, number)))
			.for('update');
		if (!outage?.publishedAt) throw notFound();
		if (!isActive(outage.state)) throw new Refusal(409, m.outages_too_late());
		const address = cleanLine(facts.address ?? '');
		if (address.length > longestAddress)
			throw new Refusal(400, m.refusals_address_long({ most: longestAddress }), 'address');
		const forCaller = Boolean(facts.forCaller) && mayCapture(asker, municipalityId);

		await holdBack(tx, asker, now);
		await countHousehold(tx, outage, { address, byWhom: whoSays(asker, forCaller) }, now);
		if (asker.actor && !forCaller) await followInAccount(tx, asker.actor, outage, now);
		for (const contact of facts.contacts ?? []) await followByContact(tx, outage, contact, now);
		// Whoever is without water or power stands in no log that is kept for good.
		await note(tx, null, outage, 'outage.joined', now);
	});

/** Contacts as far as a form about something else had them already: one that is none stops nothing. */
export const usableContacts = (typed: Array<string | undefined>): string[] =>
	typed.flatMap((each) => {
		const read = readContact(each?.trim() ?? '');
		return read && (read.kind === 'email' || read.sms) ? [each!] : [];
	});

async function countHousehold(
	tx: Db,
	{ id: outageId, municipalityId }: Outage,
	{ address, byWhom }: { address: string; byWhom: string },
	now: Date
) {
	const kept = address ? addressOf(address) : null;
	await tx
		.insert(outageHouseholds)
		.values({ id: newId(now), municipalityId, outageId, byWhom, address: kept, at: now })
		.onConflictDoUpdate({
			target: [outageHouseholds.outageId, outageHouseholds.byWhom],
			set: { address: sql`coalesce(excluded.address, ${outageHouseholds.address})` }
		});
	await tx
		.update(outages)
		.set({
			households: sql`(select count(distinct coalesce(${outageHouseholds.address}, ${outageHouseholds.byWhom})) from ${outageHouseholds} where ${outageHouseholds.outageId} = ${outageId})`
		})
		.where(eq(outages.id, outageId));
}

const following = ({ municipalityId, id: subjectId }: Outage) => ({
	municipalityId,
	subject: 'outage' as const,
	subjectId,
	because: 'asked' as const
});

const followInAccount = (tx: Db, { id: personId, language }: Actor, outage: Outage, now: Date) =>
	follow(tx, { ...following(outage), personId, channel: 'inbox', language }, now);

async function followByContact(tx: Db, outage: Outage, typed: string, now: Date) {
	const about = following(outage);
	const contact = await contactOf(tx, typed, now);
	const { contactPointId } = contact;
	const until = await spend(tx, `join-outage/contact/${contactPointId}`, perContact, now);
	if (until) throw tooOften(until, now);
	const language = spokenNow();
	await follow(tx, { ...about, ...contact, language }, now);
	const path = `/outages/${outage.number}`;
	await askToConfirm(tx, { ...about, contactPointId, what: outage.areaDesc, language, path }, now);
}

async function holdBack(tx: Db, { actor, device, network }: Asker, now: Date) {
	if (actor) return;
	const until =
		(await spend(tx, `join-outage/device/${device}`, perDevice, now)) ??
		(network ? await spend(tx, `join-outage/network/${network}`, perNetwork, now) : null);
	if (until) throw tooOften(until, now);
}

const tooOften = (until: Date, now: Date) =>
	new Refusal(429, m.outages_too_often({ until: dayAndTime(until, now) }));
