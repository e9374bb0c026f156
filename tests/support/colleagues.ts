import { municipalities, grants, people } from '#lib/identity/server/schema.ts';
import type { Municipality } from '#lib/identity/server/index.ts';
import type { Actor, NewGrant } from '#lib/identity/permissions.ts';
import { grantsOf } from '#lib/identity/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** A municipality of the stories, with nobody in it yet. */
export async function addMunicipality(
	db: Db,
	facts: { code: string; name: string; kind?: 'B' | 'C'; districtId?: string }
): Promise<Municipality> {
	const [row] = await db
		.insert(municipalities)
		.values({ id: newId(), kind: 'B', active: true, ...facts })
		.returning();
	return row;
}

/** Somebody who works there, with the grants given. */
export async function addColleague(
	db: Db,
	name: string,
	municipalityId: string,
	given: NewGrant[],
	now: Date
): Promise<string> {
	const id = newId();
	await db.insert(people).values({ id, name, homeMunicipalityId: municipalityId });
	for (const { startsAt, endsAt, ...grant } of given)
		await db.insert(grants).values({
			id: newId(),
			municipalityId,
			personId: id,
			...grant,
			startsAt: startsAt ? new Date(startsAt) : now,
			endsAt: endsAt ? new Date(endsAt) : null
		});
	return id;
}

/** The person as whoever asks, signed in to work with a recent second factor. */
export async function actorOf(db: Db, personId: string, now: Date): Promise<Actor> {
	return {
		id: personId,
		name: '',
		language: 'en',
		grants: await grantsOf(db, personId, now),
		session: { id: newId(), kind: 'staff', secondFactorAt: now }
	};
}
