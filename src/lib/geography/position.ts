/** A place on earth: WGS 84 decimal degrees. */
export interface Position {
	lon: number;
	lat: number;
}

/** South Africa with its coastal waters, as a box: a position outside it is a mistake, not a report. */
export const country = { west: 16.2, south: -35.2, east: 33.2, north: -22.0 } as const;

export const positionObstacles = [
	'half_missing',
	'not_a_number',
	'out_of_range',
	'swapped',
	'outside_country'
] as const;
export type PositionObstacle = (typeof positionObstacles)[number];

/** What arrives from forms, phones and other systems. */
export interface SentPosition {
	lat?: string | number | null;
	lon?: string | number | null;
	/** Radius of doubt in metres. */
	accuracy?: string | number | null;
}

export type ReadPosition =
	| { position: Position; accuracy: number | null; obstacle?: undefined }
	| { obstacle: PositionObstacle; field: 'lat' | 'lon'; swapped?: Position }
	| { position: null; accuracy: null; obstacle?: undefined };

const isMissing = (value: string | number | null | undefined) =>
	value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** Accepts the decimal comma and the typographic minus, which keyboards and copies produce. */
function toNumber(value: string | number): number {
	if (typeof value === 'number') return value;
	const text = value.trim().replace(/[\u2212\u2013]/g, '-');
	return /^[+-]?\d{1,3}([.,]\d{1,20})?$/.test(text) ? Number(text.replace(',', '.')) : NaN;
}

/** Whether a position lies in the country's box. */
export const inCountry = ({ lon, lat }: Position) =>
	lon >= country.west && lon <= country.east && lat >= country.south && lat <= country.north;

/** Reads a position as it was sent: none at all is fine, half of one or nonsense is named. */
export function readPosition({ lat: sentLat, lon: sentLon, accuracy }: SentPosition): ReadPosition {
	if (isMissing(sentLat) && isMissing(sentLon)) return { position: null, accuracy: null };
	if (isMissing(sentLat)) return { obstacle: 'half_missing', field: 'lat' };
	if (isMissing(sentLon)) return { obstacle: 'half_missing', field: 'lon' };

	const [lat, lon] = [toNumber(sentLat!), toNumber(sentLon!)];
	if (!Number.isFinite(lat)) return { obstacle: 'not_a_number', field: 'lat' };
	if (!Number.isFinite(lon)) return { obstacle: 'not_a_number', field: 'lon' };

	const position = { lon, lat };
	if (inCountry(position)) return { position, accuracy: readAccuracy(accuracy) };
	const swapped = { lon: lat, lat: lon };
	if (inCountry(swapped)) return { obstacle: 'swapped', field: 'lat', swapped };
	if (Math.abs(lat) > 90) return { obstacle: 'out_of_range', field: 'lat' };
	if (Math.abs(lon) > 180) return { obstacle: 'out_of_range', field: 'lon' };
	return { obstacle: 'outside_country', field: 'lat' };
}

/** A radius that makes no sense is no radius: the position itself still counts. */
function readAccuracy(sent: string | number | null | undefined): number | null {
	if (isMissing(sent)) return null;
	const metres = Math.round(Number(sent));
	return Number.isFinite(metres) && metres >= 0 && metres < 10_000_000 ? metres : null;
}

const earthRadius = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine, mean earth radius). */
export function metresBetween(a: Position, b: Position): number {
	const h =
		Math.sin(radians(b.lat - a.lat) / 2) ** 2 +
		Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
	return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres in one degree of latitude, and of longitude at a latitude. */
export const metresPerDegree = (lat: number) => ({
	lat: radians(1) * earthRadius,
	lon: radians(1) * earthRadius * Math.cos(radians(lat))
});
