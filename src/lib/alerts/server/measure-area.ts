import { createHash } from 'node:crypto';
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { canonical } from '../../audit/server/index.ts';
import { searchPlaces, wardsInForce, wardsOf } from '../../geography/server/index.ts';
import { readPosition } from '../../geography/position.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { AlertArea } from '../alert.ts';
import {
	areaBuffer,
	isEmptyWish,
	longestRadius,
	mostCorners,
	mostPolygons,
	readCorners,
	shortestRadius,
	simpleUpTo,
	type AreaObstacle,
	type AreaWish,
	type Ring
} from '../area.ts';
import { alerts } from './schema.ts';

export interface Measured {
	area: AlertArea;
	hash: string;
	/** In square kilometres. */
	size: number;
	polygons: number;
	corners: number;
	/** What was chosen had too many corners for phones and was widened a little to lose some. */
	simplified: boolean;
}

export type Measuring = { measured: Measured } | { obstacle: AreaObstacle };

/** SHA-256, hex, of where it is: the same corners always give the same. */
export const hashArea = (area: AlertArea) =>
	createHash('sha256').update(canonical(area.coordinates)).digest('hex');

/**
 * The area that was wished for, or why it cannot be used. Fails closed: what is not sound is refused
 * and never replaced by something wider. Longitude and latitude of WGS 84, at most six decimals.
 */
export async function measureArea(
	db: Db,
	municipalityId: string,
	wish: AreaWish,
	now: Date
): Promise<Measuring> {
	if (isEmptyWish(wish)) return { obstacle: 'no_area' };
	if (wish.sameAs) return await sameAs(db, municipalityId, wish.sameAs, now);

	const parts: SQL[] = [];
	if (wish.corners) {
		const drawn = await drawnPart(db, wish.corners);
		if ('obstacle' in drawn) return drawn;
		parts.push(shapeOf(drawn.rings));
	}
	if (wish.around) {
		const circle = await circlePart(db, municipalityId, wish, now);
		if ('obstacle' in circle) return circle;
		parts.push(circle.part);
	}
	if (wish.wards.length) {
		const known = (await wardsOf(db, municipalityId, now)).map(({ code }) => code);
		if (wish.wards.some((code) => !known.includes(code))) return { obstacle: 'unknown_ward' };
		parts.push(wardsPart(municipalityId, wish.wards, now));
	}
	return await settle(db, municipalityId, sql`st_union(array[${sql.join(parts, sql`, `)}])`, now);
}

async function sameAs(db: Db, municipalityId: string, id: string, now: Date): Promise<Measuring> {
	const [found] = await db
		.select({ area: alerts.area })
		.from(alerts)
		.where(and(eq(alerts.id, id), eq(alerts.municipalityId, municipalityId)));
	if (!found?.area) return { obstacle: 'unknown_alert' };
	const checked = await settle(db, municipalityId, fromGeoJson(found.area), now);
	if ('obstacle' in checked) return checked;
	// Sound as ever: taken over corner by corner, so that its hash stays.
	return { measured: { ...checked.measured, area: found.area, hash: hashArea(found.area) } };
}

const fromGeoJson = (shape: object) => sql`st_geomfromgeojson(${JSON.stringify(shape)}::text)`;

const shapeOf = (rings: Ring[]) =>
	fromGeoJson({ type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) });

/** Polygons as somebody drew them, before anything mends them: each sound by itself, none over another. */
async function drawnPart(
	db: Db,
	corners: string
): Promise<{ rings: Ring[] } | { obstacle: AreaObstacle }> {
	const read = readCorners(corners);
	if ('obstacle' in read) return read;
	const [{ each, all }] = await rows<{ each: boolean; all: boolean }>(
		db,
		sql`select bool_and(st_isvalid(part.geom) and st_area(part.geom) > 0) as each, st_isvalid(st_collect(part.geom)) as all
			from st_dump(${shapeOf(read.rings)}) as part`
	);
	if (!each) return { obstacle: 'crosses_itself' };
	return all ? read : { obstacle: 'overlaps' };
}

async function circlePart(
	db: Db,
	municipalityId: string,
	{ around, metres }: AreaWish,
	now: Date
): Promise<{ part: SQL } | { obstacle: AreaObstacle }> {
	if (!metres || metres < shortestRadius || metres > longestRadius)
		return { obstacle: 'wrong_radius' };
	const middle = positionIn(around) ?? (await placeCalled(db, municipalityId, around, now));
	if (!middle) return { obstacle: 'unknown_place' };
	return {
		part: sql`st_buffer(st_setsrid(st_makepoint(${middle.lon}::float8, ${middle.lat}::float8), 4326)::geography, ${metres}::float8)::geometry`
	};
}

