import { and, asc, eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { readPosition } from '../../geography/position.ts';
import { findWard } from '../../geography/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import { dangerousCodes } from '../templates.ts';
import { must } from './find.ts';
import { routes, shelters } from './schema.ts';

export const shelterKinds = ['shelter', 'assembly', 'taxi', 'animals'] as const;
export type ShelterKind = (typeof shelterKinds)[number];

/** Whether it lies in an area that is live now: never offered to anybody. */
const inDanger = (
	municipalityId: string,
	table: 'shelters' | 'evacuation_routes',
	now: Date
) => sql`exists (
	select from alerts a where a.municipality_id = ${municipalityId}::uuid and a.state = 'live' and a.kind in ('alert', 'update')
		and a.template in (${sql.join(
			dangerousCodes.map((code) => sql`${code}`),
			sql`, `
		)})
		and a.expires_at > ${now.toISOString()}::timestamptz
		and st_intersects(a.geom, ${table === 'shelters' ? sql`shelters.point` : sql`evacuation_routes.geom`}))`;

export interface Shelter {
	id: string;
	kind: ShelterKind;
	name: string;
	wardCode: string | null;
	lat: number;
	lon: number;
	/** People it holds; 0 is not counted. */
	capacity: number;
	occupied: number | null;
	countedBy: string | null;
	countedAt: Date | null;
	open: boolean;
	/** Inside a live area: flagged to officials, hidden from residents. */
	inDanger: boolean;
}

export interface Route {
	id: string;
	name: string;
	wardCode: string | null;
	open: boolean;
	inDanger: boolean;
	/** Longitude and latitude, in order. */
	line: Array<[number, number]>;
}

/** Every shelter, assembly point, taxi point and place for animals, by ward. */
export async function sheltersOf(
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<Shelter[]> {
	const found = await db
		.select({
			id: shelters.id,
			kind: shelters.kind,
			name: shelters.name,
			wardCode: shelters.wardCode,
			point: shelters.point,
			capacity: shelters.capacity,
			occupied: shelters.occupied,
			countedBy: shelters.countedBy,
			countedAt: shelters.countedAt,
			open: shelters.open,
			inDanger: sql<boolean>`${inDanger(municipalityId, 'shelters', now)}`
		})
		.from(shelters)
		.where(eq(shelters.municipalityId, municipalityId))
		.orderBy(asc(shelters.wardCode), asc(shelters.name));
	return found.map(({ point, ...each }) => ({ ...each, lat: point.lat, lon: point.lon }));
}

export async function routesOf(db: Db, municipalityId: string, now = new Date()): Promise<Route[]> {
	const found = await rows<{
		id: string;
		name: string;
		ward: string | null;
		open: boolean;
		danger: boolean;
		line: string;
	}>(
		db,
		sql`select id, name, ward_code as ward, open, ${inDanger(municipalityId, 'evacuation_routes', now)} as danger,
				st_asgeojson(geom, 6) as line
			from evacuation_routes where municipality_id = ${municipalityId}::uuid order by ward_code, name`
	);
	return found.map(({ id, name, ward, open, danger, line }) => ({
		id,
		name,
		wardCode: ward,
		open,
		inDanger: danger,
		line: (JSON.parse(line) as { coordinates: Array<[number, number]> }).coordinates
	}));
}

/** What residents are offered: open, and in no area that is live. */
export const safePlaces = async (db: Db, municipalityId: string, now = new Date()) => ({
	shelters: (await sheltersOf(db, municipalityId, now)).filter(
		(each) => each.open && !each.inDanger
	),
	routes: (await routesOf(db, municipalityId, now)).filter((each) => each.open && !each.inDanger)
});

interface NewShelter {
	municipalityId: string;
	/** None: a new one. */
	id?: string;
	kind: string;
	name: string;
	/** `-33.23, 28.52` */
	position: string;
	capacity: number | null;
	open: boolean;
}

/** Keeps a shelter or assembly point. @throws Refusal 400 naming the field that is wrong */
export const keepShelter = (
	db: Db,
	actor: Actor,
	facts: NewShelter,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, id = newId(now), open } = facts;
		must(actor, 'alert.places', municipalityId);
		const kind = shelterKinds.find((each) => each === facts.kind);
		if (!kind) throw new Refusal(400, 'Choose what it is.', 'kind');
		const name = cleanLine(facts.name);
		if (name.length < 3 || name.length > 80)
			throw new Refusal(400, 'Give it the name people use, in 3 to 80 characters.', 'name');
		const { point, wardCode } = await placeAt(tx, municipalityId, facts.position, now);
		const capacity = facts.capacity ?? 0;
		if (!Number.isInteger(capacity) || capacity < 0 || capacity > 100_000)
			throw new Refusal(400, 'Say how many people it holds, as a whole number.', 'capacity');
		const values = { kind, name, point, wardCode, capacity, open, updatedAt: now };
		const [known] = await tx.select().from(shelters).where(eq(shelters.id, id));
		if (known && known.municipalityId !== municipalityId) throw notFound();
		const [same] = await tx
			.select({ id: shelters.id })
			.from(shelters)
			.where(and(eq(shelters.municipalityId, municipalityId), eq(shelters.name, name)));
		if (same && same.id !== id) throw new Refusal(409, 'There is one with this name.', 'name');
		if (known) await tx.update(shelters).set(values).where(eq(shelters.id, id));
		else await tx.insert(shelters).values({ ...values, id, municipalityId });
		await kept(tx, actor, municipalityId, 'shelter', id, now);
	});

