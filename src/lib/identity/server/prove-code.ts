import { eq } from 'drizzle-orm';
import { m } from '../../i18n/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { codeObstacle, codeTries, mustSayWho, readDigits } from '../rules.ts';
import { codeObstacleWords, wrongCode } from '../wording.ts';
import { indexOf, lockTry, peopleAt } from './code-tries.ts';
import { proveContact } from './contacts.ts';
import { rememberDevice } from './devices.ts';
import { contactPoints, signInCodes } from './schema.ts';

export interface Proved {
	contactPointId: string;
	/** Set when the code was for adding a contact to an account. */
	personId: string | null;
	/** Several people, or perhaps a new owner: ask. Otherwise whoever it is comes in at once. */
	ask: boolean;
}

/**
 * Tries a code on the device that asked for it. A right one proves the contact, and works once.
 * @throws Refusal 400 saying how many tries are left, or why there are none
 */
export async function proveCode(
	db: Db,
	{ tryId, code, device }: { tryId: string; code: string; device: string },
	now = new Date()
): Promise<Proved> {
	const digits = readDigits(code);
	const answer = await db.transaction(async (tx): Promise<Proved | string> => {
		const row = await lockTry(tx, tryId, device);
		const obstacle = codeObstacle(row, now);
		if (obstacle) return codeObstacleWords[obstacle];
		if (!/^\d{6}$/.test(digits)) return m.sign_in_has_six();
		if (row.codeIndex !== indexOf(row.id, digits)) {
			await tx
				.update(signInCodes)
				.set({ tries: row.tries + 1 })
				.where(eq(signInCodes.id, row.id));
			return wrongCode(codeTries - row.tries - 1);
		}
		return prove(tx, row, device, now);
	});
	if (typeof answer === 'string') throw new Refusal(400, answer, 'code');
	return answer;
}

async function prove(
	tx: Db,
	{ id, contactPointId, personId }: typeof signInCodes.$inferSelect,
	device: string,
	now: Date
): Promise<Proved> {
	const [{ provedBefore }] = await tx
		.select({ provedBefore: contactPoints.verifiedAt })
		.from(contactPoints)
		.where(eq(contactPoints.id, contactPointId));
	const known = await peopleAt(tx, contactPointId);
	await tx.update(signInCodes).set({ usedAt: now }).where(eq(signInCodes.id, id));
	await proveContact(tx, { contactPointId, device }, now);
	await rememberDevice(tx, contactPointId, device, now);
	return { contactPointId, personId, ask: mustSayWho(known.length, provedBefore, now) };
}
