import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { deedEntry, step, whoIsResponsible } from '../../../cases/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { contactIndex, contactValue, readContact } from '../../../identity/server/index.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanLine } from '../../../platform/text.ts';
import { bans, issues } from '../schema.ts';
import { judgeFlags } from './act.ts';
import { findModerated, lockModerated, type At } from './reach.ts';

/** Publishes a report or suggestion that was held: it starts its way now. */
export const release = (
	db: Db,
	actor: Actor,
	facts: At & { deedId: string; basedOn?: number },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { issue, kase } = await lockModerated(tx, actor, facts);
		const deed = kase.track === 'issue' ? ('release' as const) : ('publish' as const);
		const { deedId, basedOn } = facts;
		const after = await step(tx, actor, kase, { deed, deedId, basedOn }, now);
		if (after.version === kase.version) return;
		await tx.update(issues).set({ hidden: false }).where(eq(issues.id, issue.id));
		await whoIsResponsible(tx, after, now);
		await record(tx, actor, deedEntry(after, deed), now);
	});

/** Lets something stand that residents said is wrong: their word is judged, nothing changes. */
export const keepAsItIs = (db: Db, actor: Actor, facts: At, now = new Date()) =>
	db.transaction(async (tx) => {
		const at = await lockModerated(tx, actor, facts);
		if (at.kase.hidden) throw new Refusal(409, 'It is hidden now. Show it again instead.');
		const { municipalityId } = facts;
		await judgeFlags(tx, actor, at, false, now);
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'flags.dismissed', thing: 'issue', thingId: at.issue.id },
			now
		);
	});

interface BanFacts {
	municipalityId: string;
	/** The report whose contact it is, or the contact itself, or `@domain.example`. */
	reference?: string;
	contact?: string;
	reason: string;
}

/**
 * Puts a contact or a whole e-mail domain on the list: its reports are still accepted, but wait for a
 * person before others see them. Answers the id of the entry.
 */
export const banContact = (db: Db, actor: Actor, facts: BanFacts, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipalityId } = facts;
		if (!can(actor, 'issue.moderate', { municipalityId })) throw notFound();
		const reason = cleanLine(facts.reason).slice(0, 500);
		if (!reason) throw new Refusal(400, 'Say why. Colleagues read it.', 'reason');
		const what = await whatToBan(tx, actor, facts);
		const [ban] = await tx
			.insert(bans)
			.values({ id: newId(now), municipalityId, what, reason, by: actor.id, at: now })
			.onConflictDoUpdate({
				target: [bans.municipalityId, bans.what],
				set: { reason, by: actor.id, at: now, liftedAt: null }
			})
			.returning({ id: bans.id });
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'contact.banned', thing: 'ban', thingId: ban.id },
			now
		);
		return ban.id;
	});

async function whatToBan(tx: Db, actor: Actor, facts: BanFacts): Promise<string> {
	const typed = cleanLine(facts.contact ?? '').toLowerCase();
	const domain = /^@((?:[a-z0-9-]+\.)+[a-z]{2,})$/.exec(typed)?.[1];
	if (domain) return domain;
	const contact = typed ? readContact(typed) : await contactOf(tx, actor, facts);
	if (!contact) throw new Refusal(400, 'There is no contact to put on the list.', 'contact');
	return contactIndex(contact);
}

async function contactOf(tx: Db, actor: Actor, { municipalityId, reference }: BanFacts) {
	if (!reference) return null;
	const { issue } = await findModerated(tx, actor, { municipalityId, reference });
	return issue.contactPointId ? contactValue(tx, issue.contactPointId) : null;
}

/** Takes a contact off the list again. */
export const liftBan = (
	db: Db,
	actor: Actor,
	{ municipalityId, banId }: { municipalityId: string; banId: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		if (!isId(banId) || !can(actor, 'issue.moderate', { municipalityId })) throw notFound();
		const [lifted] = await tx
			.update(bans)
			.set({ liftedAt: now })
			.where(
				and(eq(bans.id, banId), eq(bans.municipalityId, municipalityId), isNull(bans.liftedAt))
			)
			.returning({ id: bans.id });
		if (!lifted) throw notFound();
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'contact.ban_lifted', thing: 'ban', thingId: banId },
			now
		);
	});
