import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { municipalities } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notify, rows, type Db } from '../../platform/server/db.ts';
import { boundarySets, boundaryTerms } from './schema.ts';

/** The channel on which every process hears that ward lines changed. */
export const wardsChannel = 'wards';

/** A polygon or multipolygon in WGS 84 longitude and latitude (RFC 7946). */
export interface PolygonGeometry {
	type: 'Polygon' | 'MultiPolygon';
	coordinates: unknown[];
}

export interface NewWard {
	municipalityId: string;
	code: string;
	number: number;
	areas?: string[];
	voters?: number | null;
	/** People who live there. */
	population?: number | null;
	geometry: PolygonGeometry;
}

export interface NewBoundarySet {
	name: string;
	source: string;
	fileHash: string;
	validFrom: Date;
	simplified?: boolean;
	wards: NewWard[];
}

export interface LaidBoundarySet {
	id: string;
	/** Codes of wards whose polygon crossed itself and was mended. */
	repaired: string[];
}

const chunk = <T>(list: T[], size: number): T[][] =>
	Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
		list.slice(i * size, (i + 1) * size)
	);

/**
 * Writes a set of wards that holds from `validFrom` on, and ends the sets before it in the
 * municipalities it covers. Polygons that cross themselves are mended (ST_MakeValid). Call inside a
 * transaction; every process hears of it when that commits.
 */
export async function layBoundarySet(
	tx: Db,
	set: NewBoundarySet,
	now: Date
): Promise<LaidBoundarySet> {
	const id = newId(now);
	const { name, source, fileHash, validFrom, simplified = false } = set;
	await tx.insert(boundarySets).values({ id, name, source, fileHash, simplified, importedAt: now });

	const repaired: string[] = [];
	for (const some of chunk(set.wards, 200)) repaired.push(...(await insertWards(tx, id, some)));

	const covered = [...new Set(set.wards.map(({ municipalityId }) => municipalityId))];
	for (const some of chunk(covered, 100)) await beginTerms(tx, id, some, validFrom);
	await drawBounds(tx, id);
	await notify(tx, wardsChannel, id);
	return { id, repaired };
}

async function insertWards(tx: Db, setId: string, wards: NewWard[]): Promise<string[]> {
	const records = wards.map(
		({ areas = [], voters = null, population = null, geometry, ...ward }) => ({
			...ward,
			id: newId(),
			areas,
			voters,
			population,
			geometry
		})
	);
	const written = await rows<{ code: string; repaired: boolean }>(
		tx,
		sql`
		with given as (
			select w.*, st_setsrid(st_geomfromgeojson(w.geometry::text), 4326) as drawn
			from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as w(
				id uuid, "municipalityId" uuid, code text, number int, areas jsonb, voters int, population int, geometry jsonb)
		), checked as (select given.*, st_isvalid(drawn) as sound from given)
		insert into wards (id, municipality_id, boundary_set_id, code, number, areas, voters, population, geom, repaired)
		select id, "municipalityId", ${setId}::uuid, code, number,
			array(select jsonb_array_elements_text(areas)), voters, population,
			st_multi(case when sound then drawn else st_collectionextract(st_makevalid(drawn), 3) end),
			not sound
		from checked
		returning code, repaired`
	);
	return written.filter(({ repaired }) => repaired).map(({ code }) => code);
}

/** The new set begins; what was in force until then ends on the same day, and never later than its follower begins. */
async function beginTerms(tx: Db, setId: string, covered: string[], validFrom: Date) {
	await tx
		.insert(boundaryTerms)
		.values(covered.map((municipalityId) => ({ municipalityId, boundarySetId: setId, validFrom })));
	const others = and(
		inArray(boundaryTerms.municipalityId, covered),
		ne(boundaryTerms.boundarySetId, setId)
	);
	await tx
		.update(boundaryTerms)
		.set({ validTo: validFrom })
		.where(
			and(
				others,
				sql`${boundaryTerms.validFrom} <= ${validFrom.toISOString()}::timestamptz`,
				sql`(${boundaryTerms.validTo} is null or ${boundaryTerms.validTo} > ${validFrom.toISOString()}::timestamptz)`
			)
		);
	// A set laid for a time before another one holds only until that one begins.
	await tx.execute(sql`
		update boundary_terms t set valid_to = (
			select min(o.valid_from) from boundary_terms o
			where o.municipality_id = t.municipality_id and o.boundary_set_id <> t.boundary_set_id and o.valid_from > t.valid_from)
		where t.boundary_set_id = ${setId}::uuid and t.valid_to is null`);
}

/** A municipality reaches as far as its wards. */
async function drawBounds(tx: Db, setId: string) {
	const boxes = await rows<{ id: string; box: string }>(
		tx,
		sql`
		select municipality_id as id, json_build_array(st_xmin(e), st_ymin(e), st_xmax(e), st_ymax(e))::text as box
		from (select municipality_id, st_extent(geom) as e from wards where boundary_set_id = ${setId}::uuid group by 1) b`
	);
	for (const { id, box } of boxes)
		await tx
			.update(municipalities)
			.set({ bounds: JSON.parse(box) as [number, number, number, number] })
			.where(eq(municipalities.id, id));
}

/** Whether this very file was imported before, and as which set. */
export const setOfFile = async (db: Db, fileHash: string) =>
	(await db.select().from(boundarySets).where(eq(boundarySets.fileHash, fileHash)))[0];

/** Sets that hold in a municipality with no end, newest first. */
export const openTerms = (db: Db, municipalityId: string) =>
	db
		.select({ set: boundarySets, validFrom: boundaryTerms.validFrom })
		.from(boundaryTerms)
		.innerJoin(boundarySets, eq(boundarySets.id, boundaryTerms.boundarySetId))
		.where(and(eq(boundaryTerms.municipalityId, municipalityId), isNull(boundaryTerms.validTo)));
