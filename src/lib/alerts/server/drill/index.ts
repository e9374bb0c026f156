import { setTimeout as pause } from 'node:timers/promises';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { record } from '../../../audit/server/index.ts';
import {
	dropCanaries,
	progressOfDeed,
	sendNow,
	settleCanaries,
	toldOf,
	type Progress
} from '../../../delivery/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { enqueue, job } from '../../../platform/server/jobs.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { later, minutes } from '../../../platform/time.ts';
import type { DrillStep, DrillSteps } from '../../drill.ts';
import { approveAlert } from '../answer.ts';
import { draftAlert } from '../draft.ts';
import { must } from '../find.ts';
import { release } from '../release/index.ts';
import { retractAlert } from '../retract.ts';
import { alerts, drills } from '../schema.ts';
import { submitAlert } from '../submit.ts';
import { drillmaster, drillStory } from './story.ts';

export type Drill = typeof drills.$inferSelect;

export const usualResidents = 100;
export const mostResidents = 1000;
/** One at a time: what began longer ago than this was left behind by a process that died. */
const longest = minutes(5);
/** Seconds until phones that heard nothing count as a fault. */
const patience = 60;
/** Milliseconds after which nobody else will take it. */
const noWorker = 5000;

const mustBeExercise = async (db: Db, municipalityId: string) => {
	const place = await municipalityById(db, municipalityId);
	if (place?.kind !== 'exercise')
		throw new Refusal(
			409,
			'Drills are held in an exercise municipality alone, never among residents.'
		);
};

/** Earlier drills, the newest first. */
export async function drillsOf(db: Db, actor: Actor, municipalityId: string): Promise<Drill[]> {
	must(actor, 'alert.read', municipalityId);
	return await db
		.select()
		.from(drills)
		.where(eq(drills.municipalityId, municipalityId))
		.orderBy(desc(drills.startedAt))
		.limit(100);
}

/**
 * Begins a full exercise; the worker carries it out.
 * @throws Refusal 404 for whoever does not approve and retract here, 409 outside an exercise or while another runs
 */
export const startDrill = (
	db: Db,
	actor: Actor,
	{ id, municipalityId, residents = usualResidents }: NewDrill,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		must(actor, 'alert.approve', municipalityId);
		must(actor, 'alert.retract', municipalityId);
		const [known] = await tx.select().from(drills).where(eq(drills.id, id));
		if (known && known.municipalityId !== municipalityId) throw notFound();
		if (known) return;
		await insertDrill(tx, actor, { id, municipalityId, residents }, now);
		await enqueue(tx, drillQueue, { drillId: id });
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'alert.drill_started', thing: 'alert_drill', thingId: id },
			now
		);
	});

export interface NewDrill {
	id: string;
	municipalityId: string;
	/** Synthetic residents to be told. */
	residents?: number;
}

async function insertDrill(
	tx: Db,
	actor: Pick<Actor, 'id' | 'name'> | null,
	{ id, municipalityId, residents = usualResidents }: NewDrill,
	now: Date
) {
	await mustBeExercise(tx, municipalityId);
	if (!Number.isInteger(residents) || residents < 1 || residents > mostResidents)
		throw new Refusal(400, `Between 1 and ${mostResidents} synthetic residents.`, 'residents');
	const [running] = await tx
		.select({ id: drills.id })
		.from(drills)
		.where(
			and(
				eq(drills.municipalityId, municipalityId),
				isNull(drills.endedAt),
				gt(drills.startedAt, later(now, -longest))
			)
		);
	if (running) throw new Refusal(409, 'A drill is running already. Wait for its end.');
	await tx.insert(drills).values({
		id,
		municipalityId,
		by: actor?.id ?? null,
		byName: actor?.name ?? 'The operator',
		residents,
		startedAt: now
	});
}

const drillQueue = {
	name: 'alert-drill',
	payload: v.object({ drillId: v.pipe(v.string(), v.uuid()) })
};

/** A drill that somebody asked for by the button. Tried once: what came of it is written down. */
export const drillJob = job({
	...drillQueue,
	tries: 1,
	async run({ db }, { drillId }) {
		await carryOut(db, drillId);
	}
});

/** A drill for the operator of the machine, here and now. Answers how it went. */
export async function holdDrill(
	db: Db,
	facts: Omit<NewDrill, 'id'>,
	{ clock = () => new Date(), alone = false }: Partial<Means> = {}
): Promise<Drill> {
	const id = newId(clock());
	await db.transaction(async (tx) => {
		await insertDrill(tx, null, { id, ...facts }, clock());
		await record(
			tx,
			null,
			{
				municipalityId: facts.municipalityId,
				deed: 'alert.drill_started',
				thing: 'alert_drill',
				thingId: id
			},
			clock()
		);
	});
	return await carryOut(db, id, { clock, alone });
}

