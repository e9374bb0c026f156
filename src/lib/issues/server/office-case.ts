import { and, asc, eq, inArray } from 'drizzle-orm';
import { historyOf, type Case } from '../../cases/server/index.ts';
import { tell, type Told } from '../../cases/timeline.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { contactPoints } from '../../identity/server/schema.ts';
import { photos } from '../../photos/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues, services, serviceQuestions } from './schema.ts';

/** What a resident raised, as the office reads it. Contacts are masked: to see them is a deed of its own. */
export async function officeIssue(db: Db, kase: Case) {
	const [found] = await db
		.select({ issue: issues, service: services.name, contact: contactPoints.masked })
		.from(issues)
		.leftJoin(services, eq(services.id, issues.serviceId))
		.leftJoin(contactPoints, eq(contactPoints.id, issues.contactPointId))
		.where(eq(issues.id, kase.subjectId));
	const { issue, service, contact } = found;
	return {
		title: issue.title,
		description: issue.description,
		language: issue.language,
		service,
		place: issue.place,
		point: issue.point,
		accuracy: issue.accuracy,
		wardCode: issue.wardCode,
		currentWardCode: issue.currentWardCode,
		maybeWardCodes: issue.maybeWardCodes,
		channel: issue.channel,
		anonymous: issue.anonymous,
		hasReporter: Boolean(issue.reporterId ?? issue.contactPointId ?? issue.reporterName),
		masked: contact,
		households: issue.householdCount,
		followers: issue.followerCount,
		private: issue.private,
		answers: await answersGiven(db, issue),
		photos: await photosOf(db, issue.id)
	};
}

/** The extra questions of the service with what was answered, in words. */
async function answersGiven(db: Db, issue: typeof issues.$inferSelect) {
	if (!issue.serviceId || Object.keys(issue.answers).length === 0) return [];
	const asked = await db
		.select()
		.from(serviceQuestions)
		.where(eq(serviceQuestions.serviceId, issue.serviceId))
		.orderBy(asc(serviceQuestions.position));
	return asked.flatMap(({ code, question, values }) => {
		const given = issue.answers[code];
		if (given === undefined || given.length === 0) return [];
		const named = [given].flat().map((key) => values.find((v) => v.key === key)?.name ?? key);
		return [{ question, answer: named.join(', ') }];
	});
}

const photosOf = (db: Db, issueId: string) =>
	db
		.select({
			id: photos.id,
			eventId: photos.eventId,
			alt: photos.alt,
			width: photos.width,
			height: photos.height
		})
		.from(photos)
		.where(and(eq(photos.issueId, issueId), eq(photos.removed, false)))
		.orderBy(asc(photos.createdAt), asc(photos.position));

export interface OfficeEvent extends Told {
	id: string;
	seq: number;
	at: Date;
	visibility: 'public' | 'private' | 'internal';
	words: string | null;
	language: string | null;
	/** The colleague by name, beside the office in whose name they act. */
	colleague: string | null;
	photoIds: string[];
}

/** Everything that happened to a case, newest first, as colleagues read it. */
export async function officeTimeline(db: Db, kase: Case): Promise<OfficeEvent[]> {
	const events = await historyOf(db, kase.id, ['public', 'private', 'internal']);
	const held = await departmentsOf(db, kase.municipalityId);
	const filed = await servicesNamed(
		db,
		events.flatMap(({ facts }) => [facts.serviceId, facts.fromServiceId])
	);
	const names = {
		department: (id: string | null | undefined) => held.find((each) => each.id === id)?.name,
		service: (id: string | undefined) => filed.find((each) => each.id === id)?.name
	};
	return events
		.map((event) => ({
			...tell({ ...event, channel: event.channel ?? undefined }, names),
			id: event.id,
			seq: event.seq,
			at: event.at,
			visibility: event.visibility,
			words: event.words,
			language: event.language,
			colleague: event.colleagueName,
			photoIds: event.facts.photoIds ?? []
		}))
		.reverse();
}

async function servicesNamed(db: Db, ids: Array<string | undefined>) {
	const known = [...new Set(ids.filter((id) => id !== undefined))];
	if (known.length === 0) return [];
	return db
		.select({ id: services.id, name: services.name })
		.from(services)
		.where(inArray(services.id, known));
}
