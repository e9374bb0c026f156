import { eq } from 'drizzle-orm';
import { tellFollowers } from '../../delivery/server/index.ts';
import { departments, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { newsOf } from '../news.ts';
import type { EventKind } from '../rules.ts';
import { caseEvents, cases, caseWords } from './schema.ts';

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
			dedupe: event.id,
			exceptPersonId: event.actorId,
			because: between ? ['reported'] : undefined
		},
		now
	);
}
