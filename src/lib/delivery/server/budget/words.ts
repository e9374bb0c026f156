import { dayIn } from '../../../platform/time.ts';
import { renewal } from '../../budget.ts';

/** `The SMS budget of Water and Sanitation for November` */
const budgetName = (whose: string) => `The SMS budget of ${whose}`;

/** When a month's budget is there again: `Tue 1 Dec`. */
export const renewsOn = (month: string, now: Date, timeZone: string) =>
	dayIn('en', new Date(`${renewal(month)}T10:00:00Z`), now, timeZone);

/** Why something is not sent, and from when it can be. */
export const refusedSentence = (whose: string, month: string, now: Date, timeZone: string) =>
	`${budgetName(whose)} is used up. It renews on ${renewsOn(month, now, timeZone)}; emergencies and sign-in codes are sent all the same.`;

export const warnedSentence = (whose: string, month: string, now: Date, timeZone: string) =>
	`${budgetName(whose)} is four fifths used. It renews on ${renewsOn(month, now, timeZone)}; when it is used up, news goes by e-mail or into the inbox instead.`;
