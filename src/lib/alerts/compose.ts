import { isGsm7, toGsm7 } from '../delivery/gsm7.ts';
import { clock, dayIn } from '../platform/time.ts';
import { shorten } from '../platform/text.ts';
import type { AlertText, CapStatus } from './alert.ts';
import type { AlertWords, TemplateWords } from './templates.ts';

/** What people filled in. Times are instants, everything else is said as it was typed. */
export interface SlotValues {
	place: string;
	from: string;
	towards: string;
	route: string;
	person: string;
	age: string;
	actBy: Date | null;
}

/** What every warning knows by itself. */
export interface Given {
	/** The municipality's own name, in full. */
	municipality: string;
	/** The number people call. */
	emergency: string;
	timeZone: string;
	expiresAt: Date | null;
	nextUpdateAt: Date | null;
	/** Where it can be read, on the municipality's domain. */
	link: string;
	status: CapStatus;
	/** What is over, or was wrong: for the all clear and for a correction. */
	hazard?: string;
}

/** One approved text of one language. */
export interface Approved {
	language: string;
	words: TemplateWords;
	/** The texts that stand around every template. */
	common: Pick<AlertWords, 'source' | 'times'>;
	reviewedBy: string | null;
}

/** Said first in every text of an exercise, in every language (domain, training). */
export const exerciseMark = 'EXERCISE';

/** `Mon 23 Nov, 15:00` in the text's own language: weekday always, 24 hours. */
const momentIn =
	(language: string, { timeZone }: Given, now: Date) =>
	(at: Date | null) =>
		at ? `${dayIn(language, at, now, timeZone)}, ${clock(at, timeZone)}` : '';

/** The texts of one language, out of an approved template and its slots. `now` only says which year is not worth a word. */
export function compose(
	approved: Approved,
	values: SlotValues,
	given: Given,
	now: Date
): AlertText {
	const { language, words, common, reviewedBy } = approved;
	const moment = momentIn(language, given, now);
	const source = fill(common.source, { municipality: given.municipality });
	const facts = {
		...values,
		actBy: moment(values.actBy),
		until: moment(given.expiresAt),
		next: moment(given.nextUpdateAt),
		source,
		emergency: given.emergency,
		hazard: given.hazard ?? words.hazard
	};
	const mark = given.status === 'exercise' ? `${exerciseMark}: ` : '';
	const say = (text: string) => mark + fill(text, facts);
	const times = given.nextUpdateAt ? ` ${fill(common.times, facts)}` : '';
	return {
		language,
		source,
		headline: say(words.headline),
		description: say(words.description) + times,
		instruction: `${say(words.instruction)} ${fill(words.cannot, facts)}`,
		areaDescription: shorten(values.place, 49),
		push: { title: say(words.headline), body: say(words.push) },
		sms: `${shortest(say(words.sms), words.plainSms ? say(words.plainSms) : null)} ${given.link}`,
		reviewedBy
	};
}

const fill = (text: string, facts: Record<string, string>) =>
	text.replace(/\{(\w+)\}/g, (_, slot: string) => facts[slot] ?? '');

const marks = /\p{M}/gu;

/** Without the marks on its letters: `môre` → `more`. */
export const withoutMarks = (text: string) =>
	text.normalize('NFD').replace(marks, '').normalize('NFC');

/**
 * One letter outside GSM-7 cuts a message from 160 to 70 characters: then the reviewed text without
 * such letters goes out, and names lose their marks.
 */
function shortest(sms: string, plain: string | null): string {
	const said = toGsm7(sms);
	if (isGsm7(said)) return said;
	const other = toGsm7(withoutMarks(plain ?? sms));
	return isGsm7(other) ? other : said;
}
