import { asc, eq } from 'drizzle-orm';
import { caseEvents, cases, caseWords } from '../../../cases/server/schema.ts';
import { followings, messages } from '../../../delivery/server/schema.ts';
import { contactValue } from '../../../identity/server/index.ts';
import {
	people,
	personContacts,
	privacyRequests,
	privateViews,
	sessions,
	watchedWards
} from '../../../identity/server/schema.ts';
import { photos } from '../../../photos/server/schema.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { unseal } from '../../../platform/server/keys.ts';
import { issues, supports } from '../schema.ts';
import { keepers } from './keepers.ts';

/** Everything kept about a person, in plain JSON, with who looked at it (POPIA s23). @throws 404 for nobody */
export async function exportPerson(db: Db, personId: string, now = new Date()) {
	const [person] = await db.select().from(people).where(eq(people.id, personId));
	if (!person || person.erasedAt) throw notFound();
	const { name, language, createdAt } = person;
	return {
		madeAt: now,
		person: { name, language, since: createdAt },
		contacts: await contactsOf(db, personId),
		reports: await reportsOf(db, personId),
		written: await writtenBy(db, personId),
		supports: await db
			.select({
				issue: issues.reference,
				address: supports.address,
				at: supports.at,
				withdrawnAt: supports.withdrawnAt
			})
			.from(supports)
			.innerJoin(issues, eq(issues.id, supports.issueId))
			.where(eq(supports.personId, personId)),
		following: await db
			.select({
				what: followings.subject,
				id: followings.subjectId,
				channel: followings.channel,
				since: followings.since,
				endedAt: followings.endedAt
			})
			.from(followings)
			.where(eq(followings.personId, personId)),
		watchedWards: await db
			.select({ ward: watchedWards.wardCode, label: watchedWards.label, since: watchedWards.since })
			.from(watchedWards)
			.where(eq(watchedWards.personId, personId)),
		messages: await messagesTo(db, personId),
		sessions: await db
			.select({
				device: sessions.device,
				since: sessions.createdAt,
				lastSeenAt: sessions.lastSeenAt
			})
			.from(sessions)
			.where(eq(sessions.userId, personId)),
		requests: await db
			.select({
				kind: privacyRequests.kind,
				words: privacyRequests.words,
				channel: privacyRequests.channel,
				receivedAt: privacyRequests.receivedAt,
				outcome: privacyRequests.outcome,
				answer: privacyRequests.answer
			})
			.from(privacyRequests)
			.where(eq(privacyRequests.personId, personId)),
		...(await elsewhere(db, personId)),
		whoLooked: await whoLooked(db, personId)
	};
}

async function elsewhere(db: Db, personId: string): Promise<Record<string, unknown>> {
	const kept: Record<string, unknown> = {};
	for (const { name, tell } of keepers) kept[name] = await tell(db, personId);
	return kept;
}

export type PersonExport = Awaited<ReturnType<typeof exportPerson>>;

async function contactsOf(db: Db, personId: string) {
	const kept = await db.select().from(personContacts).where(eq(personContacts.personId, personId));
	const contacts = [];
	for (const { contactPointId, purpose, basis, noticeVersion, givenAt, withdrawnAt } of kept) {
		const contact = await contactValue(db, contactPointId);
		contacts.push({
			value: contact?.value ?? null,
			purpose,
			basis,
			noticeVersion,
			givenAt,
			withdrawnAt
		});
	}
	return contacts;
}

async function reportsOf(db: Db, personId: string) {
	const mine = await db
		.select({ issue: issues, state: cases.state })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(eq(issues.reporterId, personId))
		.orderBy(asc(issues.createdAt));
	const reports = [];
	for (const { issue, state } of mine) {
		const pictures = await db
			.select({ id: photos.id })
			.from(photos)
			.where(eq(photos.issueId, issue.id));
		const { reference, kind, title, description, place, point, answers } = issue;
		const { reporterName, showName, createdAt, noticeVersion } = issue;
		reports.push({
			...{ reference, kind, title, description, place, point, answers, reporterName, showName },
			...{
				noticeVersion,
				private: issue.private,
				createdAt,
				state,
				photos: pictures.map(({ id }) => id)
			}
		});
	}
	return reports;
}

const writtenBy = (db: Db, personId: string) =>
	db
		.select({
			issue: cases.reference,
			at: caseEvents.occurredAt,
			what: caseEvents.kind,
			for: caseEvents.visibility,
			words: caseWords.text
		})
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.leftJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.where(eq(caseEvents.actorId, personId))
		.orderBy(asc(caseEvents.occurredAt));

/** What we sent. Codes are left out: they are spent, and nobody should keep them. */
async function messagesTo(db: Db, personId: string) {
	const sent = await db
		.select()
		.from(messages)
		.where(eq(messages.personId, personId))
		.orderBy(asc(messages.createdAt));
	return sent.map(({ id, channel, title, textSealed, urgency, createdAt, outcome }) => ({
		channel,
		title,
		text: textSealed && urgency !== 'code' ? unseal('message', textSealed, id) : null,
		at: createdAt,
		outcome
	}));
}

const whoLooked = (db: Db, personId: string) =>
	db
		.select({ who: people.name, what: privateViews.field, at: privateViews.at })
		.from(privateViews)
		.leftJoin(people, eq(people.id, privateViews.viewerId))
		.where(eq(privateViews.personId, personId))
		.orderBy(asc(privateViews.at));
