import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { inPlaceOf, type Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import { endOfDay } from '../../platform/time.ts';
import {
	commitmentDeeds,
	commitmentObstacle,
	eventOf,
	isOpen,
	type CommitmentDeedName,
	type CommitmentObstacle
} from '../rules.ts';
import { commitmentObstacleWords } from '../wording.ts';
import { appendToCommitment, eventOfDeed, lockCommitment, type Commitment } from './events.ts';
import { commitments } from './schema.ts';

export const commitmentOwned = ({ municipalityId, wardCode, departmentId }: Commitment) => ({
	municipalityId,
	wardCodes: [wardCode],
	departmentId
});

export interface CommitmentWord {
	commitmentId: string;
	deedId: string;
	/** The version the person saw: an older one is refused. */
	version?: number;
	words?: string;
	/** `slip`: the new date, `2026-11-27`. */
	dueOn?: string;
	/** `progress`: 0 to 100. */
	progress?: number;
}

// prettier-ignore
const fieldOf: Partial<Record<CommitmentObstacle, string>> = {
	needs_a_reason: 'words', needs_evidence: 'words', needs_news: 'words',
	needs_a_later_date: 'dueOn', needs_a_coming_date: 'dueOn', date_too_far: 'dueOn'
};

const longest = 1000;

/** One deed with a promise, in one transaction. The verbs below name it. */
async function move(
	db: Db,
	actor: Actor,
	name: CommitmentDeedName,
	word: CommitmentWord,
	now: Date
): Promise<Commitment> {
	return db.transaction(async (tx) => {
		const commitment = await lockCommitment(tx, actor, word.commitmentId, now);
		if (await eventOfDeed(tx, commitment.id, word.deedId)) return commitment;
		mustBeFresh(commitment, word.version);

		const municipality = await municipalityById(tx, commitment.municipalityId);
		const dueAt = word.dueOn ? endOfDay(word.dueOn, municipality?.timezone) : null;
		const words = cleanText(word.words ?? '');
		if (words.length > longest)
			throw new Refusal(400, `Say it in ${longest} characters at most.`, 'words');
		const obstacle = commitmentObstacle(name, commitment, { words, dueAt }, now);
		if (obstacle)
			throw new Refusal(
				obstacle === 'not_from_here' ? 409 : 400,
				commitmentObstacleWords[obstacle],
				fieldOf[obstacle]
			);

		const change = changeOf(name, commitment, word, dueAt, now);
		const [after] = await tx
			.update(commitments)
			.set(change)
			.where(eq(commitments.id, commitment.id))
			.returning();
		await appendToCommitment(tx, actor, commitment, after.version, {
			kind: eventOf[name],
			deedId: word.deedId,
			words,
			facts: factsOf(name, commitment, after),
			at: now
		});
		await record(
			tx,
			actor,
			{
				municipalityId: commitment.municipalityId,
				deed: `commitment.${eventOf[name]}`,
				thing: 'commitment',
				thingId: commitment.id,
				details: { number: commitment.number },
				insteadOf: inPlaceOf(actor, 'commitment.make', commitmentOwned(commitment))
			},
			now
		);
		return after;
	});
}

function mustBeFresh(commitment: Commitment, basedOn: number | undefined) {
	if (basedOn !== undefined && basedOn !== commitment.version)
		throw new Refusal(
			409,
			'Somebody else wrote about this promise while you were writing. Read it above; your words are still here.',
			'version'
		);
}

function changeOf(
	name: CommitmentDeedName,
	before: Commitment,
	{ progress }: CommitmentWord,
	dueAt: Date | null,
	now: Date
): Partial<Commitment> {
	const { to } = commitmentDeeds[name];
	const state = to === 'same' ? before.state : to;
	return {
		state,
		version: before.version + 1,
		...(name === 'slip' && dueAt ? { dueAt, slips: before.slips + 1 } : {}),
		...(name === 'progress' && progress !== undefined ? { progress: percent(progress) } : {}),
		...(name === 'keep' ? { progress: 100 } : {}),
		...(isOpen(state) ? {} : { settledAt: now })
	};
}

const percent = (given: number) =>
	Number.isFinite(given) ? Math.min(100, Math.max(0, Math.round(given))) : 0;

const factsOf = (name: CommitmentDeedName, before: Commitment, after: Commitment) =>
	name === 'slip'
		? { fromDueAt: before.dueAt.toISOString(), dueAt: after.dueAt.toISOString() }
		: name === 'progress'
			? { progress: after.progress }
			: {};

/** Work on it has begun. */
export const startCommitment = (db: Db, actor: Actor, word: CommitmentWord, now = new Date()) =>
	move(db, actor, 'start', word, now);

/** Tells how far it is: 0 to 100 and what was done. */
export const reportProgress = (db: Db, actor: Actor, word: CommitmentWord, now = new Date()) =>
	move(db, actor, 'progress', word, now);

/** Gives a later date and the reason. The old date stays in its history and on its page. */
export const slipCommitment = (db: Db, actor: Actor, word: CommitmentWord, now = new Date()) =>
	move(db, actor, 'slip', word, now);

/** Says that it is kept, and how anyone can see it. */
export const keepCommitment = (db: Db, actor: Actor, word: CommitmentWord, now = new Date()) =>
	move(db, actor, 'keep', word, now);

/** Says that it is broken, and why. */
export const breakCommitment = (db: Db, actor: Actor, word: CommitmentWord, now = new Date()) =>
	move(db, actor, 'break', word, now);

/** The verbs by the name of their deed, for the page that offers them. */
export const commitmentVerbs = {
	start: startCommitment,
	progress: reportProgress,
	slip: slipCommitment,
	keep: keepCommitment,
	break: breakCommitment
} as const;
