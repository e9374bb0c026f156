import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueue, job } from '../../platform/server/jobs.ts';
import { log } from '../../platform/server/log.ts';
import { days, later, minutes } from '../../platform/time.ts';
import type { PeerLetter } from '../peer-letter.ts';
import { ownKey, signAs } from './keys.ts';
import { postLetter } from './post.ts';
import { referralLetters, referralNonces, referralPeers } from './schema.ts';

type Row = typeof referralLetters.$inferSelect;

/** What is signed: the letter, from whom to whom, once, and when. */
export interface Envelope {
	from: string;
	to: string;
	nonce: string;
	signedAt: string;
	letter: PeerLetter;
}

/** After the first failure five minutes, then half an hour each time (cases.md 3). */
export const pauseAfter = (tries: number) => minutes(tries <= 1 ? 5 : 30);

export interface LetterFacts {
	municipalityId: string;
	peerId: string;
	referralId: string;
	letter: PeerLetter;
}

/** Puts a letter to another installation into its queue, in the deed's own transaction. */
export async function queueLetter(
	tx: Db,
	{ municipalityId, peerId, referralId, letter }: LetterFacts,
	now: Date
) {
	await tx.insert(referralLetters).values({
		id: newId(now),
		municipalityId,
		peerId,
		referralId,
		letter,
		createdAt: now,
		nextTryAt: now
	});
	await enqueue(tx, lettersJob, {});
}

/** Takes the next letters in hand: of each referral the earliest that was not taken, so that they come in order. */
const claim = (db: Db, now: Date): Promise<Row[]> =>
	db.transaction(async (tx) => {
		const due = await tx
			.select()
			.from(referralLetters)
			.where(
				and(
					isNull(referralLetters.takenAt),
					lte(referralLetters.nextTryAt, now),
					sql`not exists (select from referral_letters e where e.referral_id = ${referralLetters.referralId}
						and e.taken_at is null and e.id < ${referralLetters.id})`
				)
			)
			.orderBy(asc(referralLetters.nextTryAt), asc(referralLetters.id))
			.limit(50)
			.for('update', { skipLocked: true });
		for (const { id, tries } of due)
			await tx
				.update(referralLetters)
				.set({ tries: tries + 1, nextTryAt: later(now, pauseAfter(tries + 1)) })
				.where(eq(referralLetters.id, id));
		return due;
	});

/** Sends what is due. Safe to run twice and by several workers: whoever has a letter in hand has moved its next try. */
export async function sendLetters(db: Db, now = new Date()): Promise<number> {
	let taken = 0;
	for (;;) {
		const due = await claim(db, now);
		for (const row of due) if (await sendOne(db, row, now)) taken++;
		if (due.length === 0) return taken;
	}
}

async function sendOne(db: Db, row: Row, now: Date): Promise<boolean> {
	const [peer] = await db.select().from(referralPeers).where(eq(referralPeers.id, row.peerId));
	const fault = peer.until ? 'its key is no longer pinned' : await faultOf(db, row, peer, now);
	// What they understood and refuse is not sent again; they say why.
	const settled = fault === null || fault.startsWith('refused: ');
	await db
		.update(referralLetters)
		.set({ fault, takenAt: settled ? now : null })
		.where(eq(referralLetters.id, row.id));
	return fault === null;
}

async function faultOf(
	db: Db,
	{ municipalityId, letter }: Row,
	peer: typeof referralPeers.$inferSelect,
	now: Date
): Promise<string | null> {
	const envelope: Envelope = {
		from: await ownKey(db, municipalityId, now),
		to: peer.publicKey,
		nonce: randomUUID(),
		signedAt: now.toISOString(),
		letter
	};
	const text = JSON.stringify(envelope);
	try {
		const answer = await postLetter(peer.url, text, await signAs(db, municipalityId, text));
		if (answer.status >= 200 && answer.status < 300) return null;
		const why = titleOf(answer.text);
		return answer.status === 409 || answer.status === 400
			? `refused: ${why || answer.status}`
			: `${answer.status} ${why}`.trim();
	} catch (reason) {
		log.warn({ err: reason, peer: peer.id }, 'an installation does not answer');
		return (reason as NodeJS.ErrnoException).code ?? (reason as Error).message.slice(0, 100);
	}
}

function titleOf(text: string): string {
	try {
		return String(JSON.parse(text).title ?? '').slice(0, 200);
	} catch {
		return '';
	}
}

/** Sends letters that wait, and forgets which were read so long ago that a copy is too old anyway. */
export const lettersJob = job({
	name: 'referral-letters',
	payload: v.object({}),
	run: async ({ db, now }) => {
		await sendLetters(db, now);
		await db.delete(referralNonces).where(lt(referralNonces.at, later(now, -days(1))));
	}
});

/** What waits or was refused, by body: for whoever looks after the installations. */
export const troubledLetters = (db: Db, municipalityId: string) =>
	db
		.select({
			id: referralLetters.id,
			peerId: referralLetters.peerId,
			kind: sql<string>`${referralLetters.letter} ->> 'kind'`,
			reference: sql<string>`${referralLetters.letter} ->> 'reference'`,
			createdAt: referralLetters.createdAt,
			nextTryAt: referralLetters.nextTryAt,
			tries: referralLetters.tries,
			takenAt: referralLetters.takenAt,
			fault: referralLetters.fault
		})
		.from(referralLetters)
		.where(
			and(
				eq(referralLetters.municipalityId, municipalityId),
				or(isNull(referralLetters.takenAt), isNotNull(referralLetters.fault))
			)
		)
		.orderBy(asc(referralLetters.createdAt))
		.limit(200);
