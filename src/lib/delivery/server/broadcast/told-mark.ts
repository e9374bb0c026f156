import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../../../platform/server/keys.ts';

/** Bytes of the keyed fingerprint in a mark. */
const proofBytes = 12;
const markBytes = 16 + 4 + proofBytes;

/** As long as any mark, and none: its place in a text that all phones share. */
export const noMark = '~'.repeat(Math.ceil((markBytes * 4) / 3));

const proof = (broadcastId: string, n: number) =>
	Buffer.from(fingerprint('told', `${broadcastId}/${n}`), 'hex').subarray(0, proofBytes);

/**
 * 43 characters that name one message of a broadcast, and prove that we sent it: the phone that got it
 * says with them what became of it. No session, no name, and no way to another message.
 */
export function toldMark(broadcastId: string, n: number): string {
	const mark = Buffer.alloc(markBytes);
	mark.write(broadcastId.replaceAll('-', ''), 'hex');
	mark.writeUInt32BE(n, 16);
	proof(broadcastId, n).copy(mark, 20);
	return mark.toString('base64url');
}

/** The message a mark belongs to; null for whatever we did not make. Asks no database. */
export function readToldMark(mark: unknown): { broadcastId: string; n: number } | null {
	if (typeof mark !== 'string' || !/^[\w-]{43}$/.test(mark)) return null;
	const bytes = Buffer.from(mark, 'base64url');
	const hex = bytes.toString('hex', 0, 16);
	const broadcastId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	const n = bytes.readUInt32BE(16);
	return timingSafeEqual(proof(broadcastId, n), bytes.subarray(20)) ? { broadcastId, n } : null;
}
