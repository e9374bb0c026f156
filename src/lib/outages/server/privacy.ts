import { eq, sql } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { byPerson } from './who.ts';
import { outageHouseholds, outages } from './schema.ts';

/** Whoever asks to be forgotten stays counted, under a name that leads to nobody. */
export const eraseHouseholds = (tx: Db, personId: string) =>
	tx
		.update(outageHouseholds)
		.set({ byWhom: sql`'erased:' || ${outageHouseholds.id}::text`, address: null })
		.where(eq(outageHouseholds.byWhom, byPerson(personId)));

/** Where a person said that it is off at their place, in plain JSON (POPIA s23). */
export const exportHouseholds = (db: Db, personId: string) =>
	db
		.select({
			outage: outages.number,
			area: outages.areaDesc,
			at: outageHouseholds.at
		})
		.from(outageHouseholds)
		.innerJoin(outages, eq(outages.id, outageHouseholds.outageId))
		.where(eq(outageHouseholds.byWhom, byPerson(personId)));
