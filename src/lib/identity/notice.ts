/** The version of the notice shown where a contact is asked for (POPIA s18): a date, newest wins. */
export const noticeVersion = '2026-11-22';

/** Whether a form names a version we have shown: a day no later than the newest. */
export const isNoticeVersion = (sent: string | undefined): sent is string =>
	/^\d{4}-\d{2}-\d{2}$/.test(sent ?? '') && sent! <= noticeVersion;

/** The same in one SMS: what for, the right to object, where the whole stands. 160 characters at most. */
export const shortNotice = (municipality: string) =>
	`${municipality}: your number is kept only to answer your report. You may object or have it deleted, free, at any time. How: see /privacy on our site`;
