import { and, eq, inArray, isNull, like } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { openCase } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { follow } from '../../delivery/server/index.ts';
import type { Asker } from '../../identity/asker.ts';
import type { Contact } from '../../identity/contact.ts';
import { isNoticeVersion } from '../../identity/notice.ts';
import {
	contactIndex,
	keepContact,
	municipalityById,
	type KeptContact,
	type Municipality
} from '../../identity/server/index.ts';
import { attachPhotos } from '../../photos/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { isLanguage } from '../../i18n/languages.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { headline } from '../../platform/text.ts';
import { localTime } from '../../platform/time.ts';
import { heldReason } from '../held.ts';
import { drawReference, spaceOf } from '../reference.ts';
import { keptAnswers } from '../rules.ts';
import { checkReport, type Checked } from './check.ts';
import { holdBack } from './hold-back.ts';
import { locate, type Located } from './locate.ts';
import { receiptOf, sendReceipts } from './receipts.ts';
import type { Reported, ReportFacts } from './report-facts.ts';
import { bans, issues } from './schema.ts';
import { receiptIndexOf } from './visible.ts';

type NewIssue = typeof issues.$inferInsert;

/**
 * Takes a report: the issue, its case at its department, the photos, whom to tell, the private
 * receipt, all in one transaction without anybody's hand. The same `clientId` again answers the first
 * report and does nothing.
 * @throws Refusal 400 with the first field that has to change
 */
export async function reportIssue(
	db: Db,
	asker: Asker,
	facts: ReportFacts,
	now = new Date()
): Promise<Reported> {
	return db.transaction(async (tx) => {
		const earlier = await alreadyReported(tx, asker, facts);
		if (earlier) return earlier;

		const municipality = await municipalityById(tx, facts.municipalityId);
		if (!municipality?.active) throw notFound();
		const checked = await checkReport(tx, asker, facts);
		refuseProblems(checked);
		if (!facts.capture && !facts.silent) await holdBack(tx, asker, 'report', now);
		const place = await locate(tx, facts, now);
		const contacts = await keepContacts(tx, checked.contacts, now);
		const held = await whyHeld(tx, facts, checked.contacts);

		const facet = { asker, facts, checked, place, contact: contacts[0], held: held !== null, now };
		const issue = await insertIssue(tx, municipality, newIssue(facet));
		if (!issue) return (await alreadyReported(tx, asker, facts))!;

		const photoIds = await attachPhotos(
			tx,
			facts.photoIds ?? [],
			{ municipalityId: issue.municipalityId, issueId: issue.id, private: issue.private },
			now
		);
		const followers = await followAsReporter(tx, asker, issue, checked.contacts, contacts, now);
		await tx
			.update(issues)
			.set({ photoCount: photoIds.length, followerCount: followers })
			.where(eq(issues.id, issue.id));

		const kase = await openCase(
			tx,
			{
				municipalityId: issue.municipalityId,
				track: issue.kind,
				subjectId: issue.id,
				reference: issue.reference,
				serviceId: issue.serviceId,
				priority: checked.service?.priority,
				departmentId: checked.service?.departmentId,
				wardCode: issue.wardCode,
				held: held !== null,
				private: issue.private,
				channel: issue.channel,
				reporterId: issue.reporterId,
				deedId: issue.clientId,
				silent: facts.silent
			},
			now
		);
		if (!facts.silent) await sendReceipts(tx, issue, checked.service?.departmentId, contacts, now);
		await record(
			tx,
			// Nobody may find out later who wanted to stay unnamed; whoever captured it is named.
			facts.anonymous && !facts.capture ? null : asker.actor,
			{
				municipalityId: issue.municipalityId,
				deed: 'issue.reported',
				thing: 'issue',
				thingId: issue.id,
				details: { caseId: kase.id, channel: issue.channel, held, photos: photoIds.length }
			},
			now
		);
		return {
			issueId: issue.id,
			caseId: kase.id,
			reference: issue.reference,
			receipt: receiptOf(issue.municipalityId, issue.clientId),
			repeated: false
		};
	});
}

function refuseProblems({ problems: [first] }: Checked) {
	if (first) throw new Refusal(400, first.message, first.field || undefined);
}

/**
 * The answer to a report that was sent before. Its private code is given again only to the phone or
 * person that sent it, or to whoever sends the very same words: their first answer may be lost.
 */
async function alreadyReported(
	tx: Db,
	asker: Asker,
	{ municipalityId, clientId, description }: ReportFacts
): Promise<Reported | null> {
	const [found] = await tx
		.select({ issue: issues, caseId: cases.id })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(and(eq(issues.municipalityId, municipalityId), eq(issues.clientId, clientId)));
	if (!found) return null;

	const { issue, caseId } = found;
	const same =
		issue.deviceIndex === fingerprint('device', asker.device) ||
		(asker.actor !== null && issue.reporterId === asker.actor.id) ||
		issue.description === description;
	return {
		issueId: issue.id,
		caseId,
		reference: issue.reference,
		receipt: same && issue.receiptIndex ? receiptOf(municipalityId, clientId) : null,
		repeated: true
	};
}

