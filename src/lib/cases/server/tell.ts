import { eq } from 'drizzle-orm';
import { tellFollowers } from '../../delivery/server/index.ts';
import { departments, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { newsOf } from '../news.ts';
import type { EventKind } from '../rules.ts';
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
	const template = newsOf(event.kind as EventKind, event.stateTo);
	if (!template || kase.hidden || event.visibility === 'internal') return;

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
				department: department ?? undefined,
				who: event.actorRole === 'councillor' ? (who ?? undefined) : undefined
			},
			words: words && !words.hidden ? (words.shownText ?? words.text ?? undefined) : undefined,
			path: `/issues/${kase.reference}`,
			departmentId: kase.departmentId,
			dedupe: event.id,
			exceptPersonId: event.actorId,
			because: between ? ['reported'] : undefined,
			pathFor: ({ because, personId, contactPointId }) => {
				const as = because === 'reported' || because === 'supported' ? partOf[because] : null;
				if (!as || event.stateTo !== 'resolved_claimed') return undefined;
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
