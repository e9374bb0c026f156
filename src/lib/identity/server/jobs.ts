import { lte } from 'drizzle-orm';
import * as v from 'valibot';
import { days, later } from '../../platform/time.ts';
import { job } from '../../platform/server/jobs.ts';
import { forgetOldDevices } from './devices.ts';
import { signInCodes, staffSignIns } from './schema.ts';
import { forgetExpiredSessions } from './sessions.ts';
import { forgetSpent } from './throttle.ts';

/** Forgets what signing in leaves behind: sessions that ran out, codes of the day before, counters, old devices. */
export const forgetSignIns = job({
	name: 'identity.forget-sign-ins',
	payload: v.object({}),
	async run({ db, now }) {
		const yesterday = later(now, -days(1));
		await forgetExpiredSessions(db);
		await forgetSpent(db, now);
		await forgetOldDevices(db, now);
		await db.delete(signInCodes).where(lte(signInCodes.createdAt, yesterday));
		await db.delete(staffSignIns).where(lte(staffSignIns.createdAt, yesterday));
	}
});
