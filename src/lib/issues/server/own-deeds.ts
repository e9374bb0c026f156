import { eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { deedObstacle, type DeedName, type EventFacts } from '../../cases/rules.ts';
import { lateObstacle, type LateObstacle } from '../../cases/late.ts';
import {
	appendEvent,
	carriedUpByReporter,
	deedDone,
	letHear,
	type NewEvent
} from '../../cases/server/index.ts';
import { withdrawWords } from '../../cases/timeline.ts';
import { obstacleWords } from '../../cases/wording.ts';
import { m, spokenNow } from '../../i18n/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { attachPhotos } from '../../photos/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import { issues } from './schema.ts';
import { lockStanding, type Standing } from './standing.ts';

/** Which issue, and the name the phone gave this deed: sending it twice changes nothing. */
export interface OwnDeed {
	municipalityId: string;
	reference: string;
	deedId: string;
}

export const longestNote = 4000;

function readWords(sent: string | undefined): string {
	const words = cleanText(sent ?? '');
	if (words.length > longestNote)
		throw new Refusal(400, m.refusals_words_use({ most: longestNote }), 'words');
	return words;
}

/** One deed of the reporter: find and lock, refuse strangers and doubles, do it, put it on record. */
const byReporter = (
	db: Db,
	asker: Asker,
	{ municipalityId, reference, deedId }: OwnDeed,
	deed: string,
	now: Date,
	/** False when there was nothing to change. */
	change: (tx: Db, standing: Standing, append: Append) => Promise<false | void>
) =>
	db.transaction(async (tx) => {
		const standing = await lockStanding(tx, asker, municipalityId, reference);
		if (standing.part !== 'reporter') throw notFound();
		if (await deedDone(tx, standing.kase.id, deedId)) return;

		// Who reported without a name stays without one, even with their account open beside the receipt.
		const actor = standing.issue.anonymous ? null : asker.actor;
		const append: Append = async (event) => {
			const after = await appendEvent(tx, standing.kase, {
				actorId: actor?.id ?? null,
				actorRole: 'reporter',
				at: now,
				deedId,
				visibility: 'public',
				language: asker.actor?.language ?? spokenNow(),
				...event
			});
			standing.kase = after;
			return after.eventId;
		};
		if ((await change(tx, standing, append)) === false) return;
		await record(
			tx,
			actor,
			{ municipalityId, deed, thing: 'case', thingId: standing.kase.id },
			now
		);
	});

/** Answers the id of the event. */
type Append = (event: Pick<NewEvent, 'kind'> & Partial<NewEvent>) => Promise<string>;

function mustBeOpenTo(name: DeedName, { kase, part }: Standing, words?: string) {
	const obstacle = deedObstacle(name, {
		track: kase.track,
		state: kase.state,
		may: () => false,
		part,
		words
	});
	if (obstacle === 'not_allowed') throw notFound();
	if (obstacle)
		throw new Refusal(
			obstacle === 'needs_a_reason' ? 400 : 409,
			obstacle === 'needs_a_reason' ? m.refusals_reopen_why() : obstacleWords[obstacle],
			obstacle === 'needs_a_reason' ? 'words' : undefined
		);
}

/** The reporter opens a case again, and says what is still wrong. Its history stays, and its clock. */
export const reopen = (
	db: Db,
	asker: Asker,
	facts: OwnDeed & { words: string },
	now = new Date()
) =>
	byReporter(db, asker, facts, 'case.reopened', now, async (_, standing, append) => {
		const words = readWords(facts.words);
		mustBeOpenTo('reopen', standing, words);
		await append({ kind: 'reopen', stateTo: 'open', words });
	});

/**
 * The reporter takes a report or suggestion back. The reason everybody reads is one of a list; words of
 * their own go to the municipality only.
 */
export const withdraw = (
	db: Db,
	asker: Asker,
	facts: OwnDeed & { code: string; words?: string },
	now = new Date()
) =>
	byReporter(db, asker, facts, 'case.withdrawn', now, async (tx, standing, append) => {
		const kind = standing.kase.track === 'suggestion' ? 'take_back' : 'withdraw';
		mustBeOpenTo(kind, standing);
		if (!Object.hasOwn(withdrawWords, facts.code))
			throw new Refusal(400, m.refusals_withdraw_why(), 'code');
		const words = readWords(facts.words);

		await append({ kind, stateTo: 'withdrawn', facts: { code: facts.code } satisfies EventFacts });
		if (words)
			await append({ kind: 'resident_note', visibility: 'private', deedId: newId(now), words });
		await tx.update(issues).set({ withdrawnAt: now }).where(eq(issues.id, standing.issue.id));
	});

const lateWords = {
	not_late: m.clocks_up_not_late,
	once: m.clocks_up_once,
	window_over: m.clocks_up_over,
	needs_words: m.clocks_up_why
} satisfies Record<LateObstacle, () => string>;

/** The reporter takes what is late to the supervisor, once, and says what they should know. */
export const takeHigher = (
	db: Db,
	asker: Asker,
	facts: OwnDeed & { words: string },
	now = new Date()
) =>
	byReporter(db, asker, facts, 'case.escalated', now, async (tx, { kase }, append) => {
		const words = readWords(facts.words);
		const before = await carriedUpByReporter(tx, kase.id);
		const obstacle = lateObstacle({ ...kase, before }, now);
		if (obstacle) throw new Refusal(409, lateWords[obstacle](), 'why');
		if (!words) throw new Refusal(400, lateWords.needs_words(), 'why');
		await letHear(tx, kase, { level: 'supervisor', copyCouncillor: true }, now);
		await append({
			kind: 'escalated',
			visibility: kase.private ? 'private' : 'public',
			facts: { code: 'supervisor' },
			words
		});
	});

/** The reporter adds words or photos to what they said: for everybody, or for the municipality only. */
export const addNote = (
	db: Db,
	asker: Asker,
	facts: OwnDeed & { words: string; toAll: boolean; photoIds?: string[] },
	now = new Date()
) =>
	byReporter(db, asker, facts, 'case.resident_note', now, async (tx, standing, append) => {
		const { toAll, photoIds = [] } = facts;
		const words = readWords(facts.words);
		if (!words && !photoIds.length) throw new Refusal(400, m.refusals_add_something(), 'words');
		if (standing.kase.state === 'withdrawn') throw new Refusal(409, m.refusals_taken_back());

		const eventId = await append({
			kind: words ? 'resident_note' : 'photo_added',
			visibility: toAll ? 'public' : 'private',
			words,
			facts: photoIds.length ? { photoIds } : {}
		});
		const { id: issueId, municipalityId } = standing.issue;
		const taken = await attachPhotos(
			tx,
			photoIds,
			{ municipalityId, issueId, eventId, private: !toAll },
			now
		);
		if (taken.length)
			await tx
				.update(issues)
				.set({ photoCount: sql`${issues.photoCount} + ${taken.length}` })
				.where(eq(issues.id, issueId));
	});

/** The reporter shows or hides their name. Hidden is how it starts. */
export const setNameShown = (
	db: Db,
	asker: Asker,
	facts: OwnDeed & { shown: boolean },
	now = new Date()
) =>
	byReporter(db, asker, facts, 'issue.name_shown', now, async (tx, { issue }, append) => {
		const { shown } = facts;
		if (shown && !issue.reporterName) throw new Refusal(409, m.refusals_no_name());
		if (issue.showName === shown) return false;
		await tx.update(issues).set({ showName: shown }).where(eq(issues.id, issue.id));
		await append({
			kind: shown ? 'name_shown' : 'name_hidden',
			visibility: 'private',
			silent: true
		});
	});
