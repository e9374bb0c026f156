import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A place on earth: WGS 84 decimal degrees. */
export interface Point {
	lon: number;
	lat: number;
}

/** An instant in UTC. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });

/**
 * `geometry(Point,4326)`. drizzle's own `geometry('point')` drops the SRID, and the two drivers
 * answer with hex EWKB, so writing and reading stand here.
 */
export const point = customType<{ data: Point; driverData: string }>({
	dataType: () => 'geometry(Point,4326)',
	toDriver: ({ lon, lat }) => `SRID=4326;POINT(${lon} ${lat})`,
	fromDriver: (hex) => readPoint(hex)
});

/** `geometry(MultiPolygon,4326)`: written as EWKT, read only through PostGIS functions. */
export const multiPolygon = customType<{ data: string; driverData: string }>({
	dataType: () => 'geometry(MultiPolygon,4326)'
});

/** `geometry(LineString,4326)`: written as EWKT, read only through PostGIS functions. */
export const lineString = customType<{ data: string; driverData: string }>({
	dataType: () => 'geometry(LineString,4326)'
});

export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
	dataType: () => 'bytea',
	fromDriver: (value) => Buffer.from(value)
});

/** Reads a point from hex EWKB, with or without its SRID, in either byte order. */
export function readPoint(hex: string): Point {
	const data = Buffer.from(hex, 'hex');
	const little = data[0] === 1;
	const type = little ? data.readUInt32LE(1) : data.readUInt32BE(1);
	const at = type & 0x20000000 ? 9 : 5;
	const number = (offset: number) =>
		little ? data.readDoubleLE(offset) : data.readDoubleBE(offset);
	return { lon: number(at), lat: number(at + 8) };
}
