import { createCipheriv, createECDH, hash, randomFillSync } from 'node:crypto';

/**
 * What RFC 8291 asks for before the text is known, packed: the header of the body (86 bytes, RFC 8188:
 * salt, record size, length of a key, our one-time public key), the content key (16) and the nonce
 * (12). A record seals exactly one text.
 */
export const recordBytes = 114;
const headerBytes = 86;
const keyBytes = 65;
const recordSize = 4096;
const tagBytes = 16;
/** What sealing adds to a text: the header, the byte that says "last", the tag. */
export const sealingAdds = headerBytes + 1 + tagBytes;
/** A body is one block of RFC 8188. */
const longest = recordSize - 1 - tagBytes;

// One object makes every key pair: making the object costs as much as making a pair.
const ours = createECDH('prime256v1');

// HMAC-SHA-256 as two one-shot hashes (RFC 2104), a third of the price of an HMAC object. Keys are
// at most 64 bytes here, texts at most 146.
const inner = Buffer.alloc(64 + 160);
const outer = Buffer.alloc(64 + 32);

function hmac(key: Buffer, text: Buffer): Buffer {
	inner.fill(0x36, 0, 64);
	outer.fill(0x5c, 0, 64);
	for (let i = 0; i < key.length; i++) {
		inner[i] ^= key[i];
		outer[i] ^= key[i];
	}
	text.copy(inner, 64);
	hash('sha256', inner.subarray(0, 64 + text.length), 'buffer').copy(outer, 64);
	return hash('sha256', outer, 'buffer');
}

const about = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.alloc(2 * keyBytes + 1, 1)]);
const aboutTheirs = 14;
const aboutOurs = aboutTheirs + keyBytes;
const aboutKey = Buffer.from('Content-Encoding: aes128gcm\0\x01');
const aboutNonce = Buffer.from('Content-Encoding: nonce\0\x01');

const salts = Buffer.alloc(16 * 256);
let nextSalt = salts.length;
function salt(): Buffer {
	if (nextSalt === salts.length) {
		randomFillSync(salts);
		nextSalt = 0;
	}
	return salts.subarray(nextSalt, (nextSalt += 16));
}

/**
 * Does the elliptic-curve work for one message to come (RFC 8291, 3.3 and 3.4). About 0.1 ms.
 * @param theirs the browser's public key, 65 bytes
 * @param auth its secret, 16 bytes
 * @throws when the key is no point of the curve
 */
export function prepare(theirs: Buffer, auth: Buffer): Buffer {
	const record = Buffer.allocUnsafeSlow(recordBytes);
	prepareInto(record, 0, theirs, auth);
	return record;
}

/** The same, into a place of a larger buffer. */
export function prepareInto(into: Buffer, at: number, theirs: Buffer, auth: Buffer) {
	const own = ours.generateKeys();
	const secret = ours.computeSecret(theirs);
	theirs.copy(about, aboutTheirs);
	own.copy(about, aboutOurs);
	const seed = salt();
	const pseudorandom = hmac(seed, hmac(hmac(auth, secret), about));
	seed.copy(into, at);
	into.writeUInt32BE(recordSize, at + 16);
	into[at + 20] = keyBytes;
	own.copy(into, at + 21);
	hmac(pseudorandom, aboutKey).copy(into, at + headerBytes, 0, 16);
	hmac(pseudorandom, aboutNonce).copy(into, at + headerBytes + 16, 0, 12);
}

/** Whether a record was prepared here: a place where none was is all zeros. */
export const isPrepared = (records: Buffer, at = 0) => records[at + 20] === keyBytes;

/**
 * The body of a push: one AES-128-GCM seal. The same text gives the same bytes. Null when the text is
 * too long.
 */
export function sealWith(record: Buffer, text: Buffer): Buffer | null {
	if (text.length > longest) return null;
	const plain = Buffer.allocUnsafe(text.length + 1);
	text.copy(plain);
	plain[text.length] = 2;
	const cipher = createCipheriv(
		'aes-128-gcm',
		record.subarray(headerBytes, headerBytes + 16),
		record.subarray(headerBytes + 16, recordBytes)
	);
	const sealed = cipher.update(plain);
	cipher.final();
	const body = Buffer.allocUnsafe(text.length + sealingAdds);
	record.copy(body, 0, 0, headerBytes);
	sealed.copy(body, headerBytes);
	cipher.getAuthTag().copy(body, headerBytes + sealed.length);
	return body;
}

/**
 * Seals with a key pair made for this message alone.
 * @throws when the text is too long for one push (4,079 bytes), or the key is no point of the curve
 */
export function sealFresh(keys: { p256dh: string; auth: string }, text: Buffer): Buffer {
	const theirs = Buffer.from(keys.p256dh, 'base64url');
	const body = sealWith(prepare(theirs, Buffer.from(keys.auth, 'base64url')), text);
	if (!body) throw new Error(`A push carries at most ${longest} bytes`);
	return body;
}
