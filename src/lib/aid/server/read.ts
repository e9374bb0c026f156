import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { contactIndex, readPhone } from '../../identity/server/index.ts';
import { people, privateViews } from '../../identity/server/schema.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { documentKinds, prioritiesOf } from '../household.ts';
import { readAidReference } from '../reference.ts';
import { householdByCard } from './cards.ts';
import { todayOf, type Household } from './household.ts';
import { documentIndexOf } from './person.ts';
import {
	aidAssessments,
	aidAssignments,
	aidHouseholdEvents,
	aidHouseholds,
	aidLinks,
	aidMembers,
	aidPairs,
	aidSites
} from './schema.ts';
import { eventOf } from './events.ts';

/** Roles that open a household's record; the others see what they hand out, later. */
const readers = ['registrar', 'adjudicator', 'approver', 'verifier', 'auditor'] as const;

/** What a screen may show of somebody: no number, no index. */
const shownColumns = {
	id: aidMembers.id,
	isHead: aidMembers.isHead,
	relation: aidMembers.relation,
	given: aidMembers.given,
	surname: aidMembers.surname,
	birth: aidMembers.birth,
	sex: aidMembers.sex,
	disability: aidMembers.disability,
	documentKind: aidMembers.documentKind,
	documentReason: aidMembers.documentReason,
	documentEnd: aidMembers.documentEnd,
	phoneEnd: aidMembers.phoneEnd,
	nameFrom: aidMembers.nameFrom,
	birthFrom: aidMembers.birthFrom,
	witness: aidMembers.witness,
	diedAt: aidMembers.diedAt
};

/** A household as those who may see it see it: last digits, never a number. */
export async function shownHousehold(db: Db, household: Household, now: Date) {
	const members = await db
		.select(shownColumns)
		.from(aidMembers)
		.where(eq(aidMembers.householdId, household.id))
		.orderBy(desc(aidMembers.isHead), aidMembers.addedAt, aidMembers.id);
	const [assessment] = await db
		.select()
		.from(aidAssessments)
		.where(eq(aidAssessments.householdId, household.id))
		.orderBy(desc(aidAssessments.at), desc(aidAssessments.id))
		.limit(1);
	const [site] = await db.select().from(aidSites).where(eq(aidSites.id, household.siteId));
	return {
		...household,
		site: site.name,
		members,
		assessment: assessment ?? null,
		priorities: prioritiesOf(members, await todayOf(db, household.municipalityId, now))
	};
}
export type ShownHousehold = Awaited<ReturnType<typeof shownHousehold>>;

/** Which roles somebody has where this household is looked after. */
const rolesAt = async (db: Db, actor: Pick<Actor, 'id'>, { siteId }: Pick<Household, 'siteId'>) =>
	(
		await db
			.select({ role: aidAssignments.role })
			.from(aidAssignments)
			.where(
				and(
					eq(aidAssignments.personId, actor.id),
					eq(aidAssignments.siteId, siteId),
					isNull(aidAssignments.endedAt)
				)
			)
	).map(({ role }) => role);

/**
 * One household, for somebody with a place at its site. That they looked is kept (POPIA s23: who viewed
 * me). @throws 404
 */
export async function householdPage(db: Db, actor: Actor, householdId: string, now = new Date()) {
	const [household] = await db
		.select()
		.from(aidHouseholds)
		.where(eq(aidHouseholds.id, isId(householdId) ? householdId : newId()));
	if (!household || !can(actor, 'aid.read', household)) throw notFound();
	const roles = await rolesAt(db, actor, household);
	if (!roles.some((role) => (readers as readonly string[]).includes(role))) throw notFound();
	await db.insert(privateViews).values({
		id: newId(now),
		municipalityId: household.municipalityId,
		viewerId: actor.id,
		subject: 'household',
		subjectId: household.id,
		field: 'record',
		at: now
	});
	const history = await db
		.select({
			id: aidHouseholdEvents.id,
			kind: aidHouseholdEvents.kind,
			facts: aidHouseholdEvents.facts,
			at: aidHouseholdEvents.at,
			who: people.name
		})
		.from(aidHouseholdEvents)
		.leftJoin(people, eq(people.id, aidHouseholdEvents.actorId))
		.where(eq(aidHouseholdEvents.householdId, household.id))
		.orderBy(desc(aidHouseholdEvents.at), desc(aidHouseholdEvents.id));
	const waiting = await db.$count(
		aidPairs,
		and(
			eq(aidPairs.state, 'open'),
			sql`${household.id}::uuid in (${aidPairs.firstId}, ${aidPairs.secondId})`
		)
	);
	const linked = await db.$count(
		aidLinks,
		and(eq(aidLinks.householdId, household.id), eq(aidLinks.personId, actor.id))
	);
	return {
		household: await shownHousehold(db, household, now),
		history,
		/** How many others it looks like; whom, only the adjudicator sees. */
		waiting,
		linked: linked > 0,
		registers: roles.includes('registrar') && can(actor, 'aid.register', household)
	};
}