async function placeAt(tx: Db, municipalityId: string, said: string, now: Date) {
	const [lat, lon] = said.split(/[,\s]+/);
	const read = readPosition({ lat, lon });
	const point = read.obstacle === undefined ? read.position : null;
	if (!point)
		throw new Refusal(
			400,
			'Say where it is: latitude, longitude. Like -33.2290, 28.5146',
			'position'
		);
	const { wardCode } = await findWard(tx, municipalityId, { lat: point.lat, lon: point.lon }, now);
	return { point, wardCode };
}

/** Opens a shelter or route, or closes it: what is closed is offered to nobody. */
export const openPlace = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; what: 'shelter' | 'route'; id: string; open: boolean },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, what, id, open } = facts;
		must(actor, 'alert.places', municipalityId);
		const table = what === 'shelter' ? shelters : routes;
		const changed = await tx
			.update(table)
			.set({ open, updatedAt: now })
			.where(and(eq(table.id, id), eq(table.municipalityId, municipalityId)))
			.returning({ id: table.id });
		if (!changed.length) throw notFound();
		await kept(tx, actor, municipalityId, what, id, now);
	});

/** Keeps a way out. @throws Refusal 400 naming the field that is wrong */
export const keepRoute = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; name: string; line: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId } = facts;
		must(actor, 'alert.places', municipalityId);
		const name = cleanLine(facts.name);
		if (name.length < 3 || name.length > 80)
			throw new Refusal(400, 'Give it the name people use, in 3 to 80 characters.', 'name');
		const points = facts.line
			.split(/\n|;/)
			.map((each) => each.trim())
			.filter(Boolean);
		if (points.length < 2 || points.length > 500)
			throw new Refusal(400, 'Say two points or more, each on a line of its own.', 'line');
		const corners = [];
		for (const each of points) corners.push(await placeAt(tx, municipalityId, each, now));
		const [same] = await tx
			.select({ id: routes.id })
			.from(routes)
			.where(and(eq(routes.municipalityId, municipalityId), eq(routes.name, name)));
		if (same) throw new Refusal(409, 'There is one with this name.', 'name');
		const id = newId(now);
		await tx.insert(routes).values({
			id,
			municipalityId,
			name,
			wardCode: corners[0].wardCode,
			geom: `SRID=4326;LINESTRING(${corners.map(({ point }) => `${point.lon} ${point.lat}`).join(', ')})`,
			updatedAt: now
		});
		await kept(tx, actor, municipalityId, 'route', id, now);
	});

/** How many people are in a shelter now, as whoever stands at its door counted. */
export const countShelter = (
	db: Db,
	actor: Actor,
	{ municipalityId, id, occupied }: { municipalityId: string; id: string; occupied: number },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		must(actor, 'shelter.count', municipalityId);
		if (!Number.isInteger(occupied) || occupied < 0 || occupied > 100_000)
			throw new Refusal(400, 'Say how many people are there, as a whole number.', 'occupied');
		const changed = await tx
			.update(shelters)
			.set({ occupied, countedBy: actor.name, countedAt: now })
			.where(and(eq(shelters.id, id), eq(shelters.municipalityId, municipalityId)))
			.returning({ id: shelters.id });
		if (!changed.length) throw notFound();
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'shelter.counted',
				thing: 'shelter',
				thingId: id,
				details: { occupied }
			},
			now
		);
	});

const kept = (
	tx: Db,
	actor: Actor,
	municipalityId: string,
	thing: 'shelter' | 'route',
	thingId: string,
	now: Date
) =>
	record(
		tx,
		actor,
		{
			municipalityId,
			deed: thing === 'shelter' ? 'shelter.kept' : 'route.kept',
			thing,
			thingId
		},
		now
	);
