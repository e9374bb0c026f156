import { createHash } from 'node:crypto';
import type { Outcome } from '../../../channel.ts';
import { gsm7Octets, isGsm7, split, utf16be } from '../../../gsm7.ts';

/**
 * What `submit_sm_resp` means (SMPP 3.4, 5.1.3). `later`: certainly not taken. What is not here is
 * tried again too, because no resident is lost over a code nobody knows.
 */
const permanent = new Map<number, string>([
	[0x01, 'length'],
	[0x02, 'length'],
	[0x0a, 'source'],
	[0x0b, 'number'],
	[0x43, 'class'],
	[0x48, 'source'],
	[0x49, 'source'],
	[0x50, 'number'],
	[0x51, 'number'],
	[0x65, 'refused'],
	[0x66, 'refused'],
	[0xc0, 'field'],
	[0xc1, 'field'],
	[0xc2, 'field'],
	[0xc4, 'field']
]);

/** Seconds to leave a gateway alone that says it is full. */
const rests = new Map<number, number>([
	[0x58, 5],
	[0x14, 30]
]);

export type Reply =
	| { outcome: 'accepted' }
	| { outcome: 'failed'; fault: string }
	| { again: string; seconds: number | null };

/** The code of a `submit_sm_resp` in our words. */
export function replyOf(status: number): Reply {
	if (status === 0) return { outcome: 'accepted' };
	const hex = `smpp_${status.toString(16).padStart(2, '0')}`;
	if (permanent.has(status)) return { outcome: 'failed', fault: `${hex}_${permanent.get(status)}` };
	return { again: hex, seconds: rests.get(status) ?? null };
}

const reported: Record<string, Extract<Outcome, 'accepted' | 'delivered' | 'failed'>> = {
	ENROUTE: 'accepted',
	ACCEPTD: 'accepted',
	DELIVRD: 'delivered',
	EXPIRED: 'failed',
	DELETED: 'failed',
	UNDELIV: 'failed',
	REJECTD: 'failed',
	UNKNOWN: 'accepted'
};

/** `message_state` (5.2.28), from 1. */
const states = [
	'ENROUTE',
	'DELIVRD',
	'EXPIRED',
	'DELETED',
	'UNDELIV',
	'ACCEPTD',
	'UNKNOWN',
	'REJECTD'
];

export interface Receipt {
	ref: string;
	outcome: Extract<Outcome, 'accepted' | 'delivered' | 'failed' | 'gone'>;
}

/** A delivery receipt: from its fields where they are filled, else from the text of Appendix B; null when it is none. */
export function receiptOf(
	text: string,
	fields: { receipted_message_id?: string; message_state?: number } = {}
): Receipt | null {
	const ref = fields.receipted_message_id?.replace(/\0+$/, '') || /\bid:\s*(\S+)/i.exec(text)?.[1];
	const state = states[(fields.message_state ?? 0) - 1] ?? /\bstat:\s*(\w+)/i.exec(text)?.[1];
	const outcome = state && reported[state.toUpperCase()];
	return ref && outcome ? { ref: ref.slice(0, 100), outcome } : null;
}

/** The alphabet as `data_coding` names it (5.2.19). */
export const codingOf = (text: string) => (isGsm7(text) ? 0x00 : 0x08);

export const octetsOf = (text: string, gsm7 = isGsm7(text)): Buffer =>
	Buffer.from(gsm7 ? gsm7Octets(text) : utf16be(text));

/**
 * The parts of a text as `short_message`, each with its header where there are several (3GPP TS 23.040,
 * 9.2.3.24.1). The number that joins them comes from the message's id: a part that is sent again
 * joins the same message on the phone.
 */
export function partsOf(text: string, messageId: string): Buffer[] {
	const gsm7 = isGsm7(text);
	const parts = split(text);
	if (parts.length === 1) return [octetsOf(text, gsm7)];
	const [joined] = createHash('sha256').update(messageId).digest();
	return parts.map((part, at) =>
		Buffer.concat([Buffer.from([5, 0, 3, joined, parts.length, at + 1]), octetsOf(part, gsm7)])
	);
}

/** Type and plan of a number or name as they travel (5.2.5, 5.2.6). */
export function addressOf(from: string) {
	if (/^\+?\d{7,15}$/.test(from)) return { ton: 1, npi: 1, address: from.replace('+', '') };
	if (/^\d{3,6}$/.test(from)) return { ton: 3, npi: 0, address: from };
	return { ton: from ? 5 : 0, npi: 0, address: from.slice(0, 11) };
}
