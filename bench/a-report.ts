import { reportIssue } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';

let caller = 0;

/** One resident reports a burst pipe in Khanyisa, from a phone that nobody has reported from before. */
export const reportOne = (db: Db, municipalityId: string) =>
	reportIssue(
		db,
		{ actor: null, receipts: [], device: newId() },
		{
			municipalityId,
			kind: 'issue',
			service: 'burst-pipe',
			description: 'Water is running down the street since last night',
			lat: -33.2,
			lon: 28.5,
			phone: `+2782${String(++caller).padStart(7, '0')}`,
			clientId: newId()
		}
	);
