import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { m } from '../../../i18n/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { municipalityById, spend, type From } from '../../../identity/server/index.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { hours } from '../../../platform/time.ts';
import { cleanLine, cleanText } from '../../../platform/text.ts';
import {
	longestHeard,
	longestSays,
	shortestHeard,
	type Card,
	type RumourAnswer
} from '../../rumour.ts';
import { latestOf } from '../queries.ts';
import { signed } from './capsule.ts';
import { signingKey } from './keys.ts';
import { rumours, unknowns } from './schema.ts';

export type Rumour = typeof rumours.$inferSelect;

/** Tellings an hour, from one device and from one network: a hall full of people shares one. */
const budgets = {
	device: { points: 10, window: hours(1) },
	network: { points: 200, window: hours(1) }
};

export interface Telling {
	/** Made on the phone: sent twice, it is told once. */
	id: string;
	municipalityId: string;
	/** The warning's number it touches, if any. */
	number: string | null;
	heard: string;
	language: string;
}

/**
 * Somebody tells what they heard. The same words about the same warning are counted, not kept again.
 * @throws Refusal 400 for too few or too many words, 404 for an unknown warning, 429 for too many
 */
export async function tellRumour(
	db: Db,
	{ device, network }: From,
	telling: Telling,
	now = new Date()
) {
	const heard = cleanLine(telling.heard);
	if (heard.length < shortestHeard || heard.length > longestHeard)
		throw new Refusal(
			400,
			m.alerts_heard_length({ least: shortestHeard, most: longestHeard }),
			'heard'
		);
	const spent = [
		await spend(db, `rumour/device/${device}`, budgets.device, now),
		network ? await spend(db, `rumour/network/${network}`, budgets.network, now) : null
	];
	if (spent.some(Boolean)) throw new Refusal(429, m.alerts_heard_much());
	const { municipalityId, number, id, language } = telling;
	return db.transaction(async (tx) => {
		const alert = number ? await latestOf(tx, municipalityId, number) : undefined;
		if (number && !alert) throw notFound();
		const incidentId = alert?.incidentId ?? null;
		const [same] = await tx
			.select()
			.from(rumours)
			.where(
				and(
					eq(rumours.municipalityId, municipalityId),
					incidentId ? eq(rumours.incidentId, incidentId) : isNull(rumours.incidentId),
					or(eq(rumours.id, id), sql`lower(${rumours.heard}) = lower(${heard})`)
				)
			)
			.for('update');
		if (same?.id === id) return same;
		if (same) return (await counted(tx, same.id))[0];
		const [made] = await tx
			.insert(rumours)
			.values({ id, municipalityId, incidentId, heard, language, createdAt: now })
			.returning();
		await record(
			tx,
			null,
			{ municipalityId, deed: 'rumour.told', thing: 'rumour', thingId: id },
			now
		);
		return made;
	});
}

const counted = (tx: Db, id: string) =>
	tx
		.update(rumours)
		.set({ times: sql`${rumours.times} + 1` })
		.where(eq(rumours.id, id))
		.returning();

/** Somebody heard the same: one tap. */
export async function heardToo(
	db: Db,
	from: From,
	facts: { municipalityId: string; id: string },
	now = new Date()
) {
	if (await spend(db, `rumour/${facts.id}/${from.device}`, { points: 1, window: hours(24) }, now))
		return;
	await db
		.update(rumours)
		.set({ times: sql`${rumours.times} + 1` })
		.where(and(eq(rumours.municipalityId, facts.municipalityId), eq(rumours.id, facts.id)));
}

/** What everybody may read about a warning: answered rumours, the most heard first, and what is not known. */
export async function rumoursOf(db: Db, municipalityId: string, incidentId: string) {
	const answered = await db
		.select()
		.from(rumours)
		.where(
			and(
				eq(rumours.municipalityId, municipalityId),
				eq(rumours.incidentId, incidentId),
				isNull(rumours.hiddenAt),
				sql`${rumours.answer} is not null`
			)
		)
		.orderBy(desc(rumours.times), asc(rumours.createdAt))
		.limit(20);
	const open = await db
		.select()
		.from(unknowns)
		.where(
			and(
				eq(unknowns.municipalityId, municipalityId),
				eq(unknowns.incidentId, incidentId),
				isNull(unknowns.settledAt)
			)
		)
		.orderBy(asc(unknowns.addedAt));
	return { answered, unknowns: open };
}

/** What was answered about a warning, by its number: for the page on which people tell what they heard. @throws Refusal 404 */
export async function heardAbout(db: Db, municipalityId: string, number: string) {
	const alert = await latestOf(db, municipalityId, number);
	if (!alert) throw notFound();
	return { number: alert.number, heard: await rumoursOf(db, municipalityId, alert.incidentId) };
}

/** The rumour desk: what waits for an answer first. @throws Refusal 404 */
export async function rumoursForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string
): Promise<Rumour[]> {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	return db
		.select()
		.from(rumours)
		.where(and(eq(rumours.municipalityId, municipalityId), isNull(rumours.hiddenAt)))
		.orderBy(sql`${rumours.answer} is not null, ${rumours.times} desc`, desc(rumours.createdAt))
		.limit(100);
}

