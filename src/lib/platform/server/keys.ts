import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What each derived key is for. A purpose is never reused for another one. */
export type Purpose =
	| 'contact.index'
	| 'contact.text'
	| 'identity.index'
	| 'identity.text'
	| 'code'
	| 'totp'
	| 'receipt'
	| 'push'
	| 'photo-token'
	| 'link-token'
	| 'device'
	| 'form'
	| 'message'
	| 'hook'
	| 'throttle'
	| 'signing-key'
	| 'check-in'
	| 'told'
	| 'aid-card.index'
	| 'aid-card.text'
	| 'hand'
	| 'neighbour';

let master: Buffer | undefined;
const derived = new Map<string, Buffer>();

/** Takes the master key for this process: given from outside, or kept in the data directory (made at first start, mode 600). */
export function loadMasterKey({ MASTER_KEY, DATA_DIR }: { MASTER_KEY?: string; DATA_DIR: string }) {
	const path = join(DATA_DIR, 'keys', 'master');
	if (!MASTER_KEY && !existsSync(path)) {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
	}
	useMasterKey(Buffer.from(MASTER_KEY ?? readFileSync(path, 'utf8').trim(), 'hex'));
}

/** @throws when the key is not 32 bytes */
export function useMasterKey(key: Buffer) {
	if (key.length !== 32) throw new Error('The master key must be 32 bytes');
	master = key;
	derived.clear();
}

/** For a thread of this process. @throws when no key has been loaded */
export function copyMasterKey(): Uint8Array {
	if (!master) throw new Error('No master key has been loaded');
	return Uint8Array.from(master);
}

/** HKDF-SHA-256 (RFC 5869) of the master key, per purpose and version. */
function keyFor(purpose: Purpose, version = 1): Buffer {
	const name = `imbizo/${purpose}/v${version}`;
	let key = derived.get(name);
	if (!key) {
		if (!master) throw new Error('No master key has been loaded');
		key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), name, 32));
		derived.set(name, key);
	}
	return key;
}

const version = 1;

/** AES-256-GCM: version byte, 12-byte nonce, ciphertext, 16-byte tag. `about` ties it to its row. */
export function lock(key: Buffer, data: Buffer, about: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
	const body = [cipher.update(data), cipher.final()];
	return Buffer.concat([Buffer.from([version]), nonce, ...body, cipher.getAuthTag()]);
}

/** @throws when the ciphertext was changed, belongs to another row, or to another key */
export function unlock(key: Buffer, locked: Buffer, about: string): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, locked.subarray(1, 13))
		.setAAD(Buffer.from(about))
		.setAuthTag(locked.subarray(-16));
	const open = decipher.update(locked.subarray(13, -16));
	decipher.final();
	return open;
}

/** The same with the key of a purpose. */
export const sealBytes = (purpose: Purpose, data: Buffer, about = '') =>
	lock(keyFor(purpose, version), data, about);

/** @throws when the ciphertext was changed, belongs to another row, or to another key */
export const unsealBytes = (purpose: Purpose, sealed: Buffer, about = '') =>
	unlock(keyFor(purpose, sealed[0]), sealed, about);

export const seal = (purpose: Purpose, text: string, about = '') =>
	sealBytes(purpose, Buffer.from(text), about);

/** @throws when the ciphertext was changed, belongs to another row, or to another key */
export const unseal = (purpose: Purpose, sealed: Buffer, about = '') =>
	unsealBytes(purpose, sealed, about).toString();

/** A keyed fingerprint (HMAC-SHA-256, hex): equal texts meet, nobody can guess back without the key. */
export const fingerprint = (purpose: Purpose, text: string) =>
	createHmac('sha256', keyFor(purpose)).update(text).digest('hex');
