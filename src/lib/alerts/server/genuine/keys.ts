import {
	createHash,
	createPrivateKey,
	generateKeyPair,
	sign,
	type JsonWebKey,
	type KeyObject
} from 'node:crypto';
import { promisify } from 'node:util';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import { municipalities } from '../../../identity/server/schema.ts';
import type { Db } from '../../../platform/server/db.ts';
import { sealBytes, unsealBytes } from '../../../platform/server/keys.ts';
import type { PublicKey } from '../../verify.ts';
import { keyUses, signingKeys } from './schema.ts';

export type KeyUse = (typeof keyUses)[number];
type KeyRow = typeof signingKeys.$inferSelect;

const generate = promisify(generateKeyPair);
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const;

/** A key in force, ready to sign. */
export interface SigningKey {
	id: string;
	privateKey: KeyObject;
}

/** RFC 7638: the members that make the key, in order. Sixteen characters name it well enough: 96 bits. */
export function thumbprint(jwk: JsonWebKey): string {
	const members =
		jwk.kty === 'RSA'
			? { e: jwk.e, kty: jwk.kty, n: jwk.n }
			: { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y };
	return createHash('sha256').update(JSON.stringify(members)).digest('base64url').slice(0, 16);
}

const inForce = (db: Db, municipalityId: string, use: KeyUse) =>
	db
		.select()
		.from(signingKeys)
		.where(
			and(
				eq(signingKeys.municipalityId, municipalityId),
				eq(signingKeys.use, use),
				isNull(signingKeys.retiredAt)
			)
		);

const opened = ({ id, sealed }: KeyRow): SigningKey => ({
	id,
	privateKey: createPrivateKey({
		key: unsealBytes('signing-key', sealed, id),
		format: 'der',
		type: 'pkcs8'
	})
});

/** Whether a municipality only practises: what it signs then, it signs with keys of its own for ever. */
const practises = async (db: Db, municipalityId: string) =>
	(await municipalityById(db, municipalityId))?.kind === 'exercise';

/**
 * The key a municipality signs with, made when it is first needed. Of many who need it at once, one
 * makes it. A place that stopped practising gets a new one: what was made for exercises never signs
 * what is real.
 */
export async function signingKey(
	db: Db,
	municipalityId: string,
	use: KeyUse,
	now: Date
): Promise<SigningKey> {
	const [known] = await inForce(db, municipalityId, use);
	const exercise = await practises(db, municipalityId);
	if (known?.exercise === exercise) return opened(known);
	const made = { ...(await newKey(municipalityId, use, now)), exercise };
	if (known)
		await db.update(signingKeys).set({ retiredAt: now }).where(eq(signingKeys.id, known.id));
	await db.insert(signingKeys).values(made).onConflictDoNothing();
	return opened((await inForce(db, municipalityId, use))[0]);
}

async function newKey(
	municipalityId: string,
	use: KeyUse,
	now: Date,
	before?: KeyRow
): Promise<KeyRow> {
	const { publicKey, privateKey } =
		use === 'cap'
			? await generate('rsa', { modulusLength: 3072 })
			: await generate('ec', { namedCurve: 'P-256' });
	const jwk = publicKey.export({ format: 'jwk' }) as JsonWebKey;
	const id = thumbprint(jwk);
	const sealed = sealBytes('signing-key', privateKey.export({ type: 'pkcs8', format: 'der' }), id);
	return {
		id,
		municipalityId,
		use,
		publicKey: jwk,
		sealed,
		vouchedBy: before?.id ?? null,
		voucher: before ? vouch(opened(before), id) : null,
		exercise: false,
		madeAt: now,
		retiredAt: null,
		revokedAt: null
	};
}

const vouch = ({ privateKey }: SigningKey, id: string) =>
	sign('sha256', Buffer.from(`imbizo key ${id}`), { key: privateKey, ...ecdsa }).toString(
		'base64url'
	);

/**
 * A new key takes over; what the old one signed stays genuine, unless it fell into wrong hands
 * (`revoke`): then nothing it signed counts, and it vouches for nobody.
 */
export async function rotateKey(
	db: Db,
	actor: Actor | null,
	facts: { municipalityId: string; use: KeyUse; revoke?: boolean },
	now = new Date()
): Promise<string> {
	const { municipalityId, use, revoke } = facts;
	return db.transaction(async (tx) => {
		const [before] = await inForce(tx, municipalityId, use).for('update');
		const exercise = await practises(tx, municipalityId);
		const vouching = revoke || before?.exercise !== exercise ? undefined : before;
		const made = { ...(await newKey(municipalityId, use, now, vouching)), exercise };
		if (before)
			await tx
				.update(signingKeys)
				.set({ retiredAt: now, revokedAt: revoke ? now : null })
				.where(eq(signingKeys.id, before.id));
		await tx.insert(signingKeys).values(made);
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: revoke ? 'alert_key.revoked' : 'alert_key.changed',
				thing: 'municipality',
				thingId: municipalityId,
				details: { use, before: before?.id, now: made.id }
			},
			now
		);
		return made.id;
	});
}

/** Every key of these municipalities, in force or not: what was signed with an old one is still checked. */
export const keysOf = (db: Db, municipalityIds: string[], use?: KeyUse) =>
	db
		.select({ key: signingKeys, code: municipalities.code, owner: municipalities.name })
		.from(signingKeys)
		.innerJoin(municipalities, eq(municipalities.id, signingKeys.municipalityId))
		.where(
			and(
				inArray(signingKeys.municipalityId, municipalityIds),
				use ? eq(signingKeys.use, use) : undefined
			)
		)
		.orderBy(asc(signingKeys.madeAt));

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** The public keys phones pin, to check capsules. */
export async function capsuleKeys(db: Db, municipalityIds: string[]): Promise<PublicKey[]> {
	return (await keysOf(db, municipalityIds, 'capsule')).map(({ key, code, owner }) => ({
		kid: key.id,
		kty: 'EC',
		crv: 'P-256',
		x: key.publicKey.x!,
		y: key.publicKey.y!,
		of: code,
		owner,
		...(key.retiredAt && { until: seconds(key.retiredAt) }),
		...(key.revokedAt && { revoked: true as const }),
		...(key.exercise && { exercise: true as const }),
		...(key.voucher && { vouchedBy: key.vouchedBy!, voucher: key.voucher })
	}));
}
