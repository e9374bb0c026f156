import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SealedKeys } from './format.ts';

// About a third of a second and 128 MB a guess: a passphrase is all that stands before the keys.
const stretch = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** Every file of the key folder, encrypted with the passphrase. */
export function sealKeys(dataDir: string, passphrase: string): SealedKeys {
	const folder = join(dataDir, 'keys');
	const names = existsSync(folder) ? readdirSync(folder) : [];
	const files = Object.fromEntries(
		names.map((name) => [name, readFileSync(join(folder, name), 'base64')])
	);
	const salt = randomBytes(16);
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, stretch), nonce);
	const sealed = Buffer.concat([cipher.update(JSON.stringify(files)), cipher.final()]);
	const text = (bytes: Buffer) => bytes.toString('base64');
	return {
		salt: text(salt),
		nonce: text(nonce),
		tag: text(cipher.getAuthTag()),
		sealed: text(sealed)
	};
}

/** Puts the keys back. @throws when the passphrase is not the one they were sealed with */
export function unsealKeys(keys: SealedKeys, dataDir: string, passphrase: string) {
	const bytes = (text: string) => Buffer.from(text, 'base64');
	const decipher = createDecipheriv(
		'aes-256-gcm',
		scryptSync(passphrase, bytes(keys.salt), 32, stretch),
		bytes(keys.nonce)
	).setAuthTag(bytes(keys.tag));

	let files: Record<string, string>;
	try {
		files = JSON.parse(
			Buffer.concat([decipher.update(bytes(keys.sealed)), decipher.final()]).toString()
		);
	} catch {
		throw new Error('BACKUP_PASSPHRASE: this is not the passphrase the backup was made with');
	}
	const folder = join(dataDir, 'keys');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	for (const [name, base64] of Object.entries(files))
		if (/^[\w.-]+$/.test(name)) writeFileSync(join(folder, name), bytes(base64), { mode: 0o600 });
}
