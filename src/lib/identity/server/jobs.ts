import { lte } from 'drizzle-orm';
import * as v from 'valibot';
import { days, later } from '../../platform/time.ts';
import { readConfig } from '../../platform/server/config.ts';
import { job } from '../../platform/server/jobs.ts';
import { forgetOldDevices } from './devices.ts';
import { sessions, signInCodes, staffSignIns } from './schema.ts';
import { forgetSpent } from './throttle.ts';

/** Forgets what signing in leaves behind: sessions that ran out, codes, after the days of `KEEP_SIGN_INS_DAYS`; counters, old devices. */
export const forgetSignIns = job({
	name: 'identity.forget-sign-ins',
	payload: v.object({}),
	async run({ db, now }) {
		const before = later(now, -days(readConfig().KEEP_SIGN_INS_DAYS));
		await db.delete(sessions).where(lte(sessions.expiresAt, before));
		await forgetSpent(db, now);
		await forgetOldDevices(db, now);
		await db.delete(signInCodes).where(lte(signInCodes.createdAt, before));
		await db.delete(staffSignIns).where(lte(staffSignIns.createdAt, before));
	}
});