/** What a search finds: a name and the last three digits, nothing else. */
export interface FoundHousehold {
	id: string;
	reference: string;
	name: string;
	/** The last three characters of the head's document, or of their telephone. */
	end: string;
	site: string;
	/** Whether this person may open it. */
	opens: boolean;
}

const most = 5;

/**
 * Households by a card, a reference, a document number or a telephone, across the whole event. There is
 * no list of people: whoever asks knows something of the one they ask for.
 * @throws 404, 409 for a card that was replaced
 */
export async function findHouseholds(
	db: Db,
	actor: Actor,
	eventId: string,
	typed: string
): Promise<FoundHousehold[]> {
	const event = await eventOf(db, actor, eventId);
	const places = await db
		.select({ siteId: aidAssignments.siteId })
		.from(aidAssignments)
		.where(
			and(
				eq(aidAssignments.personId, actor.id),
				eq(aidAssignments.eventId, event.id),
				isNull(aidAssignments.endedAt),
				inArray(aidAssignments.role, [...readers])
			)
		);
	if (!places.length) throw notFound();
	const q = typed.slice(0, 60).trim();
	if (q.length < 4) return [];
	const byCard = await householdByCard(db, event.id, q);
	const reference = readAidReference(q);
	const phone = readPhone(q);
	const found = await db
		.selectDistinct({
			id: aidHouseholds.id,
			reference: aidHouseholds.reference,
			siteId: aidHouseholds.siteId,
			site: aidSites.name
		})
		.from(aidHouseholds)
		.innerJoin(aidMembers, eq(aidMembers.householdId, aidHouseholds.id))
		.innerJoin(aidSites, eq(aidSites.id, aidHouseholds.siteId))
		.where(
			and(
				eq(aidHouseholds.eventId, event.id),
				eq(aidHouseholds.state, 'active'),
				or(
					byCard ? eq(aidHouseholds.id, byCard) : undefined,
					reference ? eq(aidHouseholds.reference, reference) : undefined,
					phone ? eq(aidMembers.phoneIndex, contactIndex(phone)) : undefined,
					inArray(
						aidMembers.documentIndex,
						documentKinds.filter((kind) => kind !== 'none').map((kind) => documentIndexOf(kind, q))
					)
				)
			)
		)
		.limit(most);
	const heads = found.length
		? await db
				.select()
				.from(aidMembers)
				.where(
					and(
						inArray(
							aidMembers.householdId,
							found.map(({ id }) => id)
						),
						eq(aidMembers.isHead, true)
					)
				)
		: [];
	const mine = places.map(({ siteId }) => siteId);
	return found.map(({ siteId, ...household }) => {
		const head = heads.find(({ householdId }) => householdId === household.id);
		return {
			...household,
			name: head ? `${head.given} ${head.surname}` : '',
			end: head?.documentEnd || head?.phoneEnd || '',
			opens: mine.includes(siteId)
		};
	});
}

/** The sites of an event where somebody registers now. */
export const sitesToRegisterAt = (db: Db, actor: Pick<Actor, 'id'>, eventId: string) =>
	db
		.select({ id: aidSites.id, name: aidSites.name, wardCode: aidSites.wardCode })
		.from(aidAssignments)
		.innerJoin(aidSites, eq(aidSites.id, aidAssignments.siteId))
		.where(
			and(
				eq(aidAssignments.personId, actor.id),
				eq(aidAssignments.eventId, eventId),
				eq(aidAssignments.role, 'registrar'),
				isNull(aidAssignments.endedAt),
				isNull(aidSites.closedAt)
			)
		)
		.orderBy(aidSites.name);
