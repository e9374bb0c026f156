import { and, eq, or, sql } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { departments, municipalities } from './schema.ts';

export type Municipality = typeof municipalities.$inferSelect;

/** The municipalities served here. */
export const activeMunicipalities = (db: Db): Promise<Municipality[]> =>
	db
		.select()
		.from(municipalities)
		.where(eq(municipalities.active, true))
		.orderBy(municipalities.name);

export const municipalityByCode = async (db: Db, code: string): Promise<Municipality | undefined> =>
	(
		await db
			.select()
			.from(municipalities)
			.where(and(eq(municipalities.code, code.toUpperCase()), eq(municipalities.active, true)))
	)[0];

/** One that is known here by our code or the Demarcation Board's, served or not: for an operator's imports. */
export const knownMunicipality = async (db: Db, code: string): Promise<Municipality | undefined> =>
	(
		await db
			.select()
			.from(municipalities)
			.where(
				or(
					eq(municipalities.code, code.toUpperCase()),
					eq(municipalities.mdbCode, code.toUpperCase())
				)
			)
	)[0];

export const municipalityByHost = async (db: Db, host: string): Promise<Municipality | undefined> =>
	(
		await db
			.select()
			.from(municipalities)
			.where(
				and(
					sql`${host.toLowerCase()} = any(${municipalities.hosts})`,
					eq(municipalities.active, true)
				)
			)
	)[0];

export const municipalityById = async (db: Db, id: string): Promise<Municipality | undefined> =>
	(await db.select().from(municipalities).where(eq(municipalities.id, id)))[0];

export type Department = typeof departments.$inferSelect;

/** Departments and other bodies of one municipality, by name. */
export const departmentsOf = (db: Db, municipalityId: string): Promise<Department[]> =>
	db
		.select()
		.from(departments)
		.where(eq(departments.municipalityId, municipalityId))
		.orderBy(departments.name);
