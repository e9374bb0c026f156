import { newId } from '../../platform/ids.ts';
import type { Point } from '../../platform/server/columns.ts';
import type { Db } from '../../platform/server/db.ts';
import { features, places, wardCommittee } from './schema.ts';

export interface NewPlace {
	name: string;
	kind: (typeof places.$inferInsert)['kind'];
	point?: Point | null;
	wardCode?: string | null;
}

/** Adds names people use for places; a name known already keeps its first point. */
export async function addPlaces(db: Db, municipalityId: string, source: string, list: NewPlace[]) {
	if (!list.length) return;
	await db
		.insert(places)
		.values(list.map((place) => ({ ...place, id: newId(), municipalityId, source })))
		.onConflictDoNothing();
}

export interface NewFeature {
	kind: (typeof features.$inferInsert)['kind'];
	name: string;
	/** GeoJSON, WGS 84. */
	geometry: object;
}

/** Adds rivers, roads, coast and parks, drawn where there is no basemap. */
export async function addFeatures(db: Db, municipalityId: string, list: NewFeature[]) {
	if (!list.length) return;
	await db.insert(features).values(
		list.map(({ kind, name, geometry }) => ({
			id: newId(),
			municipalityId,
			kind,
			name,
			geojson: JSON.stringify(geometry)
		}))
	);
}

export interface NewMember {
	name: string;
	interest: string;
	personId?: string | null;
	startsAt: Date;
}

/** Seats the ward committee: the councillor in the chair and at most ten others (Structures Act s73). */
export async function seatCommittee(
	db: Db,
	municipalityId: string,
	wardCode: string,
	members: NewMember[]
) {
	await db
		.insert(wardCommittee)
		.values(members.map((member) => ({ ...member, id: newId(), municipalityId, wardCode })));
}
