/** The version of the notice shown where a contact is asked for (POPIA s18): a date, newest wins. */
export const noticeVersion = '2026-11-20';