async function lockRumour(
	tx: Db,
	actor: Actor,
	municipalityId: string,
	id: string
): Promise<Rumour> {
	if (!can(actor, 'rumour.answer', { municipalityId })) throw notFound();
	const [found] = await tx
		.select()
		.from(rumours)
		.where(and(eq(rumours.municipalityId, municipalityId), eq(rumours.id, id)))
		.for('update');
	if (!found) throw notFound();
	return found;
}

export interface Answering {
	municipalityId: string;
	id: string;
	version: number;
	answer: RumourAnswer;
	/** What is true, in one or two sentences; `checking` needs none. */
	says: string;
	/** The warning it is pinned to. */
	number: string | null;
}

/**
 * The municipality says what is true of a rumour, signed, so that the answer can be passed on and
 * checked. An answer can be changed; the newest counts.
 * @throws Refusal 400, 404, 409
 */
export const answerRumour = (db: Db, actor: Actor, facts: Answering, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipalityId, id, answer, number } = facts;
		const known = await lockRumour(tx, actor, municipalityId, id);
		if (known.version !== facts.version)
			throw new Refusal(409, 'Somebody else has answered it meanwhile. Read their answer first.');
		const says = cleanText(facts.says);
		if (answer !== 'checking' && says.length < shortestHeard)
			throw new Refusal(400, 'Say what is true: that is what people pass on.', 'says');
		if (says.length > longestSays)
			throw new Refusal(400, `The answer may have ${longestSays} characters.`, 'says');
		const alert = number ? await latestOf(tx, municipalityId, number) : undefined;
		if (number && !alert) throw new Refusal(400, 'There is no warning with this number.', 'number');
		const [after] = await tx
			.update(rumours)
			.set({
				answer,
				says,
				incidentId: alert?.incidentId ?? known.incidentId,
				checkingSince: answer === 'checking' ? (known.checkingSince ?? now) : known.checkingSince,
				answeredBy: actor.id,
				answeredByName: actor.name,
				answeredAt: now,
				card: await cardOf(tx, known, { ...facts, says }, now),
				version: known.version + 1
			})
			.where(eq(rumours.id, id))
			.returning();
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'rumour.answered',
				thing: 'rumour',
				thingId: id,
				details: { answer }
			},
			now
		);
		return after;
	});

async function cardOf(
	tx: Db,
	{ id, heard }: Rumour,
	{ municipalityId, answer, says, number }: Answering,
	now: Date
) {
	const key = await signingKey(tx, municipalityId, 'capsule', now);
	const { code } = (await municipalityById(tx, municipalityId))!;
	const card: Card = {
		v: 1,
		card: 'rumour',
		key: key.id,
		of: code,
		id,
		number: number ?? undefined,
		heard,
		answer,
		says,
		at: Math.floor(now.getTime() / 1000)
	};
	return signed(card, key);
}

/** Abuse, or somebody's name: nobody reads it any more. @throws Refusal 404 */
export const hideRumour = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		await lockRumour(tx, actor, municipalityId, id);
		await tx.update(rumours).set({ hiddenAt: now, heard: '' }).where(eq(rumours.id, id));
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'rumour.hidden', thing: 'rumour', thingId: id },
			now
		);
	});

/** The municipality says what it does not know yet. @throws Refusal 400, 404 */
export const addUnknown = (
	db: Db,
	actor: Actor,
	facts: { id: string; municipalityId: string; number: string; words: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { id, municipalityId, number } = facts;
		if (!can(actor, 'rumour.answer', { municipalityId })) throw notFound();
		const alert = await latestOf(tx, municipalityId, number);
		if (!alert) throw new Refusal(400, 'There is no warning with this number.', 'number');
		const words = cleanLine(facts.words);
		if (words.length < shortestHeard || words.length > longestHeard)
			throw new Refusal(
				400,
				`Write it in ${shortestHeard} to ${longestHeard} characters.`,
				'words'
			);
		await tx
			.insert(unknowns)
			.values({
				id,
				municipalityId,
				incidentId: alert.incidentId,
				words,
				addedBy: actor.id,
				addedAt: now
			})
			.onConflictDoNothing();
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'alert_unknown.added', thing: 'alert_unknown', thingId: id },
			now
		);
	});

/** It is known now. @throws Refusal 404 */
export const settleUnknown = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		if (!can(actor, 'rumour.answer', { municipalityId })) throw notFound();
		const [settled] = await tx
			.update(unknowns)
			.set({ settledAt: now })
			.where(and(eq(unknowns.municipalityId, municipalityId), eq(unknowns.id, id)))
			.returning();
		if (!settled) throw notFound();
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'alert_unknown.settled', thing: 'alert_unknown', thingId: id },
			now
		);
	});

/** For the office: what is open, over all warnings. */
export const openUnknowns = (db: Db, municipalityId: string) =>
	db
		.select()
		.from(unknowns)
		.where(and(eq(unknowns.municipalityId, municipalityId), isNull(unknowns.settledAt)))
		.orderBy(asc(unknowns.addedAt));
