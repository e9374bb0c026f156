import { and, asc, desc, eq, isNull, or } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { sayFarewell, sendMessage } from '../../../delivery/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Asker } from '../../../identity/asker.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { people, privacyRequests } from '../../../identity/server/schema.ts';
import { removePhotoFiles } from '../../../photos/server/index.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText } from '../../../platform/text.ts';
import { later } from '../../../platform/time.ts';
import { answerWithin, isOutcome, isRequestKind } from '../../privacy.ts';
import { readReceipt } from '../../reference.ts';
import { issues } from '../schema.ts';
import { raisedBy, receiptIndexOf } from '../visible.ts';
import { eraseIssues, type PublicWords } from './erase-issue.ts';
import { eraseWithin } from './erase-person.ts';

const mostWords = 4000;

export interface PrivacyRequest {
	municipalityId: string;
	kind: string;
	words: string;
	/** Of one report, from somebody without an account. */
	receipt?: string;
}

/**
 * Takes a request about personal details in: from whoever is signed in, or with the receipt of one
 * report. Its 30 days run from now. Answers when it is due.
 */
export const requestPrivacy = (db: Db, asker: Asker, facts: PrivacyRequest, now = new Date()) =>
	db.transaction(async (tx) => {
		const { kind, words } = whatIsAsked(facts);
		const { municipalityId } = facts;
		const issueId = asker.actor ? null : await issueOf(tx, municipalityId, facts.receipt ?? '');
		const row = { municipalityId, personId: asker.actor?.id ?? null, issueId, kind, words };
		return fileRequest(tx, asker.actor, { id: newId(now), ...row, receivedAt: now }, now);
	});

/** What somebody asks for, and their words about it. @throws Refusal 400 naming the field */
export function whatIsAsked(facts: { kind: string; words: string }) {
	const { kind } = facts;
	if (!isRequestKind(kind)) throw new Refusal(400, m.refusals_ask_kind(), 'kind');
	const words = cleanText(facts.words);
	if (words.length > mostWords)
		throw new Refusal(400, m.refusals_words_most({ most: mostWords }), 'words');
	if (!words && (kind === 'correction' || kind === 'objection'))
		throw new Refusal(400, m.refusals_ask_what(), 'words');
	return { kind, words };
}

/** Writes a request down, however it came, and starts its 30 days on the day it came. */
export async function fileRequest(
	tx: Db,
	by: Actor | null,
	row: Omit<typeof privacyRequests.$inferInsert, 'dueAt'>,
	now: Date
) {
	const { id, municipalityId, kind, channel, identityCheck } = row;
	const dueAt = later(row.receivedAt, answerWithin);
	await tx.insert(privacyRequests).values({ ...row, dueAt });
	await record(
		tx,
		by,
		{
			municipalityId,
			deed: channel ? 'privacy.taken' : 'privacy.requested',
			thing: 'privacy_request',
			thingId: id,
			details: { kind, channel, identityCheck }
		},
		now
	);
	return { id, dueAt };
}

async function issueOf(tx: Db, municipalityId: string, typed: string): Promise<string> {
	const receipt = readReceipt(typed);
	const [found] = receipt
		? await tx
				.select({ id: issues.id })
				.from(issues)
				.where(
					and(
						eq(issues.municipalityId, municipalityId),
						eq(issues.receiptIndex, receiptIndexOf(receipt))
					)
				)
		: [];
	if (!found) throw new Refusal(400, m.refusals_ask_proof(), 'receipt');
	return found.id;
}

/** The requests of a municipality: those that wait, by when they are due, then the answered ones. @throws 404 */
export async function privacyDesk(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'privacy.handle', { municipalityId })) throw notFound();
	const columns = {
		request: privacyRequests,
		name: people.name,
		reference: issues.reference
	};
	const found = (answered: boolean) =>
		db
			.select(columns)
			.from(privacyRequests)
			.leftJoin(people, eq(people.id, privacyRequests.personId))
			.leftJoin(issues, eq(issues.id, privacyRequests.issueId))
			.where(
				and(
					eq(privacyRequests.municipalityId, municipalityId),
					answered ? undefined : isNull(privacyRequests.decidedAt)
				)
			)
			.orderBy(answered ? desc(privacyRequests.decidedAt) : asc(privacyRequests.dueAt))
			.limit(200);
	const plain = ({ request, name, reference }: Awaited<ReturnType<typeof found>>[number]) => ({
		...request,
		name: request.name || name,
		known: request.personId !== null,
		takenByYou: request.takenBy === actor.id,
		reference
	});
	const waiting = (await found(false)).map(plain);
	const answered = (await found(true)).map(plain).filter(({ decidedAt }) => decidedAt !== null);
	return { waiting, answered };
}

