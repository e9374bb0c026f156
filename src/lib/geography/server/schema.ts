import { sql } from 'drizzle-orm';
import {
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { instant, multiPolygon, point } from '../../platform/server/columns.ts';
import { municipalities } from '../../identity/server/schema.ts';

/** One import of ward lines. Wards change at every election: a set never changes afterwards. */
export const boundarySets = pgTable('boundary_sets', {
	id: uuid().primaryKey(),
	name: text().notNull(),
	source: text().notNull(),
	/** SHA-256 of the file: the same file twice changes nothing. */
	fileHash: text().notNull().unique(),
	/** Simplified lines serve for overview maps, not for routing a report. */
	simplified: boolean().notNull().default(false),
	importedAt: instant().notNull()
});

/**
 * From when to when a set holds in a municipality. One file may cover the country and another a
 * single town, so the dates belong to the pair.
 */
export const boundaryTerms = pgTable(
	'boundary_terms',
	{
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		boundarySetId: uuid()
			.notNull()
			.references(() => boundarySets.id),
		validFrom: instant().notNull(),
		validTo: instant()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.boundarySetId] })]
);

export const wards = pgTable(
	'wards',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		boundarySetId: uuid()
			.notNull()
			.references(() => boundarySets.id),
		/** Eight digits as a text: province, district, municipality, ward. */
		code: text().notNull(),
		number: integer().notNull(),
		/** Suburbs and places inside, as people call them. */
		areas: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		voters: integer(),
		/** People who live there, where that was imported. */
		population: integer(),
		geom: multiPolygon().notNull(),
		/** The polygon crossed itself and was repaired on import. */
		repaired: boolean().notNull().default(false)
	},
	(t) => [
		unique().on(t.boundarySetId, t.code),
		index().on(t.municipalityId, t.number),
		index().on(t.code),
		index().using('gist', t.geom)
	]
);

/** The gazetteer: places, landmarks and streets people name, from what was imported. */
export const places = pgTable(
	'places',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		name: text().notNull(),
		kind: text({ enum: ['suburb', 'landmark', 'street', 'settlement', 'pole'] }).notNull(),
		point: point(),
		wardCode: text(),
		source: text().notNull()
	},
	(t) => [
		unique().on(t.municipalityId, t.kind, t.name),
		index('places_name_trgm').using('gin', sql`lower(${t.name}) gin_trgm_ops`)
	]
);

/** Rivers, roads, coast and parks drawn when there is no basemap: GeoJSON geometry as text. */
export const features = pgTable(
	'features',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		kind: text({ enum: ['coast', 'river', 'lake', 'road', 'main_road', 'park', 'rail'] }).notNull(),
		name: text().notNull().default(''),
		geojson: text().notNull()
	},
	(t) => [index().on(t.municipalityId)]
);

/** Ten members and the councillor as chair (Structures Act s73). Names only with consent. */
export const wardCommittee = pgTable(
	'ward_committee',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		wardCode: text().notNull(),
		personId: uuid(),
		name: text().notNull(),
		interest: text().notNull().default(''),
		startsAt: instant().notNull(),
		endsAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.wardCode)]
);
