import { and, desc, eq, sql } from 'drizzle-orm';
import { alias, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { can, type Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { samePerson } from '../likeness.ts';
import { mustHavePlace } from './act.ts';
import { forgetMatch, lookForAlike } from './alike.ts';
import { endCard } from './cards.ts';
import { done, happened, livingOf, mustBeActive, type Household } from './household.ts';
import { withinRules } from './refuse.ts';
import { aidHouseholds, aidMembers, aidPairs } from './schema.ts';
import { shownHousehold } from './read.ts';

type Pair = typeof aidPairs.$inferSelect;

/** A pair that somebody may decide: they adjudicate at both sites. @throws 404 */
async function pairFor(db: Db, actor: Actor, pairId: string, now: Date, lock = false) {
	const query = db
		.select()
		.from(aidPairs)
		.where(eq(aidPairs.id, isId(pairId) ? pairId : newId()));
	const [pair] = await (lock ? query.for('update') : query);
	if (!pair || !can(actor, 'aid.adjudicate', pair)) throw notFound();
	const both = await bothOf(db, pair, lock);
	for (const household of both) await mustHavePlace(db, actor, 'adjudicator', household, now);
	return { pair, both };
}

/** The two households, the one that was registered first first. */
async function bothOf(db: Db, { firstId, secondId }: Pair, lock: boolean) {
	const query = db
		.select()
		.from(aidHouseholds)
		.where(sql`${aidHouseholds.id} in (${firstId}::uuid, ${secondId}::uuid)`)
		.orderBy(aidHouseholds.registeredAt, aidHouseholds.id);
	return (await (lock ? query.for('update') : query)) as [Household, Household];
}

/** What waits for a decision in an event, at the sites where this person adjudicates; surest first. @throws 404 */
export async function openPairs(db: Db, actor: Actor, eventId: string) {
	const [one, two] = [alias(aidHouseholds, 'one'), alias(aidHouseholds, 'two')];
	const mine = (site: AnyPgColumn) => sql`exists (select from aid_assignments a
		where a.person_id = ${actor.id}::uuid and a.role = 'adjudicator' and a.ended_at is null and a.site_id = ${site})`;
	const found = await db
		.select({
			id: aidPairs.id,
			municipalityId: aidPairs.municipalityId,
			score: aidPairs.score,
			level: aidPairs.level,
			reasons: aidPairs.reasons,
			raisedAt: aidPairs.raisedAt,
			first: one.reference,
			second: two.reference
		})
		.from(aidPairs)
		.innerJoin(one, eq(one.id, aidPairs.firstId))
		.innerJoin(two, eq(two.id, aidPairs.secondId))
		.where(
			and(
				eq(aidPairs.eventId, isId(eventId) ? eventId : newId()),
				eq(aidPairs.state, 'open'),
				mine(one.siteId),
				mine(two.siteId)
			)
		)
		.orderBy(desc(aidPairs.score), aidPairs.raisedAt)
		.limit(50);
	return found.filter((pair) => can(actor, 'aid.adjudicate', pair));
}

/** Two households side by side, with why they look alike. @throws 404 */
export async function pairPage(db: Db, actor: Actor, pairId: string, now = new Date()) {
	const { pair, both } = await pairFor(db, actor, pairId, now);
	return {
		pair,
		sides: await Promise.all(both.map((household) => shownHousehold(db, household, now)))
	};
}

export interface Decision {
	pairId: string;
	decision: 'same' | 'different';
	/** Why, for whoever asks later. */
	words: string;
}

/**
 * A person decides whether two registrations are one household. One: the later is joined to the earlier
 * with everybody who is not in both, and its card is no longer valid. Two: they stay, and the pair comes
 * back only when what was compared changes. @throws 404, 400 with the field, 409 when it was decided
 */
export const decidePair = (
	db: Db,
	actor: Actor,
	{ pairId, decision, words }: Decision,
	now = new Date()
) =>
	withinRules(() =>
		db.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { pair, both } = await pairFor(tx, actor, pairId, now, true);
			if (pair.state !== 'open') throw new Refusal(409, 'Somebody has decided this already.');
			if (!words) throw new Refusal(400, 'Say why: whoever asks later reads it.', 'words');
			both.forEach(mustBeActive);
			await tx
				.update(aidPairs)
				.set({ state: decision, decidedBy: actor.id, decidedAt: now, words })
				.where(eq(aidPairs.id, pair.id));
			const [earlier, later] = both;
			if (decision === 'same') await join(tx, actor, earlier, later, now);
			else
				for (const [one, other] of [both, [later, earlier]])
					await happened(tx, one, actor, 'held_apart', { from: other.id }, now);
			for (const household of both)
				await done(
					tx,
					actor,
					household,
					decision === 'same' ? 'aid_household.joined' : 'aid_household.held_apart',
					now,
					{ role: 'adjudicator', details: { pair: pair.id } }
				);
			return { kept: earlier.id };
		})
	);

/** The later registration into the earlier one. */
async function join(tx: Db, actor: Actor, earlier: Household, later: Household, now: Date) {
	const known = await livingOf(tx, earlier.id);
	for (const member of await livingOf(tx, later.id))
		if (!known.some((each) => samePerson(asFacts(each), asFacts(member))))
			await tx
				.update(aidMembers)
				.set({
					householdId: earlier.id,
					isHead: false,
					relation: member.isHead ? 'other' : member.relation
				})
				.where(eq(aidMembers.id, member.id));
	await endCard(tx, later.id, { by: actor.id, reason: 'merged' }, now);
	await tx
		.update(aidHouseholds)
		.set({ state: 'merged', mergedInto: earlier.id })
		.where(eq(aidHouseholds.id, later.id));
	await happened(tx, later, actor, 'merged_into', { to: earlier.id }, now);
	await happened(tx, earlier, actor, 'merged_from', { from: later.id }, now);
	await forgetMatch(tx, later.id);
	// Whatever else looked like the later one is asked anew about the earlier.
	await tx
		.delete(aidPairs)
		.where(
			and(
				eq(aidPairs.state, 'open'),
				sql`${later.id}::uuid in (${aidPairs.firstId}, ${aidPairs.secondId})`
			)
		);
	await lookForAlike(tx, earlier, now);
}

const asFacts = ({
	given,
	surname,
	birth,
	sex,
	documentIndex,
	documentEnd,
	phoneIndex
}: typeof aidMembers.$inferSelect) => ({
	given,
	surname,
	birth,
	sex,
	document: documentIndex,
	documentEnd,
	phone: phoneIndex
});
