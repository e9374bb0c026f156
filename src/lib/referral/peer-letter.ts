import type { AnswerKind, ReturnCode } from './rules.ts';
import type { Carried } from './carried.ts';

/** What one installation tells another about one case. Signed as it stands, with a nonce and an instant. */
export interface PeerLetter {
	version: 1;
	/** Names the deed: the same letter taken twice changes nothing. */
	id: string;
	kind: 'refer' | AnswerKind;
	/** The handing-over, by the name its sender gave it. */
	referral: string;
	reference: string;
	words: string;
	code?: ReturnCode | null;
	/** The body that is responsible instead, by name. */
	body?: string;
	/** With `refer` only. */
	carried?: Carried;
	at: string;
}
