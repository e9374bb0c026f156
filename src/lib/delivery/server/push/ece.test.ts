import { createECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { prepare, sealFresh, sealWith } from './ece.ts';

const ece: {
	decrypt(body: Buffer, how: { version: string; privateKey: unknown; authSecret: string }): Buffer;
} = createRequire(import.meta.url)('http_ece');

/** Thandi's browser: what it hands over, and what it keeps to itself. */
function browser() {
	const privateKey = createECDH('prime256v1');
	const point = privateKey.generateKeys();
	const secret = randomBytes(16);
	const auth = secret.toString('base64url');
	return {
		keys: { p256dh: point.toString('base64url'), auth },
		prepare: () => prepare(point, secret),
		read: (body: Buffer) =>
			ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret: auth }).toString()
	};
}

const text = Buffer.from('Amanzi avaliwe namhlanje: water is off today');

test('her browser reads what was sealed with a record prepared long before, and with a fresh key', () => {
	const thandi = browser();
	expect(thandi.read(sealWith(thandi.prepare(), text)!)).toBe(text.toString());
	expect(thandi.read(sealFresh(thandi.keys, text))).toBe(text.toString());
});

test('three hundred records, and no two have a salt, a key or a nonce in common', () => {
	const thandi = browser();
	const records = Array.from({ length: 300 }, () => thandi.prepare());
	for (const [from, to] of [
		[0, 16],
		[21, 86],
		[86, 102],
		[102, 114]
	])
		expect(new Set(records.map((each) => each.toString('hex', from, to))).size).toBe(300);
});

test('the same text again gives the same bytes, so a second try tells nobody more', () => {
	const record = browser().prepare();
	expect(sealWith(record, text)).toEqual(sealWith(record, text));
});

test('a text that fits no single push is refused', () => {
	const thandi = browser();
	const record = thandi.prepare();
	expect(sealWith(record, Buffer.alloc(4080, 'x'))).toBeNull();
	expect(thandi.read(sealWith(record, Buffer.alloc(4079, 'x'))!)).toHaveLength(4079);
	expect(() => sealFresh(thandi.keys, Buffer.alloc(4080, 'x'))).toThrow();
});

test('nobody else reads it', () => {
	const body = sealWith(browser().prepare(), text)!;
	expect(() => browser().read(body)).toThrow();
});

test('a key that is no point of the curve seals nothing', () => {
	const { auth } = browser().keys;
	const p256dh = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 9)]).toString('base64url');
	expect(() => sealFresh({ p256dh, auth }, text)).toThrow();
});
