import { and, eq, lte } from 'drizzle-orm';
import { days, later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { knownDevices } from './schema.ts';

export const deviceIndex = (device: string) => fingerprint('device', device);

/** Whether somebody signed in as this person, or proved this contact, on this device before. */
export async function isKnownDevice(db: Db, subjectId: string, device: string): Promise<boolean> {
	const known = await db
		.select({ subjectId: knownDevices.subjectId })
		.from(knownDevices)
		.where(
			and(eq(knownDevices.subjectId, subjectId), eq(knownDevices.deviceIndex, deviceIndex(device)))
		);
	return known.length > 0;
}

export const rememberDevice = (tx: Db, subjectId: string, device: string, now: Date) =>
	tx
		.insert(knownDevices)
		.values({ subjectId, deviceIndex: deviceIndex(device), lastUsedAt: now })
		.onConflictDoUpdate({
			target: [knownDevices.subjectId, knownDevices.deviceIndex],
			set: { lastUsedAt: now }
		});

/** Devices nobody signed in on for 400 days are strangers again. */
export const forgetOldDevices = (db: Db, now = new Date()) =>
	db.delete(knownDevices).where(lte(knownDevices.lastUsedAt, later(now, -days(400))));