/** The place that is called exactly so; else the one that fits best. */
async function placeCalled(db: Db, municipalityId: string, name: string, now: Date) {
	const found = await searchPlaces(db, municipalityId, name, { now, least: 0.7 });
	const known = found.filter(({ point }) => point);
	const exact = known.find((each) => each.name.toLowerCase() === name.toLowerCase());
	return (exact ?? known[0])?.point;
}

/** Two numbers with a comma: latitude, longitude. */
const positionIn = (text: string) => {
	const [lat, lon, ...more] = text.split(/[,\s]+/);
	const read = more.length ? null : readPosition({ lat, lon });
	return read?.obstacle === undefined ? read?.position : undefined;
};

const wardsPart = (municipalityId: string, codes: string[], now: Date) => sql`(
	select st_union(w.geom) from ${wardsInForce(municipalityId, now)} and w.code in (${sql.join(
		codes.map((code) => sql`${code}`),
		sql`, `
	)}))`;

/** All wards in force, as one shape. */
const wholePlace = (municipalityId: string, now: Date) => sql`(
	select st_union(w.geom) from ${wardsInForce(municipalityId, now)})`;

/**
 * Above some corners a shape is buffered out, thinned and buffered in a little less, so that it only
 * grows (UK Emergency Alerts: out 500 m + perimeter/1000, tolerance perimeter/1620, in by tolerance/2 + 15 m less).
 */
const thinned = sql`st_buffer(st_transform(st_simplifypreservetopology(st_transform(
	st_buffer(geom::geography, 500 + perimeter / 1000)::geometry, 3857), perimeter / 1620), 4326)::geography,
	-(500 + perimeter / 1000 - perimeter / 3240 - 15))::geometry`;

interface Settled {
	[column: string]: unknown;
	geojson: string;
	simplified: boolean;
	valid: boolean;
	holes: number;
	polygons: number;
	corners: number;
	size: number;
	inside: boolean;
	swapped: boolean;
}

/** Rounds, thins where it must, and checks what comes out: the shape that is sent is the shape that was checked. */
async function settle(db: Db, municipalityId: string, shape: SQL, now: Date): Promise<Measuring> {
	const [found] = await rows<Settled>(
		db,
		sql`with wished as (
			select geom, st_perimeter(geom::geography) as perimeter, st_npoints(geom) as n, st_numgeometries(st_multi(geom)) as parts
			from (select ${shape} as geom) as g
		), whole as (
			select place, st_buffer(place::geography, ${areaBuffer}::float8)::geometry as reach from (select ${wholePlace(municipalityId, now)} as place) as p
		), thin as (
			select n > ${simpleUpTo.corners}::int or parts > ${simpleUpTo.polygons}::int as simplified,
				st_multi(st_reduceprecision(case when n > ${simpleUpTo.corners}::int or parts > ${simpleUpTo.polygons}::int then ${thinned} else geom end, 0.000001)) as geom
			from wished
		)
		select st_asgeojson(geom, 6) as geojson, simplified, st_isvalid(geom) and not st_isempty(geom) and st_geometrytype(geom) = 'ST_MultiPolygon' as valid,
			(select coalesce(sum(st_numinteriorrings(d.geom)), 0)::int from st_dump(thin.geom) d) as holes,
			st_numgeometries(geom)::int as polygons, st_npoints(geom)::int as corners,
			(st_area(geom::geography) / 1e6)::float8 as size,
			coalesce(st_coveredby(geom, whole.reach), false) as inside,
			coalesce(st_intersects(st_flipcoordinates(geom), whole.place), false) as swapped
		from thin, whole`
	);
	if (!found?.geojson || !found.valid || Number(found.size) <= 0)
		return { obstacle: 'crosses_itself' };
	if (!found.inside) return { obstacle: found.swapped ? 'swapped' : 'outside' };
	if (Number(found.holes) > 0) return { obstacle: 'has_a_hole' };
	if (Number(found.polygons) > mostPolygons || Number(found.corners) > mostCorners)
		return { obstacle: 'too_many' };
	const area = JSON.parse(found.geojson) as AlertArea;
	const plain: AlertArea = { type: 'MultiPolygon', coordinates: area.coordinates };
	return {
		measured: {
			area: plain,
			hash: hashArea(plain),
			size: Number(found.size),
			polygons: Number(found.polygons),
			corners: Number(found.corners),
			simplified: found.simplified
		}
	};
}
