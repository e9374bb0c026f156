import type { Alert, AlertText } from './alert.ts';

/** The texts that may be shown: those a named translator stands behind. */
export const reviewed = ({ texts }: Pick<Alert, 'texts'>): AlertText[] =>
	texts.filter(({ reviewedBy }) => reviewedBy);

/** Whose words somebody reads first: their language where it was reviewed, else the first of all. */
export const textFor = (alert: Pick<Alert, 'texts'>, language: string): AlertText | undefined => {
	const texts = reviewed(alert);
	return texts.find((text) => text.language === language) ?? texts[0];
};

/** Sentences, each with its full stop. */
export const sentences = (text: string) => text.split(/(?<=[.!?])\s+/).filter(Boolean);

const isShouted = (word: string) => /\p{Lu}/u.test(word) && !/\p{Ll}/u.test(word);

/**
 * What to do, in the fewest words: the capitals an instruction begins with ("LEAVE NOW"), and what is
 * said behind them. Without capitals it is the first sentence.
 */
export function actionOf(instruction: string): { action: string; rest: string } {
	const words = instruction.split(/\s+/);
	const end = words.findIndex((word) => !isShouted(word));
	const shouted = words.slice(0, end < 0 ? words.length : end);
	// One capital letter may be the beginning of any sentence.
	if (shouted.join('').length < 4) {
		const [first = '', ...others] = sentences(instruction);
		return { action: plain(first), rest: others.join(' ') };
	}
	const last = shouted.findIndex((word) => /[.!:]$/.test(word)) + 1;
	const action = shouted.slice(0, last || shouted.length).join(' ');
	const behind = words.slice(last || shouted.length).join(' ');
	// A sentence that goes on is said as a whole below.
	const rest = !behind || /[.!]$/.test(action) ? behind : instruction;
	return { action: plain(action), rest };
}

/** The headline, where it begins with the action that stands above it already. */
export const headlineAfter = (headline: string, action: string) =>
	headline.startsWith(`${action}: `) ? headline.slice(action.length + 2) : headline;

const plain = (text: string) => text.replace(/[.,;:!]+$/, '');
