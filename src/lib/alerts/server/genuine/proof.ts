import { createHash } from 'node:crypto';
import { letters } from '../../../platform/number.ts';

/** Four letters of a version's capsule: whoever copies the number of another alert does not know them. */
export function proofOf(capsule: string): string {
	const hash = createHash('sha256').update(capsule).digest();
	return [0, 1, 2, 3].map((i) => letters[hash.readUInt16BE(2 * i) % letters.length]).join('');
}
