import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint, loadMasterKey, seal, unseal, useMasterKey } from './keys.ts';

test('a phone number is sealed to its row: another row, another purpose or a changed byte cannot open it', () => {
	useMasterKey(Buffer.alloc(32, 1));
	const sealed = seal('contact.text', '+27820000101', 'thandi');
	expect(unseal('contact.text', sealed, 'thandi')).toBe('+27820000101');
	expect(sealed.includes('82000')).toBe(false);

	expect(() => unseal('contact.text', sealed, 'ayanda')).toThrow();
	expect(() => unseal('identity.text', sealed, 'thandi')).toThrow();
	sealed[sealed.length - 20] ^= 1;
	expect(() => unseal('contact.text', sealed, 'thandi')).toThrow();
});

test('the same number always has the same fingerprint, another key another one', () => {
	useMasterKey(Buffer.alloc(32, 1));
	const known = fingerprint('contact.index', '+27820000101');
	expect(fingerprint('contact.index', '+27820000101')).toBe(known);
	expect(fingerprint('identity.index', '+27820000101')).not.toBe(known);
	useMasterKey(Buffer.alloc(32, 2));
	expect(fingerprint('contact.index', '+27820000101')).not.toBe(known);
});

test('the master key is made once, readable by its owner only', () => {
	const DATA_DIR = mkdtempSync(join(tmpdir(), 'imbizo-keys-'));
	loadMasterKey({ DATA_DIR });
	const first = fingerprint('receipt', 'x');
	expect(statSync(join(DATA_DIR, 'keys', 'master')).mode & 0o777).toBe(0o600);
	loadMasterKey({ DATA_DIR });
	expect(fingerprint('receipt', 'x')).toBe(first);
});

test('a key of the wrong length is refused', () => {
	expect(() => useMasterKey(Buffer.alloc(16))).toThrow('32 bytes');
});
