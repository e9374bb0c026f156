import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { caseClocks } from '../../clocks/server/schema.ts';
import {
	can,
	capacity,
	inPlaceOf,
	type Actor,
	type Permission
} from '../../identity/permissions.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import {
	deedObstacle,
	deedOf,
	type DeedName,
	type EventFacts,
	type Obstacle,
	type State
} from '../rules.ts';
import { obstacleField, obstacleWords } from '../wording.ts';
import { appendEvent, findDeed, hashedAs, mustBeFresh, type Case } from './append.ts';
import { attachProof } from './proof.ts';
import { ownedOf, reachCase } from './reach.ts';
import { assigneeFor, bodyFor, departmentFor } from './whom.ts';

export interface DeedFacts {
	deed: DeedName;
	words?: string;
	code?: string;
	/** Proof: photos that were staged beside the form. */
	photoIds?: string[];
	departmentId?: string | null;
	assigneeId?: string | null;
	/** Who is responsible instead: an entity's id, or `other` when the words name it. */
	body?: string;
	/** Made with the form: sent twice, it is done once. */
	deedId: string;
	/** The version of the case the person was looking at. */
	basedOn?: number;
	templateId?: string;
	/** The words are for the reporter alone; the step itself stays public. */
	private?: boolean;
	/** The words are for colleagues alone; the step itself stays public. */
	internal?: boolean;
	/** Nobody is told: corrections of many cases at once. */
	silent?: boolean;
}

/** At most this many characters a time. */
export const mostWords = 5000;

/**
 * Moves a case one step, as somebody of the office. Throws a 404 where they may not see it or may
 * not do this, a 409 when it has moved on, a 400 that names the field when something is missing.
 */
export const doDeed = (
	db: Db,
	actor: Actor,
	caseId: string,
	facts: DeedFacts,
	now = new Date()
): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const before = await reachCase(tx, actor, caseId);
		const after = await step(tx, actor, before, facts, now);
		const insteadOf = inPlaceOf(actor, permissionFor(actor, before, facts.deed), ownedOf(before));
		if (after.version !== before.version)
			await record(tx, actor, { ...deedEntry(after, facts.deed), insteadOf }, now);
		return after;
	});

/** The audit entry of a deed. It carries the head of the case's own chain, so neither can lose its tail unseen. */
export const deedEntry = (kase: Case, kind: string) => ({
	municipalityId: kase.municipalityId,
	deed: `case.${kind}`,
	thing: 'case',
	thingId: kase.id,
	details: { seq: kase.version, head: kase.lastHash }
});

/** One deed on a locked case within a larger deed, which keeps its own audit entry. */
export async function step(
	tx: Db,
	actor: Actor,
	kase: Case,
	facts: DeedFacts,
	now: Date
): Promise<Case> {
	const words = boundedWords(facts.words);
	const aside = facts.private || facts.internal ? words : '';
	const publicWords = aside ? '' : words;
	if (await alreadyDone(tx, kase, facts.deedId, facts.deed, publicWords)) return kase;
	mustBeFresh(kase, facts.basedOn);
	refuse(obstacleFor(actor, kase, { ...facts, words: publicWords }));

	const whither = await whereTo(tx, actor, kase, facts, now);
	const moved = await appendEvent(tx, kase, {
		kind: facts.deed,
		...actingAs(actor, kase, facts.deed),
		at: now,
		deedId: facts.deedId,
		visibility: 'public',
		stateTo: targetOf(facts.deed),
		facts: {
			...standingIn(actor, kase, permissionFor(actor, kase, facts.deed)),
			...givenFacts(actor, kase, facts),
			...whither
		},
		words: publicWords,
		silent: facts.silent
	});
	await attachProof(tx, moved, facts.photoIds, now);
	return aside ? sayAside(tx, actor, moved, aside, facts, now) : moved;
}

const targetOf = (deed: DeedName): State | null => {
	const { to } = deedOf(deed);
	return to === 'same' ? null : to;
};

const obstacleFor = (actor: Actor, kase: Case, facts: DeedFacts) =>
	deedObstacle(facts.deed, {
		track: kase.track,
		state: kase.state,
		hidden: kase.hidden,
		may: (permission) => can(actor, permission, ownedOf(kase)),
		part: null,
		words: facts.words,
		code: facts.code,
		photos: facts.photoIds?.length,
		body: facts.body,
		departmentId: facts.departmentId,
		assigneeId: facts.assigneeId
	});

/** Turns an obstacle into words: what the person may not do does not exist for them. */
export function refuse(obstacle: Obstacle | null) {
	if (!obstacle) return;
	if (obstacle === 'not_allowed') throw notFound();
	const status = obstacle.startsWith('needs_') ? 400 : 409;
	throw new Refusal(status, obstacleWords[obstacle], obstacleField[obstacle]);
}

