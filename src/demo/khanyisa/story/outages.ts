import { noArea } from '#lib/alerts/area.ts';
import { joinOutage, moveOutage, writeOutage, type NewOutage } from '#lib/outages/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { atWallTime, days, hours, isoDay, later } from '#lib/platform/time.ts';
import { demoSpot } from '../geography-spots.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';

/** One outage that nobody planned, worked on now, and one that is planned for the day after tomorrow. */
export async function tellOutages(stage: Stage) {
	await waterOff(stage);
	await powerWork(stage);
}

const around = (spot: { point: { lat: number; lon: number } }, metres: number) => ({
	...noArea,
	around: `${spot.point.lat}, ${spot.point.lon}`,
	metres
});

async function publish(
	{ db, cast }: Stage,
	key: string,
	by: Actor,
	facts: Omit<NewOutage, 'id' | 'municipalityId' | 'language' | 'reference'>,
	at: Date
) {
	const municipalityId = cast.municipalityIds.KHA;
	const id = storyId('outage', key);
	const { number } = await writeOutage(
		db,
		by,
		{ ...facts, id, municipalityId, language: 'en', reference: '' },
		at
	);
	const deedId = storyId('outage', key, 'publish');
	await moveOutage(db, by, { municipalityId, number, deed: 'publish', deedId }, later(at, 60_000));
	return number;
}

async function waterOff(stage: Stage) {
	const { db, cast, today } = stage;
	const farida = cast.byHandle('supervisor');
	const spot = demoSpot(2, 0);
	const [, suburb] = spot.place.split(', ');
	const began = later(today, -hours(3));
	const number = await publish(
		stage,
		'water',
		farida,
		{
			planned: false,
			services: ['no-water', 'low-pressure'],
			areaDesc: suburb ?? spot.place,
			areaWish: around(spot, 500),
			startsAt: began,
			forecastEnd: later(today, hours(4)),
			words: 'A main broke. A tanker stands at the clinic gate. Boil the first water that comes.'
		},
		later(began, hours(0.3))
	);
	const municipalityId = cast.municipalityIds.KHA;
	const say = (deed: 'crew' | 'forecast', after: number, more: object = {}) =>
		moveOutage(
			db,
			farida,
			{ municipalityId, number, deed, deedId: storyId('outage', 'water', deed), ...more },
			later(began, hours(after))
		);
	for (let n = 0; n < 7; n++)
		await joinOutage(
			db,
			cast.neighbour(60_000 + n),
			{ municipalityId, number, address: demoSpot(2, n).place },
			later(began, hours(0.5 + n * 0.1))
		);
	await say('crew', 1.4);
	await say('forecast', 2, {
		forecast: later(today, hours(8)),
		why: 'The coupling that fits the old pipe comes from the store in Old Mill.'
	});
}

async function powerWork(stage: Stage) {
	const { cast, today } = stage;
	const nineOClock = atWallTime(`${isoDay(later(today, days(2)))}T09:00`)!;
	const spot = demoSpot(5, 0);
	const [, suburb] = spot.place.split(', ');
	await publish(
		stage,
		'power',
		cast.byHandle('agent'),
		{
			planned: true,
			services: ['no-power-area'],
			areaDesc: suburb ?? spot.place,
			areaWish: around(spot, 600),
			startsAt: nineOClock,
			forecastEnd: later(nineOClock, hours(5)),
			words: 'The substation gets a new switch. Treat every wire as live all the same.'
		},
		later(today, -hours(20))
	);
}
