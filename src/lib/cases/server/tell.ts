import { eq } from 'drizzle-orm';
import { tellFollowers } from '../../delivery/server/index.ts';
import { departments, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { isCarriedUp, newsOf } from '../news.ts';
import type { EventKind } from '../rules.ts';
import { jobFollowed } from './job-of.ts';
import { caseEvents, cases, caseWords } from './schema.ts';

/** Whom a message asks whether it is fixed. */
export interface Asked {
	subjectId: string;
	claimEventId: string;
	as: 'reporter' | 'supporter';
	personId: string | null;
	contactPointId: string | null;
}

let claimLink: (asked: Asked, now: Date) => string | undefined = () => undefined;

/**
 * Takes the maker of links that answer "is it fixed?". The case engine knows no issue: the subject's
 * own domain makes them, and whoever wires the processes together hands them in.
 */
export const askByLink = (make: typeof claimLink) => {
	claimLink = make;
};

/** Another body that has the case says something of its own. */
const speaks = ({ actorRole, kind }: typeof caseEvents.$inferSelect) =>
	actorRole === 'partner' && (kind === 'reply' || kind === 'claim');

const partOf = { reported: 'reporter', supported: 'supporter' } as const;

/**
 * Tells the followers of an issue what one event did to it. Private answers and private issues go
 * to the reporter alone; what moderation hides is told to nobody.
 */
export async function tellOfEvent(db: Db, eventId: string, now: Date) {
	const [found] = await db
		.select({
			event: caseEvents,
			kase: cases,
			words: caseWords,
			department: departments.name,
			who: people.name
		})
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.leftJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.leftJoin(departments, eq(departments.id, cases.departmentId))
		.leftJoin(people, eq(people.id, caseEvents.actorId))
		.where(eq(caseEvents.id, eventId));
	if (!found) return;

	const { event, kase, words, department, who } = found;
	const template = isCarriedUp(event.kind, event.actorRole)
		? 'case.escalated'
		: newsOf(event.kind as EventKind, event.stateTo);
	if (!template || kase.hidden || event.visibility === 'internal') return;

	const job = await jobFollowed(db, kase, event);
	const between = kase.private || event.visibility === 'private';
	await tellFollowers(
		db,
		{
			municipalityId: kase.municipalityId,
			subject: 'issue',
			subjectId: kase.subjectId,
			template,
			facts: {
				reference: kase.reference,
				department: (speaks(event) && event.facts.holder) || department || undefined,
				who: event.actorRole === 'councillor' ? (who ?? undefined) : event.facts.holder,
				what: job.title
			},
			words: words && !words.hidden ? (words.shownText ?? words.text ?? undefined) : undefined,
			path: `/issues/${kase.reference}`,
			departmentId: kase.departmentId,
			alsoSubjectIds: between ? undefined : [...job.parts.keys()],
			factsFor: ({ subjectId }) => {
				const reference = job.parts.get(subjectId);
				return reference ? { reference } : {};
			},
			// Who has several reports in one job hears once that they joined it.
			dedupe: event.kind === 'job_joined' ? event.deedId : event.id,
			exceptPersonId: event.actorId,
			because: between ? ['reported'] : undefined,
			pathFor: ({ because, personId, contactPointId, subjectId }) => {
				const own = job.parts.get(subjectId);
				const part = because === 'reported' || because === 'supported' ? partOf[because] : null;
				if (!part || event.stateTo !== 'resolved_claimed') return own && `/issues/${own}`;
				// Whoever reported a part of the job answers beside the reporter of the leading case.
				const as = own ? 'supporter' : part;
				const link = claimLink(
					{ subjectId: kase.subjectId, claimEventId: event.id, as, personId, contactPointId },
					now
				);
				return link && `/issues/${kase.reference}/fixed?${link}`;
			}
		},
		now
	);
}
