import { and, eq, isNull } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint, seal, unseal } from '../../platform/server/keys.ts';
import { dayAndTime } from '../../platform/time.ts';
import { drawCardCode, readCardCode } from '../cards.ts';
import { mustHavePlace } from './act.ts';
import { livingOf } from './household.ts';
import { aidCards, aidEvents, aidHouseholds } from './schema.ts';

export const cardIndexOf = (code: string) => fingerprint('aid-card.index', code);

/** Gives a household a new card, in the deed's own transaction. The one before must have ended. */
export async function issueCard(tx: Db, householdId: string, issuedBy: string, now: Date) {
	const id = newId(now);
	const code = drawCardCode();
	await tx.insert(aidCards).values({
		id,
		householdId,
		codeIndex: cardIndexOf(code),
		codeSealed: seal('aid-card.text', code, id),
		issuedBy,
		issuedAt: now
	});
	return id;
}

type EndReason = NonNullable<typeof aidCards.$inferSelect.reason>;

/** Ends the valid card of a household; from now on it is refused. */
export const endCard = (
	tx: Db,
	householdId: string,
	{ by, reason }: { by: string; reason: EndReason },
	now: Date
) =>
	tx
		.update(aidCards)
		.set({ endedAt: now, endedBy: by, reason })
		.where(and(eq(aidCards.householdId, householdId), isNull(aidCards.endedAt)));

/** The valid card of a household, for a registrar at its site to print. @throws 404 */
export async function cardPage(db: Db, actor: Actor, householdId: string, now = new Date()) {
	const [household] = await db
		.select()
		.from(aidHouseholds)
		.where(eq(aidHouseholds.id, isId(householdId) ? householdId : newId()));
	if (!household || !can(actor, 'aid.register', household)) throw notFound();
	await mustHavePlace(db, actor, 'registrar', household, now);
	const [card] = await db
		.select()
		.from(aidCards)
		.where(and(eq(aidCards.householdId, household.id), isNull(aidCards.endedAt)));
	if (!card) throw notFound();
	const [event] = await db.select().from(aidEvents).where(eq(aidEvents.id, household.eventId));
	const members = await livingOf(db, household.id);
	return {
		id: household.id,
		eventId: event.id,
		event: event.name,
		reference: household.reference,
		head: `${members[0].given} ${members[0].surname}`,
		members: members.length,
		code: unseal('aid-card.text', card.codeSealed, card.id),
		issuedAt: card.issuedAt
	};
}

/**
 * The household whose card was shown. Null where the text is no code at all.
 * @throws Refusal 409 for a card that was replaced, in words for whoever holds it
 */
export async function householdByCard(
	db: Db,
	eventId: string,
	typed: string
): Promise<string | null> {
	const code = readCardCode(typed);
	if (!code) return null;
	const [card] = await db
		.select({
			householdId: aidCards.householdId,
			endedAt: aidCards.endedAt,
			reason: aidCards.reason
		})
		.from(aidCards)
		.innerJoin(aidHouseholds, eq(aidHouseholds.id, aidCards.householdId))
		.where(and(eq(aidCards.codeIndex, cardIndexOf(code)), eq(aidHouseholds.eventId, eventId)));
	if (!card) return null;
	if (card.endedAt)
		throw new Refusal(
			409,
			`This card is no longer valid: it was replaced on ${dayAndTime(card.endedAt)}. Ask for the new one, or register the household’s loss.`,
			'q'
		);
	return card.householdId;
}
