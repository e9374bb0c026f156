import { and, eq, isNull } from 'drizzle-orm';
import { isId, newId } from '../../platform/ids.ts';
import { later, minutes } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { codeLife } from '../rules.ts';
import { deviceIndex } from './devices.ts';
import { contactPoints, people, personContacts, signInCodes } from './schema.ts';

/** All that is stored of a code. */
export const indexOf = (tryId: string, code: string) => fingerprint('code', `${tryId}:${code}`);

/** A code that was asked for, on the device that asked for it. */
export const findTry = async (db: Db, tryId: string, device: string) =>
	isId(tryId)
		? (
				await db
					.select()
					.from(signInCodes)
					.where(and(eq(signInCodes.id, tryId), eq(signInCodes.deviceIndex, deviceIndex(device))))
			)[0]
		: undefined;

/** What the page of a code shows of it; undefined when this device asked for none. */
export async function pendingTry(db: Db, tryId: string, device: string, now = new Date()) {
	const row = await findTry(db, tryId, device);
	if (!row || row.settledAt || row.createdAt < later(now, -minutes(60))) return undefined;
	const [contact] = await db
		.select({ kind: contactPoints.kind, masked: contactPoints.masked })
		.from(contactPoints)
		.where(eq(contactPoints.id, row.contactPointId));
	return { ...contact, proved: row.usedAt !== null, expiresAt: row.expiresAt };
}

/** The same, locked: its tries are counted. */
export const lockTry = async (tx: Db, tryId: string, device: string) =>
	(
		await tx
			.select()
			.from(signInCodes)
			.where(
				and(
					eq(signInCodes.id, isId(tryId) ? tryId : newId()),
					eq(signInCodes.deviceIndex, deviceIndex(device))
				)
			)
			.for('update')
	)[0];

/** Who signs in with a contact: phones are shared. */
export const peopleAt = (db: Db, contactPointId: string) =>
	db
		.select({ id: people.id, name: people.name, since: people.createdAt })
		.from(personContacts)
		.innerJoin(people, eq(people.id, personContacts.personId))
		.where(
			and(
				eq(personContacts.contactPointId, contactPointId),
				eq(personContacts.purpose, 'sign_in'),
				isNull(personContacts.withdrawnAt),
				isNull(people.erasedAt)
			)
		)
		.orderBy(people.createdAt);

/** Whether a code has proved its contact and nobody was let in by it yet. */
export const isOpen = (
	row: typeof signInCodes.$inferSelect | undefined,
	now: Date
): row is typeof signInCodes.$inferSelect =>
	Boolean(row?.usedAt && !row.settledAt && !row.personId && later(row.usedAt, codeLife) > now);
