import { createPrivateKey, sign } from 'node:crypto';
import { hours } from '../../../platform/time.ts';
import type { Vapid } from '../channels/vapid.ts';

/** RFC 8292 allows a day; a clock of ours that is some hours off must not matter. */
const valid = hours(12);
const renewed = hours(6);

/**
 * Answers with the Authorization header for an origin. One token serves an origin for six of its
 * twelve hours (RFC 8292); signing one for each message is what makes others slow.
 */
export function vapidTokens(vapid: Vapid, clock = Date.now): (origin: string) => string {
	const key = privateKeyOf(vapid);
	const kept = new Map<string, { header: string; madeAt: number }>();
	return (origin) => {
		const now = clock();
		const before = kept.get(origin);
		// A clock that was put back must not keep a token for longer than it lives.
		if (before && now >= before.madeAt && now < before.madeAt + renewed) return before.header;
		const header = `vapid t=${token(key, origin, vapid.subject, now)}, k=${vapid.publicKey}`;
		kept.set(origin, { header, madeAt: now });
		return header;
	};
}

function privateKeyOf({ publicKey, privateKey }: Vapid) {
	const point = Buffer.from(publicKey, 'base64url');
	const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
	return createPrivateKey({
		key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey },
		format: 'jwk'
	});
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function token(key: ReturnType<typeof createPrivateKey>, aud: string, sub: string, now: number) {
	const said = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded({
		aud,
		exp: Math.floor((now + valid) / 1000),
		sub
	})}`;
	const signature = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' });
	return `${said}.${signature.toString('base64url')}`;
}
