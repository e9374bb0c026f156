import { addPlaces, layBoundarySet } from '#lib/geography/server/index.ts';
import { demoPersonId } from '#lib/identity/server/index.ts';
import { grants, municipalities } from '#lib/identity/server/schema.ts';
import type { Role } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { days, later } from '#lib/platform/time.ts';
import { demoCountry } from './geography-places.ts';
import { approveEnglish } from './warnings.ts';
import { demoWards, type Position } from './geography-shapes.ts';

/** Another place in the sea, two degrees further south: nothing that is drawn there lies in Khanyisa. */
const away = ([lon, lat]: Position): Position => [lon, Number((lat - 1.5).toFixed(6))];
const code = (ward: number) => `99903${String(ward).padStart(3, '0')}`;
const source = 'Drawn for exercises';

/** Whoever writes, approves and translates warnings practises here, in the same part. */
const trained: Array<[handle: string, role: Role]> = [
	['disaster-officer', 'disaster_officer'],
	['disaster-approver', 'disaster_approver'],
	['incident-commander', 'incident_commander'],
	['communications', 'communications']
];

/** A municipality for exercises: the same wards elsewhere, the same people, and no resident. Answers with its id. */
export async function settleExercise(db: Db, now: Date): Promise<string> {
	const id = newId(now);
	await db.insert(municipalities).values({
		id,
		code: 'KHX',
		name: 'Khanyisa Exercise',
		kind: 'exercise',
		active: true,
		languages: ['en', 'zu', 'xh', 'af'],
		emergencyNumbers: [{ label: 'Exercise desk', number: '112' }]
	});
	const own = demoWards.filter(({ municipality }) => municipality === 'KHA');
	const { suburbs, landmarks } = demoCountry.KHA;
	await db.transaction((tx) =>
		layBoundarySet(
			tx,
			{
				name: 'Wards of the exercise',
				source,
				fileHash: 'khanyisa-exercise',
				validFrom: later(now, -days(500)),
				wards: own.map(({ number, ring }) => ({
					municipalityId: id,
					code: code(number),
					number,
					areas: suburbs.filter(({ ward }) => ward === number).map(({ name }) => name),
					geometry: { type: 'Polygon', coordinates: [ring.map(away)] }
				}))
			},
			now
		)
	);
	await addPlaces(
		db,
		id,
		source,
		[
			...suburbs.map(({ ward, name, point }) => ({ name, kind: 'suburb' as const, ward, point })),
			...landmarks
				.filter(({ kind }) => kind === 'landmark')
				.map(({ ward, name, point }) => ({ name, kind: 'landmark' as const, ward, point }))
		].map(({ ward, point, ...place }) => {
			const [lon, lat] = away(point);
			return { ...place, point: { lon, lat }, wardCode: code(ward) };
		})
	);
	for (const [handle, role] of trained)
		await db.insert(grants).values({
			id: newId(now),
			municipalityId: id,
			personId: (await demoPersonId(db, handle))!,
			role,
			// After the grant in Khanyisa: that is where they work.
			startsAt: later(now, -days(499))
		});
	await approveEnglish(db, id, later(now, -days(400)));
	return id;
}
