import { createHash } from 'node:crypto';
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { canonical } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { keptRows, type Db } from '../../platform/server/db.ts';
import { keysOf, levelOf, likenessTo, type HouseholdFacts, type Likeness } from '../likeness.ts';
import { aidEvents, aidHouseholds, aidMatches, aidMembers, aidPairs } from './schema.ts';

type Household = Pick<
	typeof aidHouseholds.$inferSelect,
	'id' | 'eventId' | 'municipalityId' | 'address' | 'wardCode'
>;

/** More than this many share a key only where the key says nothing: a telephone of a whole hall. */
const mostCandidates = 300;

export interface Alike {
	householdId: string;
	facts: HouseholdFacts;
	likeness: Likeness;
}

/**
 * The households of an event that look like these facts, the most alike first. Candidates come by one
 * index on hashed keys; only they are compared letter by letter. `least` is the score from which one is told.
 */
export async function findAlike(
	db: Db,
	eventId: string,
	facts: HouseholdFacts,
	{ least, except = null, year }: { least: number; except?: string | null; year: number }
): Promise<Alike[]> {
	const keys = keysOf(eventId, facts, year);
	if (!keys.length) return [];
	// Kept apart from the limit, or the planner would hope to meet enough of them by reading every row.
	const candidates = await keptRows<{ household_id: string; facts: HouseholdFacts }>(
		db,
		sql`with near as materialized (select household_id, facts from aid_matches where keys && ${`{${keys.join(',')}}`}::int[])
			select household_id, facts from near limit ${mostCandidates}`
	);
	const compare = likenessTo(facts);
	return candidates
		.filter(({ household_id }) => household_id !== except)
		.map(({ household_id, facts: theirs }) => ({
			householdId: household_id,
			facts: theirs,
			likeness: compare(theirs)
		}))
		.filter(({ likeness: { score } }) => score >= least)
		.sort((a, b) => b.likeness.score - a.likeness.score);
}

/** A household as it is compared: its living members, the head first. */
export async function factsOf(db: Db, household: Household): Promise<HouseholdFacts> {
	const members = await db
		.select()
		.from(aidMembers)
		.where(and(eq(aidMembers.householdId, household.id), isNull(aidMembers.diedAt)))
		.orderBy(sql`${aidMembers.isHead} desc`, aidMembers.addedAt, aidMembers.id);
	return {
		people: members.map(
			({ given, surname, birth, sex, documentIndex, documentEnd, phoneIndex }) => ({
				given,
				surname,
				birth,
				sex,
				document: documentIndex,
				documentEnd,
				phone: phoneIndex
			})
		),
		address: household.address,
		wardCode: household.wardCode
	};
}

/** What was compared, both sides, as one fingerprint whichever comes first. */
const comparedOf = (a: HouseholdFacts, b: HouseholdFacts) =>
	createHash('sha256')
		.update([canonical(a), canonical(b)].sort().join())
		.digest('hex');

/**
 * Writes anew by what a household is found, and raises a pair for each that looks like it. A pair that a
 * person held apart stays so until what was compared changes. Nothing is refused for it.
 * Answers how many wait for a decision now.
 */
export async function lookForAlike(tx: Db, household: Household, now: Date): Promise<number> {
	const { id, eventId, municipalityId } = household;
	const year = now.getUTCFullYear();
	const facts = await factsOf(tx, household);
	const row = { keys: keysOf(eventId, facts, year), facts };
	await tx
		.insert(aidMatches)
		.values({ householdId: id, ...row })
		.onConflictDoUpdate({ target: aidMatches.householdId, set: row });
	const [event] = await tx.select().from(aidEvents).where(eq(aidEvents.id, eventId));
	const alike = await findAlike(tx, eventId, facts, { least: event.possibleAt, except: id, year });
	for (const { householdId, facts: theirs, likeness: found } of alike) {
		const [firstId, secondId] = [id, householdId].sort();
		const said = {
			score: found.score,
			level: levelOf(found.score, event)!,
			reasons: found.reasons,
			compared: comparedOf(facts, theirs)
		};
		await tx
			.insert(aidPairs)
			.values({
				id: newId(now),
				municipalityId,
				eventId,
				firstId,
				secondId,
				...said,
				raisedAt: now
			})
			.onConflictDoUpdate({
				target: [aidPairs.firstId, aidPairs.secondId],
				set: { ...said, state: 'open', raisedAt: now, decidedBy: null, decidedAt: null },
				setWhere: and(ne(aidPairs.state, 'same'), ne(aidPairs.compared, said.compared))
			});
	}
	await dropUnlike(
		tx,
		id,
		alike.map(({ householdId }) => householdId)
	);
	return tx.$count(
		aidPairs,
		and(eq(aidPairs.state, 'open'), sql`${id}::uuid in (${aidPairs.firstId}, ${aidPairs.secondId})`)
	);
}

/** What looked alike before a correction and does no longer waits for nobody. */
async function dropUnlike(tx: Db, id: string, alike: string[]) {
	const open = await tx
		.select()
		.from(aidPairs)
		.where(
			and(
				eq(aidPairs.state, 'open'),
				sql`${id}::uuid in (${aidPairs.firstId}, ${aidPairs.secondId})`
			)
		);
	const over = open.filter(
		({ firstId, secondId }) => !alike.includes(firstId === id ? secondId : firstId)
	);
	if (over.length)
		await tx.delete(aidPairs).where(
			inArray(
				aidPairs.id,
				over.map((each) => each.id)
			)
		);
}

/** A household that is none any longer is found by nobody. */
export const forgetMatch = (tx: Db, householdId: string) =>
	tx.delete(aidMatches).where(eq(aidMatches.householdId, householdId));