/** From the first word to the last corrected phone, through the verbs that people use. */
async function carryOut(
	db: Db,
	id: string,
	means: Means = { clock: () => new Date(), alone: false }
): Promise<Drill> {
	const [drill] = await db.select().from(drills).where(eq(drills.id, id));
	if (!drill || drill.endedAt) return drill;
	const steps: DrillSteps = {};
	const went: Went = { alertId: null, phones: [] };
	let fault = '';
	try {
		await goThrough(db, drill, steps, went, means);
	} catch (reason) {
		fault =
			reason instanceof Refusal ? reason.message : 'It broke: the log of the server says why.';
		log.warn({ err: reason, drill: id }, 'drill failed');
		await takeBack(db, drill, went, means.clock());
	} finally {
		await dropCanaries(db, went.phones);
	}
	const [ended] = await db
		.update(drills)
		.set({ steps, alertId: went.alertId, fault, endedAt: means.clock() })
		.where(eq(drills.id, id))
		.returning();
	return ended;
}

/** A drill that broke leaves no warning standing in the exercise. */
async function takeBack(db: Db, { municipalityId }: Drill, { alertId }: Went, now: Date) {
	const [row] = alertId ? await db.select().from(alerts).where(eq(alerts.id, alertId)) : [];
	if (row?.state === 'live')
		await retractAlert(db, drillmaster(municipalityId, now), { municipalityId, id: row.id }, now);
}

interface Means {
	clock(): Date;
	/** No worker is at work: what it would do is done here. */
	alone: boolean;
}

interface Went {
	alertId: string | null;
	phones: string[];
}

async function goThrough(
	db: Db,
	{ municipalityId, residents }: Drill,
	steps: DrillSteps,
	went: Went,
	{ clock, alone }: Means
) {
	await mustBeExercise(db, municipalityId);
	const actor = drillmaster(municipalityId, clock());
	const { draft, wardCode } = await drillStory(db, municipalityId, clock());
	went.phones = await db.transaction((tx) =>
		settleCanaries(tx, municipalityId, Array<string>(residents).fill(wardCode), clock())
	);
	const timed = async <Answer>(step: DrillStep, act: () => Promise<Answer>) => {
		const before = performance.now();
		const answer = await act();
		steps[step] = secondsSince(before);
		return answer;
	};

	const { id } = await timed('written', () => draftAlert(db, actor, draft, clock()));
	went.alertId = id;
	const at = { municipalityId, id };
	await timed('submitted', () => submitAlert(db, actor, at, clock()));
	const approved = performance.now();
	await timed('approved', () => approveAlert(db, actor, at, clock()));
	await timed('released', () => letOut(db, id, alone, clock));
	await untilTold(db, `alert/${id}`, clock, {
		first: () => (steps.first = secondsSince(approved)),
		all: () => (steps.everybody = secondsSince(approved))
	});
	const tapped = performance.now();
	const cancel = await timed('taken_back', () => retractAlert(db, actor, at, clock()));
	await letOut(db, cancel.id, alone, clock);
	await untilTold(db, `alert/${cancel.id}`, clock, {
		first: () => {},
		all: () => (steps.corrected = secondsSince(tapped))
	});
}

const secondsSince = (before: number) => Math.round(performance.now() - before) / 1000;

/**
 * Waits until the worker let it out, as it does for every warning; where none is at work, does it here.
 * @throws Refusal with the reason when it was held
 */
async function letOut(db: Db, id: string, alone: boolean, clock: () => Date) {
	const late = performance.now() + (alone ? 0 : noWorker);
	const silentAt = performance.now() + patience * 1000;
	for (;;) {
		const [row] = await db.select().from(alerts).where(eq(alerts.id, id));
		if (row.state === 'held') throw new Refusal(409, `It was held: ${row.heldWhy}`);
		if (row.state !== 'releasing') return;
		if (performance.now() > silentAt)
			throw new Refusal(409, `Nobody let it out within ${patience} seconds.`);
		const about = { municipalityId: row.municipalityId, subject: 'canary', subjectId: id };
		if (performance.now() >= late && !(await toldOf(db, about)).length)
			await release(db, id, clock());
		else await pause(20);
	}
}

/** Waits until every phone has it. @throws Refusal when some have heard nothing in time */
async function untilTold(
	db: Db,
	deed: string,
	clock: () => Date,
	on: { first(): void; all(): void }
) {
	await sendNow(db, clock());
	const silentAt = performance.now() + patience * 1000;
	let first = true;
	for (;;) {
		const progress: Progress | null = await progressOfDeed(db, deed);
		if (progress?.accepted && first) {
			first = false;
			on.first();
		}
		if (progress && progress.accepted === progress.audience) return on.all();
		if (performance.now() > silentAt)
			throw new Refusal(
				409,
				`${progress?.accepted ?? 0} of ${progress?.audience ?? 0} phones had it after ${patience} seconds.`
			);
		await pause(20);
	}
}
