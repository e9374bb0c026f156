import { createHash, timingSafeEqual } from 'node:crypto';
import { direct } from './unproven.ts';

/** What a proxy adds, in all its spellings: whoever asks through one is not this machine. */
const forwarded =
	/^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|cf-connecting-ip|true-client-ip|fly-client-ip)$/i;

const loopback = /^(127\.|::1$|::ffff:127\.)/;

const hash = (text: string) => createHash('sha256').update(text).digest();

/** Whether two texts are the same, in a time that tells nothing of either. Any signs, any length. */
export const sameSecret = (a: string, b: string) => timingSafeEqual(hash(a), hash(b));

/**
 * Whether somebody may read the counters: by the bearer token when one is configured; without one, from
 * this very machine and through no proxy. `address` gives nothing, or throws, where it is not known.
 */
export function mayReadMetrics(
	token: string | undefined,
	headers: Headers,
	address: () => string
): boolean {
	if (token) return sameSecret(headers.get('authorization') ?? '', `Bearer ${token}`);
	const own = headers.get(direct) === '1' ? 'x-forwarded-proto' : '';
	if ([...headers.keys()].some((name) => name !== own && forwarded.test(name))) return false;
	try {
		return loopback.test(address());
	} catch {
		return false;
	}
}
