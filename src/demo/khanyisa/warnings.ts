import {
	alertTemplateReviews,
	alertTranslators,
	routes,
	shelters
} from '#lib/alerts/server/schema.ts';
import { hashWords } from '#lib/alerts/server/index.ts';
import { templateCodes } from '#lib/alerts/templates.ts';
import { firstWords } from '#lib/alerts/words/index.ts';
import { demoPersonId } from '#lib/identity/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { days, later } from '#lib/platform/time.ts';
import { demoCountry, demoFeatures } from './geography-places.ts';
import { wardCode } from './municipalities.ts';

type Ids = Record<string, string>;

/** Approved for the demonstration by nobody real. The other languages wait for Nokuthula Dube. */
const reviewer = 'Miriam Jacobs, language practice';

/** What has to stand before a warning can be written: approved English, a translator, shelters and ways out. */
export async function settleWarnings(db: Db, ids: Ids, now: Date) {
	for (const code of ['KHA', 'THO']) await approveEnglish(db, ids[code], later(now, -days(400)));
	const nokuthula = (await demoPersonId(db, 'translator'))!;
	for (const language of ['zu', 'xh'])
		await db.insert(alertTranslators).values({
			municipalityId: ids.KHA,
			personId: nokuthula,
			language,
			namedAt: later(now, -days(400))
		});
	await settleShelters(db, ids.KHA, now);
}

/** What a municipality needs before it can warn anybody: English that somebody approved. */
export async function approveEnglish(db: Db, municipalityId: string, at: Date) {
	await db.insert(alertTemplateReviews).values(
		templateCodes.map((template) => ({
			id: newId(at),
			municipalityId,
			template,
			language: 'en',
			hash: hashWords('en', firstWords.en.templates[template]),
			approved: true,
			byName: reviewer,
			at
		}))
	);
}

// prettier-ignore
const places = [
	['shelter', 'Thembeni Community Hall', 280], ['shelter', 'Sizwe Hall', 350], ['shelter', 'Civic Centre', 600],
	['assembly', 'Riverside Sports Field', 0], ['assembly', 'Old Mill Primary School', 0], ['taxi', 'Thembeni Taxi Rank', 0]
] as const;

async function settleShelters(db: Db, municipalityId: string, now: Date) {
	const known = demoCountry.KHA.landmarks;
	for (const [kind, name, capacity] of places) {
		const { point, ward } = known.find((each) => each.name === name)!;
		await db.insert(shelters).values({
			id: newId(now),
			municipalityId,
			kind,
			name,
			wardCode: wardCode('KHA', ward),
			point: { lon: point[0], lat: point[1] },
			capacity,
			updatedAt: now
		});
	}
	for (const name of ['Mill Road', 'Coast Road']) {
		const road = demoFeatures.KHA.find(
			(each) => each.name === name && each.geometry.type === 'LineString'
		)!;
		// The half towards the town: the way out of ward 7.
		const line = road.geometry.coordinates as Array<[number, number]>;
		await db.insert(routes).values({
			id: newId(now),
			municipalityId,
			name: `${name} to the coast`,
			wardCode: wardCode('KHA', 7),
			geom: `SRID=4326;LINESTRING(${line
				.slice(0, Math.ceil(line.length / 3))
				.map((each) => each.join(' '))
				.join(', ')})`,
			updatedAt: now
		});
	}
}
