import { eq, sql } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mostMembers, type Assessment, type NewMember, type Registration } from '../household.ts';
import { drawReference } from '../reference.ts';
import { mustHavePlace } from './act.ts';
import { lookForAlike } from './alike.ts';
import { issueCard } from './cards.ts';
import { done, happened, livingOf, lockForRegistrar, openSite, todayOf } from './household.ts';
import { keepPerson } from './person.ts';
import { withinRules } from './refuse.ts';
import { aidAssessments, aidHouseholds, aidMembers } from './schema.ts';

/**
 * Registers a household by its head, with or without a document, and gives it a card. What looks like
 * it is raised for an adjudicator; nobody is refused for that. The same form twice is one household.
 * Answers its id. @throws 404 without a place at the site, 400 or 409 with the field
 */
export const registerHousehold = (
	db: Db,
	actor: Actor,
	facts: Registration & { eventId: string },
	now = new Date()
): Promise<string> =>
	withinRules(() =>
		db.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { id, eventId } = facts;
			const site = await openSite(tx, eventId, facts.siteId);
			if (!can(actor, 'aid.register', site)) throw notFound();
			await mustHavePlace(tx, actor, 'registrar', { ...site, siteId: site.id }, now);
			if (!isId(id)) throw new Refusal(400, 'Open the form again.', '');
			const [known] = await tx.select().from(aidHouseholds).where(eq(aidHouseholds.id, id));
			if (known?.registeredBy === actor.id && known.eventId === eventId) return id;
			if (known) throw notFound();

			const { municipalityId } = site;
			await mustBeWard(tx, municipalityId, facts.wardCode);
			const headId = newId(now);
			const person = keepPerson(facts, headId, await todayOf(tx, municipalityId, now));
			const [household] = await tx
				.insert(aidHouseholds)
				.values({
					id,
					municipalityId,
					eventId,
					siteId: site.id,
					reference: await freeReference(tx, eventId),
					stay: facts.stay,
					address: facts.address,
					wardCode: facts.wardCode || null,
					registeredBy: actor.id,
					registeredAt: now
				})
				.returning();
			await tx.insert(aidMembers).values({
				id: headId,
				householdId: id,
				isHead: true,
				relation: 'head',
				...person,
				addedAt: now
			});
			await happened(tx, household, actor, 'registered', { siteId: site.id }, now);
			await keepAssessment(tx, household, actor, facts, now);
			await issueCard(tx, id, actor.id, now);
			await happened(tx, household, actor, 'card_issued', {}, now);
			await lookForAlike(tx, household, now);
			await done(tx, actor, household, 'aid_household.registered', now);
			return id;
		})
	);

export async function mustBeWard(tx: Db, municipalityId: string, wardCode: string) {
	if (wardCode && !(await wardsOf(tx, municipalityId)).some(({ code }) => code === wardCode))
		throw new Refusal(400, 'Choose a ward of this municipality.', 'wardCode');
}

export async function freeReference(tx: Db, eventId: string): Promise<string> {
	for (;;) {
		const reference = drawReference();
		const taken = await tx.$count(
			aidHouseholds,
			sql`${aidHouseholds.eventId} = ${eventId}::uuid and ${aidHouseholds.reference} = ${reference}`
		);
		if (!taken) return reference;
	}
}

async function keepAssessment(
	tx: Db,
	household: { id: string },
	actor: Actor,
	{ damage, needs, foundBy }: Assessment,
	now: Date
) {
	await tx.insert(aidAssessments).values({
		id: newId(now),
		householdId: household.id,
		damage,
		needs,
		foundBy,
		assessedBy: actor.id,
		at: now
	});
	await happened(tx, household, actor, 'assessed', { damage }, now);
}

/** Adds somebody to a household. @throws 404, 400 or 409 with the field */
export const addMember = (
	db: Db,
	actor: Actor,
	{ householdId, ...facts }: NewMember & { householdId: string },
	now = new Date()
) =>
	withinRules(() =>
		db.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const household = await lockForRegistrar(tx, actor, householdId, now);
			if ((await livingOf(tx, household.id)).length >= mostMembers)
				throw new Refusal(
					409,
					`A household has ${mostMembers} members at most. Register the others as one of their own.`
				);
			if (facts.relation === 'head')
				throw new Refusal(409, 'This household has its head. Say who this is to them.', 'relation');
			const id = newId(now);
			const person = keepPerson(facts, id, await todayOf(tx, household.municipalityId, now));
			await tx.insert(aidMembers).values({
				id,
				householdId: household.id,
				relation: facts.relation,
				...person,
				addedAt: now
			});
			await happened(tx, household, actor, 'member_added', { memberId: id }, now);
			await lookForAlike(tx, household, now);
			await done(tx, actor, household, 'aid_household.member_added', now);
			return id;
		})
	);

/** Writes down what somebody found at a household; what was found before stays. @throws 404, 409 */
export const assessHousehold = (
	db: Db,
	actor: Actor,
	{ householdId, ...facts }: Assessment & { householdId: string },
	now = new Date()
) =>
	withinRules(() =>
		db.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const household = await lockForRegistrar(tx, actor, householdId, now);
			await keepAssessment(tx, household, actor, facts, now);
			await done(tx, actor, household, 'aid_household.assessed', now);
		})
	);