export interface RequestAnswer {
	municipalityId: string;
	requestId: string;
	outcome: string;
	answer: string;
	/** Of an erasure: whether public words go as well. */
	publicWords?: PublicWords;
}

/**
 * Answers a request in writing, and does what an erasure asks in the same deed. The answer is the last
 * message to somebody erased: its address goes with it once it was sent.
 */
export async function answerRequest(db: Db, actor: Actor, facts: RequestAnswer, now = new Date()) {
	const files = await db.transaction((tx) => answerWithinDeed(tx, actor, facts, now));
	await removePhotoFiles(files);
}

async function answerWithinDeed(tx: Db, actor: Actor, facts: RequestAnswer, now: Date) {
	const { municipalityId, requestId, outcome } = facts;
	if (!isId(requestId) || !can(actor, 'privacy.handle', { municipalityId })) throw notFound();
	const [request] = await tx
		.select()
		.from(privacyRequests)
		.where(
			and(eq(privacyRequests.id, requestId), eq(privacyRequests.municipalityId, municipalityId))
		)
		.for('update');
	if (!request) throw notFound();
	if (request.decidedAt) throw new Refusal(409, 'This request has been answered already.');
	if (!isOutcome(outcome)) throw new Refusal(400, 'Choose the outcome.', 'outcome');
	const answer = cleanText(facts.answer).slice(0, mostWords);
	if (!answer)
		throw new Refusal(400, 'Write the answer. The law asks for it in writing.', 'answer');

	const erases = request.kind === 'erasure' && outcome !== 'refused';
	if (erases && request.takenBy === actor.id)
		throw new Refusal(
			409,
			'You took this request in. Deleting cannot be undone: a colleague decides it.'
		);
	await tx
		.update(privacyRequests)
		.set({ outcome, answer, decidedAt: now, decidedBy: actor.id, ...(erases && nameless) })
		.where(eq(privacyRequests.id, requestId));
	if (erases && request.personId)
		await sayFarewell(
			tx,
			{
				municipalityId,
				personId: request.personId,
				subject: 'privacy',
				subjectId: requestId,
				title: 'Your personal details were deleted',
				text: answer,
				dedupeKey: `privacy/${requestId}`
			},
			now
		);
	const files = erases ? await erase(tx, actor, request, facts.publicWords ?? 'keep', now) : [];
	if (!erases && request.personId)
		await sendMessage(
			tx,
			{
				municipalityId,
				personId: request.personId,
				subject: 'privacy',
				subjectId: requestId,
				template: 'privacy_answer',
				words: answer,
				path: '/privacy/request',
				dedupeKey: `privacy/${requestId}`
			},
			now
		);
	await record(
		tx,
		actor,
		{
			municipalityId,
			deed: 'privacy.answered',
			thing: 'privacy_request',
			thingId: requestId,
			details: { kind: request.kind, outcome }
		},
		now
	);
	return files;
}

/** Whoever is erased leaves no name on the request for it either. */
const nameless = { name: '', words: '' };

async function erase(
	tx: Db,
	actor: Actor,
	request: typeof privacyRequests.$inferSelect,
	publicWords: PublicWords,
	now: Date
): Promise<Array<string | null>> {
	const { personId, issueId, municipalityId } = request;
	const files = [];
	if (personId)
		files.push(
			...(await eraseWithin(tx, actor, { personId, municipalityId, publicWords }, now)).files
		);
	if (issueId) files.push(...(await eraseIssues(tx, [issueId], publicWords, now)).files);
	return files;
}

/** What somebody asked before, by their account or a receipt of this device, and what they were answered. */
export const ownRequests = (db: Db, asker: Asker) =>
	db
		.select({
			id: privacyRequests.id,
			kind: privacyRequests.kind,
			receivedAt: privacyRequests.receivedAt,
			dueAt: privacyRequests.dueAt,
			outcome: privacyRequests.outcome,
			answer: privacyRequests.answer
		})
		.from(privacyRequests)
		.leftJoin(issues, eq(issues.id, privacyRequests.issueId))
		.where(
			or(asker.actor ? eq(privacyRequests.personId, asker.actor.id) : undefined, raisedBy(asker))
		)
		.orderBy(desc(privacyRequests.receivedAt));
