import { timingSafeEqual } from 'node:crypto';
import { isId } from '../../platform/ids.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { days } from '../../platform/time.ts';

/** How long the link in a letter answers. */
export const linkLife = days(30);

const macBytes = 16;
const size = 4 + 16;

const macOf = (body: Buffer) =>
	Buffer.from(fingerprint('link-token', `referral:${body.toString('hex')}`), 'hex').subarray(
		0,
		macBytes
	);

/** The token of a link that answers for the receiver of one referral: signed, base64url, good for 30 days. */
export function referralToken(referralId: string, now: Date): string {
	const head = Buffer.alloc(4);
	head.writeUInt32BE(Math.floor((now.getTime() + linkLife) / 1000));
	const body = Buffer.concat([head, Buffer.from(referralId.replaceAll('-', ''), 'hex')]);
	return Buffer.concat([body, macOf(body)]).toString('base64url');
}

export interface ReadToken {
	referralId: string;
	expired: boolean;
}

/** The referral a token names, or null when it is forged or spoilt. */
export function readReferralToken(token: string, now: Date): ReadToken | null {
	const bytes = Buffer.from(token, 'base64url');
	if (bytes.length !== size + macBytes || bytes.toString('base64url') !== token) return null;
	const body = bytes.subarray(0, size);
	if (!timingSafeEqual(macOf(body), bytes.subarray(size))) return null;
	const hex = body.subarray(4).toString('hex');
	const referralId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	if (!isId(referralId)) return null;
	return { referralId, expired: body.readUInt32BE(0) * 1000 < now.getTime() };
}
