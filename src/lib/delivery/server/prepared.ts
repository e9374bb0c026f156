import { createCipheriv, createECDH, createHash, createHmac, randomBytes } from 'node:crypto';
import type { PushSubscription } from '../push.ts';

/**
 * What RFC 8291 asks for before the text is known: the header of the body (RFC 8188: salt, record size,
 * our one-time public key), the content key and the nonce. Seals exactly one text.
 */
export interface Prepared {
	header: Buffer;
	key: Buffer;
	nonce: Buffer;
}

const recordSize = 4096;
/** A record is one block: 16 bytes of tag, one that says it is the last (RFC 8188, 2). */
const longest = recordSize - 17;

const extract = (salt: Buffer, secret: Buffer) =>
	createHmac('sha256', salt).update(secret).digest();
const expand = (key: Buffer, info: Buffer, bytes: number) =>
	createHmac('sha256', key)
		.update(Buffer.concat([info, Buffer.from([1])]))
		.digest()
		.subarray(0, bytes);

/** Does the elliptic-curve work for one message to come (RFC 8291, 3.3 and 3.4). About 0.1 ms. */
export function prepare({ keys }: PushSubscription): Prepared {
	const theirs = Buffer.from(keys.p256dh, 'base64url');
	const ours = createECDH('prime256v1');
	const own = ours.generateKeys();
	const salt = randomBytes(16);

	const shared = extract(Buffer.from(keys.auth, 'base64url'), ours.computeSecret(theirs));
	const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, own]);
	const pseudorandom = extract(salt, expand(shared, about, 32));
	const size = Buffer.alloc(5);
	size.writeUInt32BE(recordSize);
	size[4] = own.length;
	return {
		header: Buffer.concat([salt, size, own]),
		key: expand(pseudorandom, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
		nonce: expand(pseudorandom, Buffer.from('Content-Encoding: nonce\0'), 12)
	};
}

/** The body of a push: one AES-128-GCM seal. The same text gives the same bytes. Null when it is too long for one record. */
export function sealed({ header, key, nonce }: Prepared, text: string): Buffer | null {
	const plain = Buffer.from(text);
	if (plain.length > longest) return null;
	const cipher = createCipheriv('aes-128-gcm', key, nonce);
	const body = [cipher.update(plain), cipher.update(Buffer.from([2])), cipher.final()];
	return Buffer.concat([header, ...body, cipher.getAuthTag()]);
}

/** 114 bytes, as they are kept (encrypted). */
export const packed = ({ header, key, nonce }: Prepared) =>
	Buffer.concat([header, key, nonce]).toString('base64');

/** The record from its 114 bytes. */
export function unpacked(text: string): Prepared {
	const all = Buffer.from(text, 'base64');
	return { header: all.subarray(0, 86), key: all.subarray(86, 102), nonce: all.subarray(102, 114) };
}

/** What a record is bound to: whoever comes with another text needs another record. */
export const markOf = (text: string) => createHash('sha256').update(text).digest('hex');
