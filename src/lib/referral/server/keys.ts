import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
	verify,
	type KeyObject
} from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { sealBytes, unsealBytes } from '../../platform/server/keys.ts';
import { referralKeys } from './schema.ts';

/** Ed25519 (RFC 8032) as it is exchanged: the raw 32 bytes, base64url. */
const rawOf = (key: KeyObject) => key.export({ format: 'jwk' }).x!;

/** A key that was typed in, or null when it is none. */
export function publicKeyOf(raw: string): KeyObject | null {
	if (!/^[\w-]{43}$/.test(raw)) return null;
	try {
		return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
	} catch {
		return null;
	}
}

const about = (municipalityId: string) => `referral/${municipalityId}`;

/** The public key a municipality signs its letters with; made when it is first asked for. */
export async function ownKey(db: Db, municipalityId: string, now: Date): Promise<string> {
	const kept = await keyRow(db, municipalityId);
	if (kept) return kept.publicKey;
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
	await db
		.insert(referralKeys)
		.values({
			municipalityId,
			publicKey: rawOf(publicKey),
			privateSealed: sealBytes('signing-key', secret, about(municipalityId)),
			since: now
		})
		.onConflictDoNothing();
	return (await keyRow(db, municipalityId))!.publicKey;
}

const keyRow = async (db: Db, municipalityId: string) =>
	(await db.select().from(referralKeys).where(eq(referralKeys.municipalityId, municipalityId)))[0];

/** Whose key it is here, if anybody's. */
export const ownerOfKey = async (db: Db, publicKey: string): Promise<string | undefined> =>
	(await db.select().from(referralKeys).where(eq(referralKeys.publicKey, publicKey)))[0]
		?.municipalityId;

/** Signs a text for a municipality: base64url. @throws when it has no key */
export async function signAs(db: Db, municipalityId: string, text: string): Promise<string> {
	const { privateSealed } = (await keyRow(db, municipalityId))!;
	const der = unsealBytes('signing-key', privateSealed, about(municipalityId));
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	return sign(null, Buffer.from(text), key).toString('base64url');
}

/** Whether a text was signed with the other half of this key. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
	const key = publicKeyOf(publicKey);
	const bytes = Buffer.from(signature, 'base64url');
	return key !== null && bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
}