/** Cleans what was written. Throws a 400 when it is longer than `mostWords`. */
export function boundedWords(text: string | undefined): string {
	const words = cleanText(text ?? '');
	if (words.length > mostWords)
		throw new Refusal(400, `Your words are too long: at most ${mostWords} characters.`, 'words');
	return words;
}

/** Whether this form arrived before. The same form with other words is not the same deed. */
export async function alreadyDone(
	tx: Db,
	kase: Case,
	deedId: string,
	kind: string,
	words: string
): Promise<boolean> {
	const done = await findDeed(tx, kase.id, deedId);
	if (!done) return false;
	const same = done.textHash ? await hashedAs(tx, done, words) : !words;
	if (done.kind === kind && same) return true;
	throw new Refusal(
		409,
		'This form was sent already, with other words. Open the case again and add what is missing.',
		'version'
	);
}

/** In which capacity somebody does a deed: the first grant that allows it. */
const actingAs = (actor: Actor, kase: Case, deed: DeedName) =>
	actingBy(actor, kase, permissionFor(actor, kase, deed));

const permissionFor = (actor: Actor, kase: Case, deed: DeedName) =>
	deedOf(deed)
		.by.flatMap((doer) => ('permission' in doer ? [doer.permission] : []))
		.find((each) => can(actor, each, ownedOf(kase)))!;

/** For whom somebody stands in with this, as the event keeps it. */
export function standingIn(actor: Actor, kase: Case, permission: Permission): EventFacts {
	const insteadOf = inPlaceOf(actor, permission, ownedOf(kase));
	return insteadOf ? { insteadOf } : {};
}

export const actingBy = (actor: Actor, kase: Case, permission: Permission) => ({
	actorId: actor.id,
	actorRole: capacity(actor, permission, ownedOf(kase))
});

/** The department in whose name somebody speaks, which is the one that holds the case. */
export const speakingFor = (actor: Actor, kase: Case): EventFacts =>
	kase.departmentId && actor.grants.some((grant) => grant.departmentId === kase.departmentId)
		? { departmentId: kase.departmentId }
		: {};

const givenFacts = (actor: Actor, kase: Case, facts: DeedFacts): EventFacts => ({
	...speakingFor(actor, kase),
	...(facts.code && deedOf(facts.deed).codes ? { code: facts.code } : {}),
	...(facts.photoIds?.length ? { photoIds: facts.photoIds } : {}),
	...(facts.templateId ? { templateId: facts.templateId } : {})
});

/** Who holds it afterwards, or until when it was promised. Throws a 409 or 400 when that cannot be. */
async function whereTo(tx: Db, actor: Actor, kase: Case, facts: DeedFacts, now: Date) {
	switch (facts.deed) {
		case 'take':
			return { assigneeId: takenBy(actor, kase) };
		case 'start':
			return kase.assigneeId ? {} : { assigneeId: actor.id };
		case 'reroute': {
			const departmentId = await departmentFor(tx, kase, facts.departmentId!);
			return { departmentId, fromDepartmentId: kase.departmentId, assigneeId: null };
		}
		case 'assign':
		case 'reassign':
			return assigneeFor(tx, kase, facts, now);
		case 'decline':
			return facts.code === 'not_responsible' ? { body: await bodyFor(tx, kase, facts.body!) } : {};
		case 'hold':
			return promiseAhead(tx, kase, now);
		default:
			return {};
	}
}

/** The next promise that is not broken yet, copied: a clock is made anew, and what stood at a pause is asked later. */
async function promiseAhead(tx: Db, { id }: Case, now: Date): Promise<EventFacts> {
	const [clock] = await tx.select().from(caseClocks).where(eq(caseClocks.caseId, id));
	if (!clock) return {};
	const due = [clock.repliedAt ? null : clock.replyDue, clock.resolveDue]
		.filter((each) => each !== null && each > now)
		.sort((one, other) => Number(one) - Number(other))[0];
	return due ? { due: due.toISOString() } : {};
}

/** Two people reach for the same case: the second is told. */
function takenBy(actor: Actor, kase: Case): string {
	if (kase.assigneeId && kase.assigneeId !== actor.id)
		throw new Refusal(409, 'Somebody else has taken it already.', 'version');
	return actor.id;
}

/** Words beside a step that not everybody reads: a private reply, or a note for colleagues. */
const sayAside = (tx: Db, actor: Actor, kase: Case, words: string, facts: DeedFacts, now: Date) =>
	appendEvent(tx, kase, {
		kind: facts.internal ? 'note' : 'reply',
		...actingAs(actor, kase, facts.deed),
		at: now,
		visibility: facts.internal ? 'internal' : 'private',
		facts: {
			...standingIn(actor, kase, permissionFor(actor, kase, facts.deed)),
			...speakingFor(actor, kase)
		},
		words
	});
