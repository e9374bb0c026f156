import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { tellFollowers } from '../../delivery/server/index.ts';
import type { TemplateCode } from '../../delivery/templates.ts';
import { people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { commitmentNumber, type CommitmentEventKind } from '../rules.ts';
import { commitmentEvents, commitments, reportBacks } from './schema.ts';

// prettier-ignore
const templateOf: Record<CommitmentEventKind, TemplateCode> = {
	promised: 'commitment.made', linked: 'commitment.made',
	started: 'commitment.reported', reported: 'commitment.reported',
	slipped: 'commitment.slipped', kept: 'commitment.kept', broken: 'commitment.broken'
};

/** Tells everyone who follows a promise, and at first everyone who follows its ward, what was said. */
export const commitmentMoved = job({
	name: 'commitment-moved',
	payload: v.object({ eventId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { eventId }) => tellOfCommitment(db, eventId, now)
});

async function tellOfCommitment(db: Db, eventId: string, now: Date) {
	const [found] = await db
		.select({ event: commitmentEvents, commitment: commitments, who: people.name })
		.from(commitmentEvents)
		.innerJoin(commitments, eq(commitments.id, commitmentEvents.commitmentId))
		.innerJoin(people, eq(people.id, commitmentEvents.actorId))
		.where(eq(commitmentEvents.id, eventId));
	if (!found) return;

	const { event, commitment, who } = found;
	const kind = event.kind as CommitmentEventKind;
	const on = (at: unknown) => (typeof at === 'string' ? new Date(at) : undefined);
	const isNew = kind === 'promised' || kind === 'linked';
	const news = {
		municipalityId: commitment.municipalityId,
		template: templateOf[kind],
		facts: { who, what: commitment.what },
		days: {
			due: on(event.facts.dueAt) ?? commitment.dueAt,
			oldDue: on(event.facts.fromDueAt)
		},
		words: event.words || undefined,
		path: `/commitments/${commitmentNumber(commitment.number)}`,
		// Whoever comes to follow it by a later link hears of it as new; everybody else heard already.
		dedupe: isNew ? `${commitment.id}/made` : event.id,
		exceptPersonId: event.actorId
	};
	await tellFollowers(db, { ...news, subject: 'commitment', subjectId: commitment.id }, now);
	if (kind === 'promised' && commitment.wardCode)
		await tellFollowers(db, { ...news, subject: 'ward', subjectId: commitment.wardCode }, now);
}

/** Tells everyone who follows a ward that its councillor has reported back. */
export const reportedBack = job({
	name: 'ward-reported-back',
	payload: v.object({ reportBackId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { reportBackId }) => tellOfReportBack(db, reportBackId, now)
});

async function tellOfReportBack(db: Db, reportBackId: string, now: Date) {
	const [said] = await db.select().from(reportBacks).where(eq(reportBacks.id, reportBackId));
	if (!said) return;
	await tellFollowers(
		db,
		{
			municipalityId: said.municipalityId,
			subject: 'ward',
			subjectId: said.wardCode,
			template: 'ward.reported_back',
			facts: { who: said.personName, what: said.quarter },
			words: said.words,
			path: `/wards/${said.wardCode}`,
			dedupe: said.id,
			exceptPersonId: said.personId
		},
		now
	);
}
