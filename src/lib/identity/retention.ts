import { m } from '../i18n/index.ts';

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
	{ code: 'issue_contacts', get name() { return m.about_kept_issue_contacts(); }, get goes() { return m.about_kept_issue_contacts_goes(); }, stays: 'The report, its place and its history stay.', get from() { return m.about_from_closed(); }, months: 24, least: 3, most: 60 },
	{ code: 'reporter_names', get name() { return m.about_kept_reporter_names(); }, get goes() { return m.about_kept_reporter_names_goes(); }, stays: 'The report stays, without a name.', get from() { return m.about_from_closed(); }, months: 24, least: 3, most: 60 },
	{ code: 'closed_photos', get name() { return m.about_kept_closed_photos(); }, get goes() { return m.about_kept_closed_photos_goes(); }, stays: 'The history says that there was a photo.', get from() { return m.about_from_closed(); }, months: 36, least: 6, most: 120 },
	{ code: 'messages', get name() { return m.about_kept_messages(); }, get goes() { return m.about_kept_messages_goes(); }, stays: 'What stays is that a message went to that contact, when, and with what outcome, so that its link to stop messages works. It goes with the contact.', get from() { return m.about_from_sent(); }, months: 12, least: 1, most: 36 },
	{ code: 'devices', get name() { return m.about_kept_devices(); }, get goes() { return m.about_kept_devices_goes(); }, stays: 'The report and the support stay.', get from() { return m.about_from_sent(); }, months: 1, least: 1, most: 3 },
	{ code: 'private_views', get name() { return m.about_kept_private_views(); }, get goes() { return m.about_kept_record_goes(); }, stays: 'Nothing of it stays.', get from() { return m.about_from_looked(); }, months: 60, least: 24, most: 120 }
] as const satisfies readonly RetentionClass[];

export type RetentionCode = (typeof retentionClasses)[number]['code'];

/**
 * What belongs to no municipality, and is deleted by one rule of the whole installation
 * (`KEEP_SIGN_INS_DAYS`): nobody's shorter or longer time touches their neighbours.
 */
// prettier-ignore
export const installationClasses = [
	{ get name() { return m.about_kept_codes(); }, get goes() { return m.about_kept_record_goes(); }, get from() { return m.about_from_sent(); } },
	{ get name() { return m.about_kept_sessions(); }, get goes() { return m.about_kept_record_goes(); }, get from() { return m.about_from_ended(); } }
] as const;

/** What is never deleted, and why that harms nobody. */
export const keptForGood = {
	get name() {
		return m.about_kept_audit();
	},
	get why() {
		return m.about_kept_audit_why();
	}
};

/** Months in words: `1 month`, `2 years`, `18 months`. */
export const sayMonths = (months: number): string =>
	months % 12 === 0 ? m.about_years({ n: months / 12 }) : m.about_months({ n: months });

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
