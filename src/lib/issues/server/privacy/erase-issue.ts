import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { caseEvents, cases, caseWords } from '../../../cases/server/schema.ts';
import { photos } from '../../../photos/server/schema.ts';
import type { Db } from '../../../platform/server/db.ts';
import { issues, moderations } from '../schema.ts';

/** What becomes of words and photos that everybody could read: others may rely on them. */
export type PublicWords = 'keep' | 'erase';

const residents = ['reporter', 'supporter', 'resident'];

/**
 * Takes the person out of their reports: names, contacts and fingerprints always; private words and
 * photos always; public ones when they ask for that. Words go together with their salt, so that no
 * fingerprint in a chain can be tried against a guess; the chains still verify. Answers the keys of
 * the photo files to remove once this is committed.
 */
export async function eraseIssues(tx: Db, issueIds: string[], publicWords: PublicWords, now: Date) {
	if (!issueIds.length) return { words: 0, photos: 0, files: [] };
	const all = publicWords === 'erase';
	await tx
		.update(issues)
		.set({
			reporterName: null,
			showName: false,
			contactPointId: null,
			reporterId: null,
			deviceIndex: null,
			receiptIndex: null,
			erasedAt: now
		})
		.where(inArray(issues.id, issueIds));
	await tx
		.update(issues)
		.set({ title: 'Words erased', description: null, place: null, answers: {}, point: null })
		.where(and(inArray(issues.id, issueIds), all ? undefined : eq(issues.private, true)));
	await tx
		.update(moderations)
		.set({
			original: null,
			objection: sql`case when ${moderations.objection} is null then null else '' end`
		})
		.where(inArray(moderations.issueId, issueIds));
	const words = await eraseWords(tx, wordsOn(tx, issueIds, all), now);
	const gone = await erasePhotos(tx, issueIds, all, now);
	return { words, photos: gone.length, files: gone.flatMap((each) => [each.key, each.copy]) };
}

/** The events of residents on these issues whose words go. */
const wordsOn = (tx: Db, issueIds: string[], all: boolean) =>
	tx
		.select({ id: caseEvents.id })
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.where(
			and(
				inArray(cases.subjectId, issueIds),
				inArray(caseEvents.actorRole, residents),
				all ? undefined : sql`(${caseEvents.visibility} <> 'public' or ${cases.private})`
			)
		);

/** Erases words with their salts. Answers how many. */
export async function eraseWords(tx: Db, events: Promise<{ id: string }[]>, now: Date) {
	const ids = (await events).map(({ id }) => id);
	if (!ids.length) return 0;
	const gone = await tx
		.update(caseWords)
		.set({ text: null, shownText: null, salt: null, erasedAt: now })
		.where(and(inArray(caseWords.eventId, ids), isNull(caseWords.erasedAt)))
		.returning({ id: caseWords.eventId });
	return gone.length;
}

/** The photos that came with the report, or from the reporter later. Proof by staff is not theirs. */
async function erasePhotos(tx: Db, issueIds: string[], all: boolean, now: Date) {
	const byResidents = sql`(${photos.eventId} is null or ${photos.eventId} in (select ${caseEvents.id} from ${caseEvents} where ${inArray(caseEvents.actorRole, residents)}))`;
	const which = and(
		inArray(photos.issueId, issueIds),
		isNull(photos.erasedAt),
		byResidents,
		all ? undefined : eq(photos.private, true)
	);
	const before = await tx
		.select({ key: photos.storageKey, copy: photos.redactedKey })
		.from(photos)
		.where(which);
	await tx
		.update(photos)
		.set({ erasedAt: now, redactedKey: null, alt: '', uploadedBy: null })
		.where(which);
	return before;
}
