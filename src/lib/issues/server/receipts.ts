import { fingerprint } from '../../platform/server/keys.ts';
import { receiptFrom } from '../reference.ts';

/**
 * The receipt code of a report. It follows from the report's own id and our key, so that a phone
 * whose answer was lost gets the same code when it sends again, while we keep only its fingerprint.
 */
export const receiptOf = (municipalityId: string, clientId: string) =>
	receiptFrom(BigInt(`0x${fingerprint('receipt', `of ${municipalityId} ${clientId}`)}`));
