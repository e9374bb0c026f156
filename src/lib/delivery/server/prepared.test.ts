import { createECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { packed, prepare, sealed, unpacked } from './prepared.ts';

const ece: {
	decrypt(body: Buffer, how: { version: string; privateKey: unknown; authSecret: string }): Buffer;
} = createRequire(import.meta.url)('http_ece');

/** Thandi's browser: what it hands over, and what it keeps to itself. */
function browser() {
	const privateKey = createECDH('prime256v1');
	privateKey.generateKeys();
	const auth = randomBytes(16).toString('base64url');
	const keys = { p256dh: privateKey.getPublicKey('base64url'), auth };
	return {
		subscription: { endpoint: 'https://fcm.googleapis.com/x', keys },
		read: (body: Buffer) =>
			ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret: auth }).toString()
	};
}

test('her browser reads what was sealed with a key prepared long before', () => {
	const thandi = browser();
	const kept = packed(prepare(thandi.subscription));
	const body = sealed(unpacked(kept), 'Amanzi avaliwe namhlanje: water is off today');
	expect(thandi.read(body!)).toBe('Amanzi avaliwe namhlanje: water is off today');
});

test('a record is 114 bytes, and no two are alike', () => {
	const { subscription } = browser();
	const [one, two] = [prepare(subscription), prepare(subscription)];
	expect(Buffer.from(packed(one), 'base64')).toHaveLength(114);
	expect(one.header).toHaveLength(86);
	expect(one.key).not.toEqual(two.key);
	expect(one.nonce).not.toEqual(two.nonce);
});

test('the same text again gives the same bytes, so a second try tells nobody more', () => {
	const record = prepare(browser().subscription);
	expect(sealed(record, 'Water is back')).toEqual(sealed(record, 'Water is back'));
});

test('a text that fits no single record is left to a fresh key', () => {
	const thandi = browser();
	const record = prepare(thandi.subscription);
	expect(sealed(record, 'x'.repeat(4080))).toBeNull();
	expect(thandi.read(sealed(record, 'x'.repeat(4079))!)).toHaveLength(4079);
});

test('nobody else reads it', () => {
	const body = sealed(prepare(browser().subscription), 'Water is back')!;
	expect(() => browser().read(body)).toThrow();
});
