import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { priceOf } from '../../delivery/server/index.ts';
import { mapOf, wardsOf } from '../../geography/server/index.ts';
import { pathOn } from '../../geography/drawing.ts';
import { places } from '../../geography/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import type { AlertArea } from '../alert.ts';
import { templateCodes, templateOf } from '../templates.ts';
import { must } from './find.ts';
import { routesOf, sheltersOf } from './places.ts';
import type { Preview } from './preview.ts';
import { alerts, incidents } from './schema.ts';

/** What the composer offers to choose from. */
export async function composerFacts(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now = new Date()
) {
	must(actor, 'alert.compose', municipalityId);
	const wards = await wardsOf(db, municipalityId, now);
	const known = await db
		.select({ name: places.name })
		.from(places)
		.where(
			and(
				eq(places.municipalityId, municipalityId),
				inArray(places.kind, ['suburb', 'settlement', 'landmark'])
			)
		)
		.orderBy(asc(places.name))
		.limit(600);
	const areas = await db
		.select({
			id: alerts.id,
			number: incidents.number,
			version: alerts.version,
			template: alerts.template,
			slots: alerts.slots
		})
		.from(alerts)
		.innerJoin(incidents, eq(incidents.id, alerts.incidentId))
		.where(and(eq(alerts.municipalityId, municipalityId), isNotNull(alerts.area)))
		.orderBy(desc(alerts.createdAt))
		.limit(20);
	return {
		wards: wards.map(({ code, number, areas: named }) => ({ code, number, areas: named })),
		names: known.map(({ name }) => name),
		shelters: (await sheltersOf(db, municipalityId, now)).filter(({ open }) => open),
		routes: (await routesOf(db, municipalityId, now)).filter(({ open }) => open),
		areas: areas.map(({ id, number, version, template, slots }) => ({
			id,
			words: `${number} version ${version}: ${templateOf(template).name}, ${slots.place}`
		})),
		templates: templateCodes
			.filter((code) => !templateOf(code).belongs)
			.map((code) => ({ code, ...templateOf(code) }))
	};
}

/** A map of an area, as wide as it needs, with the area on it; null where no ward lines were imported. */
export async function areaMap(db: Db, municipalityId: string, area: AlertArea, now = new Date()) {
	const around = area.coordinates.flat(2).map(([lon, lat]) => ({ lon, lat }));
	const drawing = await mapOf(db, municipalityId, { around, metres: 600 }, now);
	return drawing && { drawing, path: pathOn(drawing, area.coordinates) };
}

/** A preview with all that a page shows of it. */
export async function arrival(db: Db, municipalityId: string, preview: Preview, now = new Date()) {
	const { content, measured, ...shown } = preview;
	const municipality = await municipalityById(db, municipalityId);
	return {
		...shown,
		ready: content !== null,
		shape: measured && {
			size: measured.size,
			polygons: measured.polygons,
			corners: measured.corners,
			simplified: measured.simplified,
			hash: measured.hash
		},
		map: measured && (await areaMap(db, municipalityId, measured.area, now)),
		/** In cents for a thousand SMS parts. */
		smsPrice: municipality ? await priceOf(db, municipalityId, now) : 0
	};
}

export type Arrival = Awaited<ReturnType<typeof arrival>>;