async function keepContacts(tx: Db, contacts: Contact[], now: Date): Promise<KeptContact[]> {
	const kept = [];
	for (const contact of contacts) kept.push(await keepContact(tx, contact, now));
	return kept;
}

/** Why a report waits for a moderator, or null. */
async function whyHeld(tx: Db, facts: ReportFacts, contacts: Contact[]) {
	const words = [facts.description, facts.place, facts.name].filter(Boolean).join('\n');
	if (!contacts.length) return heldReason(words);
	const listed = contacts.flatMap((contact) => [
		contactIndex(contact),
		...(contact.kind === 'email' ? [contact.value.split('@')[1]] : [])
	]);
	const [banned] = await tx
		.select({ id: bans.id })
		.from(bans)
		.where(
			and(
				eq(bans.municipalityId, facts.municipalityId),
				inArray(bans.what, listed),
				isNull(bans.liftedAt)
			)
		);
	return banned ? 'banned_contact' : heldReason(words);
}

interface Facet {
	asker: Asker;
	facts: ReportFacts;
	checked: Checked;
	place: Located;
	contact: KeptContact | undefined;
	held: boolean;
	now: Date;
}

function newIssue(facet: Facet): Omit<NewIssue, 'reference'> {
	const { asker, facts, checked, place, contact, held, now } = facet;
	const { service } = checked;
	const { actor } = asker;
	const anonymous = facts.anonymous ?? false;
	const captured = facts.capture !== undefined;
	return {
		id: newId(now),
		municipalityId: facts.municipalityId,
		kind: facts.kind,
		serviceId: service?.id ?? null,
		title: titleOf(facts, checked),
		description: facts.description,
		language: isLanguage(facts.language) ? facts.language : 'en',
		noticeVersion: isNoticeVersion(facts.notice) ? facts.notice : null,
		answers: keptAnswers(service?.questions ?? [], facts.answers ?? {}),
		...place,
		reporterId: actor && !anonymous && !captured ? actor.id : null,
		contactPointId: contact?.id ?? null,
		capturedBy: captured ? actor?.id : null,
		channel: facts.capture ?? facts.channel ?? 'web',
		reporterName: anonymous ? null : facts.name || null,
		showName: !anonymous && (facts.showName ?? false),
		anonymous,
		receiptIndex: receiptIndexOf(receiptOf(facts.municipalityId, facts.clientId)),
		deviceIndex: asker.device && !captured ? fingerprint('device', asker.device) : null,
		private: service?.private ?? false,
		hidden: held,
		clientId: facts.clientId,
		source: facts.source ?? null,
		sourceRef: facts.sourceRef ?? null,
		createdAt: now
	};
}

/** One line for lists. A private report's own words stay out of it: subjects of messages repeat it. */
const titleOf = ({ description }: ReportFacts, { service }: Checked) =>
	service?.private ? service.name : headline(description, 90);

/** Draws references until one is free; null when somebody just sent the same report. */
async function insertIssue(
	tx: Db,
	{ code, timezone }: Municipality,
	issue: Omit<NewIssue, 'reference'>
) {
	const { year } = localTime(issue.createdAt, timezone);
	let length = 5;
	for (let tries = 0; tries < 50; tries++) {
		const reference = drawReference(code, year, length);
		const [inserted] = await tx
			.insert(issues)
			.values({ ...issue, reference })
			.onConflictDoNothing()
			.returning();
		if (inserted) return inserted;
		if (await isTaken(tx, issue)) return null;
		// A draw that was taken is the sign to look how full the year is.
		if (await halfUsed(tx, reference, length)) length++;
	}
	throw new Error(`No free reference for ${code} after 50 draws`);
}

const isTaken = async (
	tx: Db,
	{ municipalityId, clientId }: Pick<NewIssue, 'municipalityId' | 'clientId'>
) =>
	(await tx.$count(
		issues,
		and(eq(issues.municipalityId, municipalityId), eq(issues.clientId, clientId))
	)) > 0;

async function halfUsed(tx: Db, reference: string, length: number) {
	const used = await tx.$count(
		issues,
		like(issues.reference, reference.slice(0, -length) + '_'.repeat(length))
	);
	return used * 2 > spaceOf(length);
}

/** The reporter hears of every stage, where they asked for it; with an account, inside it as well. */
async function followAsReporter(
	tx: Db,
	{ actor }: Asker,
	issue: typeof issues.$inferSelect,
	contacts: Contact[],
	kept: KeptContact[],
	now: Date
): Promise<number> {
	const common = {
		municipalityId: issue.municipalityId,
		subject: 'issue' as const,
		subjectId: issue.id,
		language: issue.language,
		because: 'reported' as const
	};
	const personId = issue.reporterId && actor ? actor.id : null;
	if (personId) await follow(tx, { ...common, personId, channel: 'inbox' }, now);
	for (const [i, contact] of contacts.entries()) {
		if (contact.kind === 'phone' && !contact.sms) continue;
		const channel = contact.kind === 'phone' ? 'sms' : 'email';
		await follow(tx, { ...common, personId, contactPointId: kept[i].id, channel }, now);
	}
	return personId || contacts.length ? 1 : 0;
}
