import { cleanLine } from '../platform/text.ts';

/** What sorts of place people name. */
export const placeKinds = ['suburb', 'landmark', 'street', 'settlement', 'pole'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** A named thing on the ground, with one or many pieces of GeoJSON geometry. */
export interface ReadPlace {
	name: string;
	kind: PlaceKind;
	geometry: object;
}

export type PlaceReading = { place: ReadPlace } | { reason: string };

const names = ['name', 'NAME', 'Name', 'street', 'STREET', 'street_name', 'STR_NAME', 'placename'];

const settlements = new Set(['city', 'town', 'village', 'hamlet', 'isolated_dwelling', 'locality']);

/** What kind of place the properties speak of: our own `kind`, else OpenStreetMap's tags. */
function kindOf(properties: Record<string, unknown>): PlaceKind | null {
	const said = String(properties.kind ?? '').toLowerCase();
	const own = placeKinds.find((kind) => kind === said);
	if (own) return own;
	if (properties.highway) return 'street';
	if (properties.place) return settlements.has(String(properties.place)) ? 'settlement' : 'suburb';
	const tags = ['amenity', 'building', 'shop', 'tourism', 'leisure', 'office', 'railway'];
	return tags.some((tag) => properties[tag]) ? 'landmark' : null;
}

const shapes = new Set([
	'Point',
	'MultiPoint',
	'LineString',
	'MultiLineString',
	'Polygon',
	'MultiPolygon'
]);

/** Whether every number of a geometry is a longitude or latitude in degrees. */
const inDegrees = (coordinates: unknown): boolean =>
	Array.isArray(coordinates) &&
	coordinates.length > 0 &&
	(typeof coordinates[0] === 'number'
		? Number.isFinite(coordinates[0]) &&
			Number.isFinite(coordinates[1]) &&
			Math.abs(coordinates[0]) <= 180 &&
			Math.abs(coordinates[1] as number) <= 90
		: coordinates.every(inDegrees));

/** Reads one feature of a GeoJSON file, or says why it is no place. `as` serves those that name no kind. */
export function readPlace(
	feature: unknown,
	{ column, as }: { column?: string; as?: PlaceKind }
): PlaceReading {
	const { properties, geometry } = (feature ?? {}) as {
		properties?: Record<string, unknown> | null;
		geometry?: { type?: unknown; coordinates?: unknown } | null;
	};
	const given = (column ? [column] : names).map((each) => properties?.[each]).find(Boolean);
	const name = cleanLine(String(given ?? ''));
	if (!name) return { reason: 'no name' };
	if (name.length > 120) return { reason: 'a name of more than 120 characters' };
	const kind = kindOf(properties ?? {}) ?? as;
	if (!kind) return { reason: 'no kind (give one for all with --kind)' };
	if (!shapes.has(String(geometry?.type))) return { reason: 'no point, line or area' };
	if (!inDegrees(geometry!.coordinates)) return { reason: 'a position that is not in degrees' };
	const { type, coordinates } = geometry!;
	return { place: { name, kind, geometry: { type, coordinates } } };
}
