import { deflateRawSync } from 'node:zlib';
import { capsuleWords } from '../../capsule-words.ts';

const dictionary = Buffer.from(capsuleWords);

/** The text of a capsule: `IMB1.`, the deflated bytes that were signed, `.`, the signature. */
export const packCapsule = (signed: Buffer, signature: Buffer) =>
	`IMB1.${deflateRawSync(signed, { level: 9, dictionary }).toString('base64url')}.${signature.toString('base64url')}`;
