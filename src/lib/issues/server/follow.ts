import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { askToConfirm, follow, followersOf, unfollow } from '../../delivery/server/index.ts';
import { m } from '../../i18n/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { keepContact, readContact } from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { holdBack, holdBackContact } from './hold-back.ts';
import { issues } from './schema.ts';
import { lockStanding, nobodyNamed, type Issue } from './standing.ts';
import { standBehind } from './support.ts';

export interface Follow {
	municipalityId: string;
	reference: string;
	/** A phone number or e-mail address, when nobody is signed in. */
	contact?: string;
}

/**
 * "Tell me when it moves": inside the account of whoever is signed in, or to a phone number or address.
 * Twice is once.
 * @throws 404 for what they may not see, 400 for a contact that is none
 */
export const followIssue = (db: Db, asker: Asker, facts: Follow, now = new Date()) =>
	db.transaction(async (tx) => {
		const { issue } = await lockStanding(tx, asker, facts.municipalityId, facts.reference);
		const about = {
			municipalityId: issue.municipalityId,
			subject: 'issue' as const,
			subjectId: issue.id,
			because: 'asked' as const
		};
		if (asker.actor)
			await follow(
				tx,
				{
					...about,
					personId: asker.actor.id,
					channel: 'inbox',
					language: asker.actor.language
				},
				now
			);
		if (!asker.actor || facts.contact) {
			const contact = await contactOf(tx, facts.contact, now);
			await holdBack(tx, asker, 'follow', now);
			if (!asker.actor) await holdBackContact(tx, contact.contactPointId, now);
			await follow(tx, { ...about, ...contact }, now);
			if (!asker.actor) await standBehind(tx, asker, issue.id, contact.contactPointId);
			const { contactPointId } = contact;
			const path = `/issues/${issue.reference}`;
			await askToConfirm(tx, { ...about, contactPointId, what: issue.title, path }, now);
		}
		await settle(tx, asker, issue, 'issue.followed', now);
	});

/**
 * The contact point and channel of whatever somebody typed to be told at.
 * @throws Refusal 400 for what is neither a cell phone number nor an e-mail address
 */
export async function contactOf(tx: Db, typed: string | undefined, now: Date) {
	const contact = readContact(typed?.trim() ?? '');
	if (!contact) throw new Refusal(400, m.refusals_contact(), 'contact');
	if (contact.kind === 'phone' && !contact.sms)
		throw new Refusal(400, m.refusals_no_sms(), 'contact');
	const { id } = await keepContact(tx, contact, now);
	return { contactPointId: id, channel: contact.kind === 'phone' ? 'sms' : 'email' } as const;
}

/** Stops hearing of an issue, inside the account. Messages carry their own way to stop. */
export const unfollowIssue = (
	db: Db,
	asker: Asker,
	{ municipalityId, reference }: Follow,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { issue } = await lockStanding(tx, asker, municipalityId, reference);
		if (!asker.actor) return;
		const ended = await unfollow(
			tx,
			{ subject: 'issue', subjectId: issue.id, personId: asker.actor.id },
			now
		);
		if (ended) await settle(tx, asker, issue, 'issue.unfollowed', now);
	});

async function settle(tx: Db, asker: Asker, issue: Issue, deed: string, now: Date) {
	const { id, municipalityId } = issue;
	const followers = await followersOf(tx, { municipalityId, subject: 'issue', subjectId: id });
	const people = new Set(followers.map((each) => each.personId ?? each.contactPointId ?? each.id));
	await tx.update(issues).set({ followerCount: people.size }).where(eq(issues.id, id));
	await record(tx, nobodyNamed, { municipalityId, deed, thing: 'issue', thingId: id }, now);
}
