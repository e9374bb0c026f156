import {
	addFeatures,
	addPlaces,
	layBoundarySet,
	seatCommittee
} from '#lib/geography/server/index.ts';
import { demoPersonId } from '#lib/identity/server/index.ts';
import { days, later } from '#lib/platform/time.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { demoCountry, demoFeatures } from './geography-places.ts';
import { chance, demoWards, type Position } from './geography-shapes.ts';
import { wardCode } from './municipalities.ts';

type Ids = Record<string, string>;

const source = 'Drawn for the demonstration';
const pointOf = ([lon, lat]: Position) => ({ lon, lat });

/** Wards, places and what to draw on a map, for the two municipalities that have wards. */
export async function settleGeography(db: Db, ids: Ids, now: Date) {
	await db.transaction(async (tx) => {
		await layBoundarySet(tx as unknown as Db, boundarySet(ids, now), later(now, -days(500)));
	});
	for (const municipality of ['KHA', 'THO'] as const) await settlePlaces(db, municipality, ids);
	await settleCommittee(db, ids, now);
}

const boundarySet = (ids: Ids, now: Date) => ({
	name: 'Wards of Khanyisa and Thokozani',
	source,
	fileHash: 'khanyisa',
	validFrom: later(now, -days(500)),
	wards: demoWards.map(({ municipality, number, code, ring }) => ({
		municipalityId: ids[municipality],
		code,
		number,
		areas: demoCountry[municipality].suburbs
			.filter(({ ward }) => ward === number)
			.map(({ name }) => name),
		voters: 3200 + Math.floor(chance(code) * 2600),
		population: 6000 + Math.floor(chance(`${code} people`) * 5000),
		geometry: { type: 'Polygon' as const, coordinates: [ring] }
	}))
});

async function settlePlaces(db: Db, municipality: 'KHA' | 'THO', ids: Ids) {
	const { suburbs, streets, landmarks } = demoCountry[municipality];
	const code = (ward: number) => wardCode(municipality, ward);
	await addPlaces(db, ids[municipality], source, [
		...suburbs.map(({ ward, name, point }) => ({
			name,
			kind: 'suburb' as const,
			point: pointOf(point),
			wardCode: code(ward)
		})),
		...streets.map(({ ward, name, line }) => ({
			name,
			kind: 'street' as const,
			point: pointOf(line[Math.floor(line.length / 2)]),
			wardCode: code(ward)
		})),
		...landmarks.map(({ ward, name, point, kind }) => ({
			name,
			kind,
			point: pointOf(point),
			wardCode: code(ward)
		}))
	]);
	await addFeatures(db, ids[municipality], demoFeatures[municipality]);
}

// prettier-ignore
const members: Array<[name: string, interest: string]> = [
	['Sibongile Cele', 'Streets and safety'], ['Mzwandile Fourie', 'Youth'], ['Dorothea Nkabinde', 'Older people'], ['Imraan Tshivhase', 'Small business'],
	['Nobuhle Arendse', 'Women'], ['Petrus Mahlaba', 'Sport and culture'], ['Zodwa Erasmus', 'Health'], ['Lwazi October', 'Informal settlements'],
	['Charmaine Mbatha', 'Schools'], ['Gift van Rooyen', 'People with disabilities']
];

async function settleCommittee(db: Db, ids: Ids, now: Date) {
	const sibongile = (await demoPersonId(db, 'ward-committee')) ?? null;
	await seatCommittee(
		db,
		ids.KHA,
		wardCode('KHA', 7),
		members.map(([name, interest], i) => ({
			name,
			interest,
			personId: i === 0 ? sibongile : null,
			startsAt: later(now, -days(470))
		}))
	);
}
