import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { possibleRemarks } from '../../cases/remarks.ts';
import { possibleDeeds } from '../../cases/rules.ts';
import { historyOf, lockCase, mayRead, ownedOf, say } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { tell, type Names } from '../../cases/timeline.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues, services } from './schema.ts';

/**
 * A case as its councillor reads it: what everyone reads, what they wrote to the reporter themselves,
 * and what officials asked them. Never who reported it, unless that person shows their name, nor how
 * to reach them. 404 outside their wards and for what is private, held or hidden.
 */
export async function councillorCase(
	db: Db,
	actor: Actor,
	municipalityId: string,
	reference: string
) {
	const [found] = await db
		.select({ issue: issues, kase: cases })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				eq(issues.reference, reference),
				eq(issues.hidden, false),
				eq(issues.private, false),
				isNull(issues.erasedAt)
			)
		);
	if (!found) throw notFound();
	const { issue, kase } = found;
	const may = (permission: Parameters<typeof can>[1]) => can(actor, permission, ownedOf(kase));
	if (!may('case.comment') || !mayRead(actor, kase)) throw notFound();

	const known = await departmentsOf(db, municipalityId);
	const named = await db
		.select({ id: services.id, name: services.name })
		.from(services)
		.where(eq(services.municipalityId, municipalityId));
	const names: Names = {
		department: (id) => known.find((each) => each.id === id)?.name,
		service: (id) => named.find((each) => each.id === id)?.name,
		reporter: issue.showName ? issue.reporterName : null
	};
	const attempt = { track: kase.track, state: kase.state, may, part: null, hidden: kase.hidden };
	return {
		id: issue.id,
		caseId: kase.id,
		reference: issue.reference,
		kind: issue.kind,
		title: issue.title,
		description: issue.description,
		language: issue.language,
		place: issue.place,
		wardCode: kase.currentWardCode ?? kase.wardCode,
		reporter: names.reporter ?? null,
		department: names.department(kase.departmentId) ?? null,
		service: names.service(kase.serviceId ?? undefined) ?? null,
		state: kase.state,
		stateSince: kase.stateSince,
		openedAt: kase.openedAt,
		version: kase.version,
		households: issue.householdCount,
		supporters: issue.supportCount,
		askedAt: kase.councillorAskedAt,
		answeredAt: kase.councillorAnsweredAt,
		remarks: possibleRemarks(attempt),
		deeds: possibleDeeds(attempt),
		lines: (await historyOf(db, kase.id, ['public', 'private', 'internal']))
			.filter((event) => forCouncillor(actor, event))
			.map((event) => ({
				id: event.id,
				kind: event.kind,
				at: event.at,
				visibility: event.visibility,
				words: event.words,
				language: event.language,
				actorName: event.actorName,
				// Neither ids nor colleagues' names travel with the page.
				...tell(event, names)
			}))
	};
}

export type CouncillorCase = Awaited<ReturnType<typeof councillorCase>>;

interface Seen {
	visibility: string;
	kind: string;
	actorId: string | null;
}

const forCouncillor = (actor: Actor, { visibility, kind, actorId }: Seen) =>
	visibility === 'public' || kind === 'councillor_asked' || actorId === actor.id;

export interface JointAnswer {
	municipalityId: string;
	references: string[];
	words: string;
	/** One for the whole form; each case gets its own from it. */
	deedIds: string[];
}

const mostTogether = 50;

/**
 * Gives several questions one public answer, all or none. Each of those who asked is told.
 * @throws Refusal 404 when one of them is not this councillor's
 */
export async function answerTogether(
	db: Db,
	actor: Actor,
	{ municipalityId, references, words, deedIds }: JointAnswer,
	now = new Date()
) {
	if (!references.length) throw new Refusal(400, 'Choose at least one that this answers.', 'issue');
	if (references.length > mostTogether || deedIds.length < references.length)
		throw new Refusal(400, `Answer at most ${mostTogether} at once.`, 'issue');
	await db.transaction(async (tx) => {
		const wanted = [];
		for (const reference of new Set(references))
			wanted.push(await councillorCase(tx, actor, municipalityId, reference));
		wanted.sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
		for (const [at, { caseId }] of wanted.entries()) {
			const kase = await lockCase(tx, caseId);
			await say(tx, actor, kase, { remark: 'councillor_reply', words, deedId: deedIds[at] }, now);
		}
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'case.councillor_reply',
				thing: 'case',
				thingId: wanted[0].caseId,
				details: { count: wanted.length }
			},
			now
		);
	});
}
