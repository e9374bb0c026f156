import { randomInt } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { newId } from '../../platform/ids.ts';
import { fingerprint, seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import { readDigits } from '../rules.ts';
import { recoveryCodes, totpSecrets } from './schema.ts';

const period = 30;
const totp = (secret: string, label = '') =>
	new TOTP({ issuer: 'Imbizo', label, secret: Secret.fromBase32(secret), period, digits: 6 });

export const newSecret = () => new Secret({ size: 20 }).base32;

/** What the QR code says (otpauth URI), for an authenticator app. */
export const secretUri = (secret: string, label: string) => totp(secret, label).toString();

/** The time step a code belongs to, the present one or its neighbours; null when it is wrong (RFC 6238). */
export function stepOf(secret: string, code: string, now: Date): number | null {
	const token = readDigits(code);
	if (!/^\d{6}$/.test(token)) return null;
	const delta = totp(secret).validate({ token, timestamp: now.getTime(), window: 1 });
	return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

export const sealSecret = (secret: string, personId: string) => seal('totp', secret, personId);

/** Whether somebody has set up a second factor. */
export const hasSecondFactor = async (db: Db, personId: string): Promise<boolean> =>
	(await db.$count(totpSecrets, eq(totpSecrets.personId, personId))) > 0;

/** Uses up a code of the app. A step works once: whoever looked over the shoulder comes too late. */
export async function useTotp(tx: Db, personId: string, code: string, now: Date) {
	const [row] = await tx
		.select({ sealed: totpSecrets.secretSealed })
		.from(totpSecrets)
		.where(eq(totpSecrets.personId, personId));
	const step = row && stepOf(unseal('totp', row.sealed, personId), code, now);
	if (!step) return false;
	const used = await tx
		.update(totpSecrets)
		.set({ lastStep: step })
		.where(and(eq(totpSecrets.personId, personId), lt(totpSecrets.lastStep, step)))
		.returning({ step: totpSecrets.lastStep });
	return used.length === 1;
}

const alphabet = '23456789BCDFGHJKMNPQRSTVWXYZ';
const recoveryCode = () => {
	const signs = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');
	return `${signs.slice(0, 5)}-${signs.slice(5)}`;
};
const recoveryIndex = (personId: string, code: string) =>
	fingerprint('code', `recovery:${personId}:${code.toUpperCase().replace(/[^2-9A-Z]/g, '')}`);

/** Ten new recovery codes instead of the old ones; only their fingerprints are kept. */
export async function renewRecoveryCodes(tx: Db, personId: string): Promise<string[]> {
	const codes = Array.from({ length: 10 }, recoveryCode);
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
	await tx
		.insert(recoveryCodes)
		.values(
			codes.map((code) => ({ id: newId(), personId, codeIndex: recoveryIndex(personId, code) }))
		);
	return codes;
}

/** Uses up a recovery code: each works once. */
export async function useRecoveryCode(tx: Db, personId: string, code: string, now: Date) {
	const used = await tx
		.update(recoveryCodes)
		.set({ usedAt: now })
		.where(
			and(
				eq(recoveryCodes.personId, personId),
				eq(recoveryCodes.codeIndex, recoveryIndex(personId, code)),
				isNull(recoveryCodes.usedAt)
			)
		)
		.returning({ id: recoveryCodes.id });
	return used.length === 1;
}

export const recoveryCodesLeft = (db: Db, personId: string): Promise<number> =>
	db.$count(
		recoveryCodes,
		sql`${recoveryCodes.personId} = ${personId} and ${recoveryCodes.usedAt} is null`
	);
