import { noArea } from '#lib/alerts/area.ts';
import {
	answerRumour,
	approveAlert,
	checkZone,
	draftAlert,
	sealAlert,
	alertById,
	startAllClear,
	submitAlert,
	tellRumour,
	turnClock,
	wentLive,
	zonesOf,
	type AlertRow,
	type NewDraft
} from '#lib/alerts/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { actorOf } from './cast.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

const nobody = { person: '', age: '' };

/** Two warnings of this spring, both over: unsafe water that ended by itself, and a fire that was cleared. */
export async function tellWarnings(stage: Stage) {
	const boil = before(stage.today, 40);
	const water = await warn(stage, 'water', boil, {
		template: 'boil_water',
		values: {
			...nobody,
			place: 'Lower Thembeni, Inyoni Street to River Lane',
			from: '',
			towards: '',
			route: '',
			actBy: later(boil, minutes(30))
		},
		areaWish: { ...noArea, around: 'Lower Thembeni', metres: 500 },
		expiresAt: later(boil, hours(20)),
		nextUpdateAt: later(boil, hours(6))
	});
	await hear(stage, water, 'The whole river is poisoned.', later(boil, minutes(20)));
	await turnClock(stage.db, later(boil, hours(20)));

	const fire = before(stage.today, 12);
	const wildfire = await warn(stage, 'fire', fire, {
		template: 'wildfire_prepare',
		values: {
			...nobody,
			place: 'Aloe Ridge, north of Ridge Street',
			from: 'Blouklip Pass',
			towards: 'Sizwe Hall',
			route: '',
			actBy: later(fire, hours(2))
		},
		areaWish: { ...noArea, around: 'Aloe Ridge', metres: 400 },
		expiresAt: later(fire, hours(8)),
		nextUpdateAt: later(fire, hours(1))
	});
	await allClear(stage, wildfire, later(fire, hours(5)));
	await turnClock(stage.db, later(fire, hours(22)));
}

const doers = async ({ db, cast }: Stage, now: Date) => ({
	sipho: await actorOf(db, cast.byHandle('disaster-officer').id, now),
	nomsa: await actorOf(db, cast.byHandle('disaster-approver').id, now),
	lerato: await actorOf(db, cast.byHandle('communications').id, now)
});

/** Sipho writes it, Nomsa approves it within a minute, and it goes out. */
async function warn(
	stage: Stage,
	key: string,
	now: Date,
	facts: Omit<NewDraft, 'id' | 'municipalityId' | 'gazette'>
): Promise<AlertRow> {
	const municipalityId = stage.cast.municipalityIds.KHA;
	const { sipho } = await doers(stage, now);
	const id = storyId('warning', key);
	await draftAlert(stage.db, sipho, { ...facts, id, municipalityId, gazette: '' }, now);
	return release(stage, id, now);
}

async function release(stage: Stage, id: string, now: Date): Promise<AlertRow> {
	const municipalityId = stage.cast.municipalityIds.KHA;
	const { sipho, nomsa } = await doers(stage, now);
	const at = { municipalityId, id };
	await submitAlert(stage.db, sipho, at, now);
	await approveAlert(stage.db, nomsa, at, later(now, 55_000));
	const live = await stage.db.transaction((tx) => wentLive(tx, id, later(now, 57_000)));
	await seal(stage.db, municipalityId, id, later(now, 57_000));
	return live;
}

async function seal(db: Db, municipalityId: string, id: string, now: Date) {
	const alert = await alertById(db, municipalityId, id);
	if (alert) await sealAlert(db, alert, now);
}

/** Every zone is looked at, and cleared. */
async function allClear(stage: Stage, { id, incidentId, municipalityId }: AlertRow, now: Date) {
	const { sipho } = await doers(stage, now);
	const checks = { fire_out: true, road: true, power_lines: true, water: true, gas: true };
	const zones = await zonesOf(stage.db, municipalityId, incidentId);
	for (const zone of zones)
		await checkZone(stage.db, sipho, { municipalityId, incidentId, zoneId: zone.id, checks }, now);
	const draftId = storyId('warning', 'fire', 'clear');
	const zoneIds = zones.map((zone) => zone.id);
	await startAllClear(stage.db, sipho, { municipalityId, id, draftId, zoneIds }, now);
	await release(stage, draftId, now);
}

/** A neighbour tells what people say; Lerato answers. */
async function hear(stage: Stage, { content, municipalityId }: AlertRow, heard: string, now: Date) {
	const { lerato } = await doers(stage, now);
	const { number } = content!;
	const told = { id: storyId('rumour', heard), municipalityId, number, heard, language: 'en' };
	const { id, version } = await tellRumour(
		stage.db,
		{ device: 'a-neighbour', network: '' },
		told,
		now
	);
	const says = 'Only tap water in Lower Thembeni is unsafe, until it was boiled for one minute.';
	const answer = { municipalityId, id, version, number, answer: 'false' as const, says };
	await answerRumour(stage.db, lerato, answer, later(now, minutes(9)));
}
