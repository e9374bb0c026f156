/** Why a report waits for a person before the public sees it. */
export type HeldReason = 'banned_contact' | 'insult' | 'id_number' | 'links';

// Slurs that courts have found to be hate speech or crimen injuria, as stems. Swearing about a
// burst pipe holds nothing back.
const slurs = /\b(k[a4]ff+[ie]r\w*|hotnot\w*|c[o0]{2}lies?|m[o0]ff+ies?|m[a4]kwerekwere\w*)\b/i;

/** Thirteen digits that begin with a real date: an identity number that nobody should publish. */
const idNumber = /(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4}[012]\d{2}(?!\d)/;

const links = /\bhttps?:\/\/|\bwww\./gi;

/** Whether words should be looked at before they are public, and why. */
export function heldReason(words: string): HeldReason | null {
	if (slurs.test(words)) return 'insult';
	if (idNumber.test(words.replace(/[ -]/g, ''))) return 'id_number';
	if ((words.match(links) ?? []).length > 2) return 'links';
	return null;
}
