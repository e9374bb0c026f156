import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { historyOf, ownedOf, type Case } from '../../cases/server/index.ts';
import { tell, type Told } from '../../cases/timeline.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { contactPoints } from '../../identity/server/schema.ts';
import { photos } from '../../photos/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues, services, serviceQuestions } from './schema.ts';

/** How near somebody of the office stands to a case: whether they work on it, and read what is private. */
const nearness = (actor: Actor, kase: Case) => ({
	works: can(actor, 'case.reply', ownedOf(kase)),
	readsPrivate: can(actor, 'case.read_private', ownedOf(kase))
});

/**
 * What a resident raised, as the office reads it. Contacts are masked: to see them is a deed of its own.
 * A councillor sees neither them nor the extra answers, which can name a meter or an account.
 */
export async function officeIssue(db: Db, actor: Actor, kase: Case) {
	const { works, readsPrivate } = nearness(actor, kase);
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
		masked: readsPrivate ? contact : null,
		households: issue.householdCount,
		followers: issue.followerCount,
		private: issue.private,
		answers: works ? await answersGiven(db, issue) : [],
		photos: await photosOf(db, issue.id, readsPrivate)
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

const photosOf = (db: Db, issueId: string, readsPrivate: boolean) =>
	db
		.select({
			id: photos.id,
			eventId: photos.eventId,
			alt: photos.alt,
			width: photos.width,
			height: photos.height
		})
		.from(photos)
		.where(
			and(
				eq(photos.issueId, issueId),
				eq(photos.removed, false),
				isNull(photos.erasedAt),
				readsPrivate ? undefined : eq(photos.private, false)
			)
		)
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

/**
 * What happened to a case, newest first, as far as this person may read: notes are for those who work on
 * it, private words for those who read them, and everybody reads their own.
 */
export async function officeTimeline(db: Db, actor: Actor, kase: Case): Promise<OfficeEvent[]> {
	const { works, readsPrivate } = nearness(actor, kase);
	const seen = { public: true, private: readsPrivate, internal: works };
	const all = await historyOf(db, kase.id, ['public', 'private', 'internal']);
	const events = all.filter(
		({ visibility, kind, actorId }) =>
			seen[visibility] || kind === 'councillor_asked' || actorId === actor.id
	);
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
			colleague:
				event.colleagueName && event.insteadOfName
					? `${event.colleagueName} for ${event.insteadOfName}, on leave`
					: event.colleagueName,
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
