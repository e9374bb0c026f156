/** A corner of a CAP polygon: latitude first. */
export type LatLon = [lat: number, lon: number];

/** `-33.94,18.86 -33.95,18.87 …` as corners; null when one of them is no pair of numbers on earth. */
export function readRing(text: string): LatLon[] | null {
	const corners = text
		.trim()
		.split(/\s+/)
		.map((pair) => /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(pair));
	if (corners.some((corner) => !corner)) return null;
	const read = corners.map((corner): LatLon => [Number(corner![1]), Number(corner![2])]);
	return read.every(([lat, lon]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180) ? read : null;
}

/** GeoJSON's `lon,lat` ring as CAP writes it: `lat,lon`, at most six decimals. */
export const writeRing = (ring: number[][]) =>
	ring.map(([lon, lat]) => `${sixDecimals(lat)},${sixDecimals(lon)}`).join(' ');

const sixDecimals = (n: number) => String(Number(n.toFixed(6)));

/** More corners than this are not compared with each other: PostGIS looks at those when an area is taken. */
const mostCompared = 1_500;

/** What is wrong with a ring (OASIS CAP 1.2 and our own rule of plain outlines), or null. */
export function ringFault(ring: LatLon[]): string | null {
	if (ring.length < 4) return 'has fewer than four corners';
	const [first, last] = [ring[0], ring[ring.length - 1]];
	if (first[0] !== last[0] || first[1] !== last[1]) return 'does not end where it begins';
	const corners = ring.slice(0, -1);
	if (new Set(corners.map(String)).size < corners.length) return 'has the same corner twice';
	if (Math.abs(areaOf(ring)) < 1e-12) return 'encloses nothing';
	return corners.length <= mostCompared && crossesItself(ring) ? 'crosses itself' : null;
}

const areaOf = (ring: LatLon[]) =>
	ring.slice(1).reduce((sum, [y, x], i) => sum + ring[i][1] * y - x * ring[i][0], 0) / 2;

function crossesItself(ring: LatLon[]): boolean {
	const last = ring.length - 2;
	for (let i = 0; i <= last; i++)
		for (let j = i + 2; j <= last; j++)
			if (!(i === 0 && j === last) && crosses(ring[i], ring[i + 1], ring[j], ring[j + 1]))
				return true;
	return false;
}

const side = (a: LatLon, b: LatLon, c: LatLon) =>
	Math.sign((b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1]));

const crosses = (a: LatLon, b: LatLon, c: LatLon, d: LatLon) =>
	side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
