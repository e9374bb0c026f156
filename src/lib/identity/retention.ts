/** A class of records that lose their personal part after a time. */
export interface RetentionClass {
	code: string;
	name: string;
	/** What goes, and what stays, in one plain sentence each. */
	goes: string;
	stays: string;
	/** From when the months are counted. */
	from: string;
	/** Months, until a municipality decides otherwise. */
	months: number;
	/** What a municipality may choose. */
	least: number;
	most: number;
}

/** Every class with a rule (POPIA s14: no longer than the purpose needs). */
// prettier-ignore
export const retentionClasses = [
	{ code: 'issue_contacts', name: 'Contact details given with a report', goes: 'The telephone number or e-mail address is deleted.', stays: 'The report, its place and its history stay.', from: 'the case was closed', months: 24, least: 3, most: 60 },
	{ code: 'reporter_names', name: 'Names of reporters', goes: 'The name is deleted.', stays: 'The report stays, without a name.', from: 'the case was closed', months: 24, least: 3, most: 60 },
	{ code: 'closed_photos', name: 'Photos of closed issues', goes: 'The pictures are deleted.', stays: 'The history says that there was a photo.', from: 'the case was closed', months: 36, least: 6, most: 120 },
	{ code: 'messages', name: 'Messages we sent', goes: 'The words are deleted.', stays: 'What stays is that a message went to that contact, when, and with what outcome, so that its link to stop messages works. It goes with the contact.', from: 'it was sent', months: 12, least: 1, most: 36 },
	{ code: 'devices', name: 'Fingerprints of phones and browsers', goes: 'The fingerprint is deleted.', stays: 'The report and the support stay.', from: 'it was sent', months: 1, least: 1, most: 3 },
	{ code: 'private_views', name: 'Who looked at private details', goes: 'The whole record is deleted.', stays: 'Nothing of it stays.', from: 'it was looked at', months: 60, least: 24, most: 120 }
] as const satisfies readonly RetentionClass[];

export type RetentionCode = (typeof retentionClasses)[number]['code'];

/**
 * What belongs to no municipality, and is deleted by one rule of the whole installation
 * (`KEEP_SIGN_INS_DAYS`): nobody's shorter or longer time touches their neighbours.
 */
export const installationClasses = [
	{ name: 'Sign-in codes', goes: 'The whole record is deleted.', from: 'it was sent' },
	{ name: 'Sessions that ended', goes: 'The whole record is deleted.', from: 'it ended' }
] as const;

/** What is never deleted, and why that harms nobody. */
export const keptForGood = {
	name: 'The audit log',
	why: 'Who did what and when. It holds ids and codes, never names, words or contacts.'
};

/** Months in words: `1 month`, `2 years`, `18 months`. */
export const sayMonths = (months: number): string =>
	months % 12 === 0
		? `${months / 12} ${months === 12 ? 'year' : 'years'}`
		: `${months} ${months === 1 ? 'month' : 'months'}`;

/** The instant before which a class is due, in calendar months (UTC). */
export function dueBefore(months: number, now: Date): Date {
	const at = new Date(now);
	const day = at.getUTCDate();
	at.setUTCDate(1);
	at.setUTCMonth(at.getUTCMonth() - months);
	const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
	at.setUTCDate(Math.min(day, last));
	return at;
}
