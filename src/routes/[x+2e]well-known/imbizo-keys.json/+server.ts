import { json } from '@sveltejs/kit';
import { keysOf } from '#lib/alerts/server/index.ts';
import { activeMunicipalities } from '#lib/identity/server/index.ts';

const seconds = (at: Date | null) => (at ? Math.floor(at.getTime() / 1000) : undefined);

/** Every public key the municipalities served here ever signed alerts with, as a JWK set (RFC 7517). */
export async function GET({ locals: { db } }) {
	const municipalities = await activeMunicipalities(db);
	const found = await keysOf(
		db,
		municipalities.map(({ id }) => id)
	);
	const keys = found.map(({ key, code, owner }) => ({
		...key.publicKey,
		kid: key.id,
		use: 'sig',
		alg: key.use === 'cap' ? 'RS256' : 'ES256',
		municipality: code,
		owner,
		signs: key.use,
		iat: seconds(key.madeAt),
		retired: seconds(key.retiredAt),
		revoked: seconds(key.revokedAt),
		vouchedBy: key.vouchedBy ?? undefined,
		voucher: key.voucher ?? undefined
	}));
	return json(
		{ keys },
		{
			headers: {
				'content-type': 'application/jwk-set+json',
				'cache-control': 'public, max-age=300',
				'access-control-allow-origin': '*'
			}
		}
	);
}
