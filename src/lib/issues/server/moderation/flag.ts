import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Asker } from '../../../identity/asker.ts';
import { grants } from '../../../identity/server/schema.ts';
import { newId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText } from '../../../platform/text.ts';
import { hidesItself, isFlagReason, speaksOfCouncillor } from '../../moderation.ts';
import { flagCounts, holdBack } from '../hold-back.ts';
import { flags, services } from '../schema.ts';
import { lockStanding, nobodyNamed, whoAsks, type Standing } from '../standing.ts';
import { verifiedSupports } from '../support.ts';
import { settle } from './act.ts';
import { setHidden } from './issue.ts';
import type { At } from './reach.ts';

export const longestFlag = 1000;

/**
 * A resident says that something published is wrong: once per person or device, twice is once. Three
 * different ones hide it until a person has looked, with the exceptions of `hidesItself`; without an
 * account, two of one network count in a day.
 * @throws 404 for what they may not see, 400 without a reason of the list
 */
export const flag = (
	db: Db,
	asker: Asker,
	facts: At & { reason: string; words?: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipalityId, reference } = facts;
		const standing = await lockStanding(tx, asker, municipalityId, reference);
		if (!isFlagReason(facts.reason)) throw new Refusal(400, m.refusals_choose_wrong(), 'reason');
		const words = cleanText(facts.words ?? '');
		if (words.length > longestFlag)
			throw new Refusal(400, m.refusals_words_long({ most: longestFlag }), 'words');
		if (standing.part === 'reporter') throw new Refusal(409, m.refusals_own_flag());

		const { issue } = standing;
		const [said] = await tx
			.insert(flags)
			.values({
				id: newId(now),
				municipalityId,
				subject: 'issue',
				subjectId: issue.id,
				issueId: issue.id,
				reason: facts.reason,
				words,
				byWhom: whoAsks(asker),
				at: now
			})
			.onConflictDoNothing()
			.returning({ id: flags.id });
		if (!said) return;
		await holdBack(tx, asker, 'flag', now);
		if (!(await flagCounts(tx, asker, issue.id, now)))
			await tx.update(flags).set({ counts: false }).where(eq(flags.id, said.id));
		const hidden = await hideIfMany(tx, standing, now);
		await record(
			tx,
			nobodyNamed,
			{
				municipalityId,
				deed: 'issue.flagged',
				thing: 'issue',
				thingId: issue.id,
				details: { reason: facts.reason, hidden }
			},
			now
		);
	});

async function hideIfMany(tx: Db, { issue, kase }: Standing, now: Date): Promise<boolean> {
	const ofThis = and(eq(flags.issueId, issue.id), eq(flags.municipalityId, issue.municipalityId));
	const judged = await tx.$count(flags, and(ofThis, eq(flags.upheld, false)));
	const hides = hidesItself({
		flags: await tx.$count(flags, and(ofThis, eq(flags.counts, true), isNull(flags.decidedAt))),
		supporters: await verifiedSupports(tx, issue.id),
		byStaff: issue.capturedBy !== null || (await worksHere(tx, issue.reporterId)),
		aboutCouncillor: speaksOfCouncillor(
			`${issue.title} ${issue.description ?? ''}`,
			await serviceCode(tx, kase.serviceId ?? issue.serviceId)
		),
		judgedSound: judged > 0,
		hidden: issue.hidden || kase.hidden
	});
	if (!hides) return false;
	await setHidden(tx, { issue, kase }, true);
	await settle(
		tx,
		null,
		{ issue, kase },
		{ act: 'hide', subject: 'issue', subjectId: issue.id, reason: 'flagged', deedId: newId(now) },
		now
	);
	return true;
}

const worksHere = async (tx: Db, personId: string | null) =>
	personId !== null && (await tx.$count(grants, eq(grants.personId, personId))) > 0;

async function serviceCode(tx: Db, serviceId: string | null) {
	if (!serviceId) return null;
	const [found] = await tx
		.select({ code: services.code })
		.from(services)
		.where(eq(services.id, serviceId));
	return found?.code ?? null;
}
