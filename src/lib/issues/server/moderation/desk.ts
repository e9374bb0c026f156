import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { caseEvents, cases, caseWords } from '../../../cases/server/schema.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { people } from '../../../identity/server/schema.ts';
import { photos } from '../../../photos/server/schema.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { bans, flags, issues, moderations } from '../schema.ts';
import { findModerated, mayModerate, type At } from './reach.ts';

const most = 100;

/** What waits for a moderator, oldest first, and what was hidden lately. @throws 404 for everybody else */
export async function moderationQueue(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'issue.moderate', { municipalityId })) throw notFound();
	const here = eq(issues.municipalityId, municipalityId);
	const columns = { issue: issues, kase: cases };
	const from = () =>
		db.select(columns).from(issues).innerJoin(cases, eq(cases.subjectId, issues.id)).$dynamic();

	const open = await db
		.select({ issueId: flags.issueId, n: count(), since: sql<string>`min(${flags.at})` })
		.from(flags)
		.where(and(eq(flags.municipalityId, municipalityId), isNull(flags.decidedAt)))
		.groupBy(flags.issueId);
	const objected = await db
		.select({ issueId: moderations.issueId, at: moderations.objectedAt, by: moderations.by })
		.from(moderations)
		.where(
			and(
				eq(moderations.municipalityId, municipalityId),
				isNotNull(moderations.objection),
				isNull(moderations.answer)
			)
		);
	const among = (ids: string[]) => and(here, inArray(issues.id, ids));
	const held = await from()
		.where(and(here, eq(cases.state, 'submitted')))
		.orderBy(asc(issues.createdAt))
		.limit(most);
	const flagged = open.length
		? await from()
				.where(among(open.map(({ issueId }) => issueId)))
				.limit(most)
		: [];
	const objections = objected.length
		? await from()
				.where(among(objected.map(({ issueId }) => issueId)))
				.limit(most)
		: [];
	const hidden = await from()
		.where(and(here, eq(cases.hidden, true)))
		.orderBy(desc(cases.lastEventAt))
		.limit(most);

	const row = ({ issue, kase }: (typeof held)[number]) => ({
		reference: issue.reference,
		title: issue.title,
		kind: issue.kind,
		at: issue.createdAt,
		private: issue.private,
		hidden: kase.hidden,
		flags: open.find(({ issueId }) => issueId === issue.id)?.n ?? 0
	});
	const rows = (found: typeof held) => found.filter((each) => mayModerate(actor, each)).map(row);
	return {
		held: rows(held),
		flagged: rows(flagged),
		objections: objections
			.filter((each) => mayModerate(actor, each))
			.map((each) => ({
				...row(each),
				mine: objected.some(({ issueId, by }) => issueId === each.issue.id && by === actor.id)
			})),
		hidden: rows(hidden)
	};
}

/** Everything a moderator needs about one issue: words, photos, what was said and done. @throws 404 */
export async function moderationOf(db: Db, actor: Actor, at: At) {
	const { issue, kase } = await findModerated(db, actor, at);
	const words = await db
		.select({
			eventId: caseEvents.id,
			kind: caseEvents.kind,
			at: caseEvents.occurredAt,
			actorRole: caseEvents.actorRole,
			text: caseWords.text,
			shownText: caseWords.shownText,
			hidden: caseWords.hidden
		})
		.from(caseEvents)
		.innerJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.where(
			and(
				eq(caseEvents.caseId, kase.id),
				eq(caseEvents.visibility, 'public'),
				isNotNull(caseWords.text)
			)
		)
		.orderBy(asc(caseEvents.seq));
	const pictures = await db
		.select({
			id: photos.id,
			alt: photos.alt,
			removed: photos.removed,
			redactions: photos.redactions
		})
		.from(photos)
		.where(and(eq(photos.issueId, issue.id), isNull(photos.erasedAt)))
		.orderBy(asc(photos.createdAt));
	const said = await db
		.select({ reason: flags.reason, words: flags.words, at: flags.at, upheld: flags.upheld })
		.from(flags)
		.where(eq(flags.issueId, issue.id))
		.orderBy(desc(flags.at));
	const acts = await db
		.select({ act: moderations, by: people.name })
		.from(moderations)
		.leftJoin(people, eq(people.id, moderations.by))
		.where(eq(moderations.issueId, issue.id))
		.orderBy(desc(moderations.at));
	return {
		reference: issue.reference,
		title: issue.title,
		kind: issue.kind,
		description: issue.description,
		private: issue.private,
		held: kase.state === 'submitted',
		hidden: kase.hidden,
		version: kase.version,
		createdAt: issue.createdAt,
		supportCount: issue.supportCount,
		hasContact: issue.contactPointId !== null,
		words,
		photos: pictures,
		flags: said,
		openFlags: said.filter(({ upheld }) => upheld === null).length,
		acts: acts.map(({ act, by }) => ({ ...act, byName: by, mine: act.by === actor.id }))
	};
}

/** The contacts on the list, newest first. Fingerprints stay out of sight: an entry is known by its reason. */
export async function bansOf(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'issue.moderate', { municipalityId })) throw notFound();
	const found = await db
		.select({
			id: bans.id,
			what: bans.what,
			reason: bans.reason,
			at: bans.at,
			liftedAt: bans.liftedAt,
			by: people.name
		})
		.from(bans)
		.leftJoin(people, eq(people.id, bans.by))
		.where(and(eq(bans.municipalityId, municipalityId), isNull(bans.liftedAt)))
		.orderBy(desc(bans.at));
	return found.map(({ what, ...ban }) => ({ ...ban, domain: what.includes('.') ? what : null }));
}
