import { createECDH } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readConfig, type Config } from '../../../platform/server/config.ts';

export interface Vapid {
	publicKey: string;
	privateKey: string;
	subject: string;
}

let kept: Vapid | undefined;

/**
 * The key pair push services know us by: given from outside, or made at first start and kept in the
 * data directory (mode 600). A new pair makes every subscription useless, so it never changes by itself.
 * @throws when the contact is neither `mailto:` nor `https:` (RFC 8292 2.1; Apple answers 403)
 */
export function vapidKeys(config: Config): Vapid {
	if (kept) return kept;
	const { VAPID_SUBJECT: subject, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = config;
	if (!/^(mailto:|https:\/\/)./.test(subject))
		throw new Error('VAPID_SUBJECT must be a mailto: or https: address of whoever runs this');
	const pair =
		VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY
			? { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY }
			: keptPair(join(config.DATA_DIR, 'keys', 'vapid.json'));
	return (kept = { ...pair, subject });
}

function keptPair(path: string): { publicKey: string; privateKey: string } {
	if (!existsSync(path)) {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		writeFileSync(path, JSON.stringify(newPair()), { mode: 0o600, flag: 'wx' });
	}
	return JSON.parse(readFileSync(path, 'utf8'));
}

/** A pair on P-256 as RFC 8292 writes it: base64url. */
export function newPair() {
	const pair = createECDH('prime256v1');
	const publicKey = pair.generateKeys('base64url');
	return { publicKey, privateKey: privateHalf(pair.getPrivateKey()) };
}

/** 32 bytes, also where the number is short. */
const privateHalf = (key: Buffer) =>
	Buffer.concat([Buffer.alloc(32 - key.length), key]).toString('base64url');

/** What a browser needs to subscribe: the public half of our key. */
export const pushKey = () => vapidKeys(readConfig()).publicKey;
