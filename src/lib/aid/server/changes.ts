import { and, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Move } from '../household.ts';
import { forgetMatch, lookForAlike } from './alike.ts';
import { endCard, issueCard } from './cards.ts';
import { done, happened, livingOf, lockForRegistrar, openSite } from './household.ts';
import { freeReference, mustBeWard } from './register.ts';
import { withinRules } from './refuse.ts';
import { aidAssessments, aidHouseholds, aidLinks, aidMembers } from './schema.ts';

/** Whether a registrar may do something to a household, and that something, in one transaction. */
const change = <Answer>(
	db: Db,
	actor: Actor,
	householdId: string,
	now: Date,
	deed: (tx: Db, household: typeof aidHouseholds.$inferSelect) => Promise<Answer>
) =>
	withinRules(() =>
		db.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			return deed(tx, await lockForRegistrar(tx, actor, householdId, now));
		})
	);

/** A household goes to another site or place; whoever is at its old site looks after it no more. @throws 404, 400, 409 */
export const moveHousehold = (
	db: Db,
	actor: Actor,
	{ householdId, siteId, stay, address, wardCode }: Move & { householdId: string },
	now = new Date()
) =>
	change(db, actor, householdId, now, async (tx, household) => {
		const site = await openSite(tx, household.eventId, siteId);
		await mustBeWard(tx, household.municipalityId, wardCode);
		await happened(
			tx,
			household,
			actor,
			'moved',
			{ from: household.siteId, to: site.id, stay },
			now
		);
		// Done from where they were: the registrar's place is there.
		await done(tx, actor, household, 'aid_household.moved', now, { details: { to: site.id } });
		const moved = { siteId: site.id, stay, address, wardCode: wardCode || null };
		await tx.update(aidHouseholds).set(moved).where(eq(aidHouseholds.id, household.id));
		await lookForAlike(tx, { ...household, ...moved }, now);
	});

/**
 * Some members go their own way: they become a household of their own at the same site, with a card of
 * their own. The first of them is its head. Somebody stays behind. Answers the new one's id. @throws 404, 400
 */
export const splitHousehold = (
	db: Db,
	actor: Actor,
	{ householdId, memberIds }: { householdId: string; memberIds: string[] },
	now = new Date()
) =>
	change(db, actor, householdId, now, async (tx, household) => {
		const living = await livingOf(tx, household.id);
		const going = living.filter(({ id, isHead }) => memberIds.includes(id) && !isHead);
		if (!going.length || going.length !== new Set(memberIds).size)
			throw new Refusal(400, 'Choose who goes. The head of the household stays.', 'memberIds');
		const id = newId(now);
		const [own] = await tx
			.insert(aidHouseholds)
			.values({
				...household,
				id,
				reference: await freeReference(tx, household.eventId),
				registeredBy: actor.id,
				registeredAt: now
			})
			.returning();
		await tx
			.update(aidMembers)
			.set({ householdId: id })
			.where(
				inArray(
					aidMembers.id,
					going.map((member) => member.id)
				)
			);
		await tx
			.update(aidMembers)
			.set({ isHead: true, relation: 'head' })
			.where(eq(aidMembers.id, going[0].id));
		await copyAssessment(tx, household.id, own.id, now);
		await happened(tx, household, actor, 'split_off', { to: id, members: going.length }, now);
		await happened(
			tx,
			own,
			actor,
			'split_from',
			{ from: household.id, members: going.length },
			now
		);
		await issueCard(tx, id, actor.id, now);
		await happened(tx, own, actor, 'card_issued', {}, now);
		await lookForAlike(tx, household, now);
		await lookForAlike(tx, own, now);
		await done(tx, actor, household, 'aid_household.split', now, { details: { to: id } });
		return id;
	});

/** What was found at the old home was found for those who leave it, too. */
async function copyAssessment(tx: Db, from: string, to: string, now: Date) {
	const found = await tx
		.select()
		.from(aidAssessments)
		.where(eq(aidAssessments.householdId, from))
		.orderBy(aidAssessments.at);
	const last = found.at(-1);
	if (last) await tx.insert(aidAssessments).values({ ...last, id: newId(now), householdId: to });
}

/**
 * Somebody has died. The next oldest member becomes head; with nobody left the household closes and its
 * card is no longer valid. @throws 404
 */
export const memberDied = (
	db: Db,
	actor: Actor,
	{ householdId, memberId }: { householdId: string; memberId: string },
	now = new Date()
) =>
	change(db, actor, householdId, now, async (tx, household) => {
		const living = await livingOf(tx, household.id);
		const member = living.find(({ id }) => id === memberId);
		if (!member) throw notFound();
		const next = living.find(({ id }) => id !== memberId);
		await tx
			.update(aidMembers)
			.set({ diedAt: now, isHead: false })
			.where(and(eq(aidMembers.id, memberId), isNull(aidMembers.diedAt)));
		if (member.isHead && next)
			await tx
				.update(aidMembers)
				.set({ isHead: true, relation: 'head' })
				.where(eq(aidMembers.id, next.id));
		await happened(tx, household, actor, 'died', { memberId }, now);
		await done(tx, actor, household, 'aid_household.death', now);
		if (next) return void (await lookForAlike(tx, household, now));
		await endCard(tx, household.id, { by: actor.id, reason: 'closed' }, now);
		await tx
			.update(aidHouseholds)
			.set({ state: 'closed' })
			.where(eq(aidHouseholds.id, household.id));
		await forgetMatch(tx, household.id);
	});

export type LossReason = 'lost' | 'damaged' | 'stolen';

/** A new card for one that is lost: from now on the old one is refused wherever it is shown. @throws 404 */
export const replaceCard = (
	db: Db,
	actor: Actor,
	{ householdId, reason }: { householdId: string; reason: LossReason },
	now = new Date()
) =>
	change(db, actor, householdId, now, async (tx, household) => {
		await endCard(tx, household.id, { by: actor.id, reason }, now);
		await issueCard(tx, household.id, actor.id, now);
		await happened(tx, household, actor, 'card_replaced', { reason }, now);
		await done(tx, actor, household, 'aid_card.replaced', now, { details: { reason } });
	});

/**
 * Somebody says that a household is theirs or their family's. From then on the database refuses every
 * deed of theirs on it; the household itself goes on. It is not taken back.
 */
export const declareLink = async (
	db: Db,
	actor: Actor,
	householdId: string,
	now = new Date()
): Promise<void> => {
	await db.transaction(async (tx) => {
		const [household] = await tx
			.select()
			.from(aidHouseholds)
			.where(eq(aidHouseholds.id, isId(householdId) ? householdId : newId()));
		if (!household || !can(actor, 'aid.read', household)) throw notFound();
		const added = await tx
			.insert(aidLinks)
			.values({ id: newId(now), personId: actor.id, householdId, at: now })
			.onConflictDoNothing()
			.returning();
		if (!added.length) return;
		await record(
			tx,
			actor,
			{
				municipalityId: household.municipalityId,
				deed: 'aid_household.link_declared',
				thing: 'aid_household',
				thingId: householdId
			},
			now
		);
	});
};
