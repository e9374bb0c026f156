import { measure, toGsm7 } from '../delivery/gsm7.ts';
import type { AlertText } from './alert.ts';
import { actionOf, sentences } from './say.ts';

/** The most each output may be. */
export const limits = {
	/** Seconds. */
	hailer: 15,
	radio: 30,
	/** Characters a screen of *120#, as far as we know. */
	ussd: 182,
	/** Paid parts of an SMS that people still read. */
	smsParts: 3,
	push: 360
} as const;

/** Seconds of a text read aloud. */
export type Clock = (text: string) => number;

/** One of the same slots' outputs. All words are from the approved text: nothing is put together that nobody read. */
export interface Output {
	kind: 'push' | 'sms' | 'ussd' | 'hailer' | 'radio' | 'whatsapp';
	/** As it is sent or read aloud; USSD has one for each screen. */
	parts: string[];
	/** What it takes of what there is. */
	used: number;
	most: number;
	unit: 'characters' | 'sms_parts' | 'seconds';
	fits: boolean;
}

/** Every output of one language, each with its length. */
export function outputsOf(
	text: AlertText,
	facts: { link: string; code: string; clock: Clock }
): Output[] {
	return [
		pushOf(text),
		smsOf(text),
		ussdOf(text),
		hailerOf(text, facts.clock),
		radioOf(text, facts.clock),
		whatsAppOf(text, facts)
	];
}

const output = (
	kind: Output['kind'],
	parts: string[],
	used: number,
	most: number,
	unit: Output['unit']
): Output => ({ kind, parts, used, most, unit, fits: used <= most });

const pushOf = ({ push }: AlertText) =>
	output('push', [push.title, push.body], push.body.length, limits.push, 'characters');

function smsOf({ sms }: AlertText) {
	const text = toGsm7(sms);
	return output('sms', [text], measure(text).segments, limits.smsParts, 'sms_parts');
}

/** Screens of a feature phone: the action first, then what happened, `1` goes on. */
function ussdOf({ instruction, headline, description }: AlertText) {
	const said = [...sentences(instruction), headline, ...sentences(description)];
	const screens = screensOf(said.join(' '), limits.ussd - '\n1 > 9/9'.length);
	const parts = screens.map((screen, i) =>
		screens.length === 1
			? screen
			: `${screen}\n${i + 1 < screens.length ? '1 > ' : ''}${i + 1}/${screens.length}`
	);
	return output(
		'ussd',
		parts,
		Math.max(...parts.map(({ length }) => length)),
		limits.ussd,
		'characters'
	);
}

function screensOf(text: string, most: number): string[] {
	const screens = [''];
	for (const word of text.split(/\s+/)) {
		const last = screens[screens.length - 1];
		if (last && last.length + 1 + word.length > most) screens.push(word);
		else screens[screens.length - 1] = last ? `${last} ${word}` : word;
	}
	return screens;
}

/** As many of the sentences as can be read in time, in their order; the first is always said. */
function inTime(said: string[], most: number, clock: Clock): string {
	let text = said[0];
	for (const each of said.slice(1)) if (clock(`${text} ${each}`) <= most) text = `${text} ${each}`;
	return text;
}

const stopped = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** For a car that drives slowly: what happened where, what to do. The action is said twice, if there is time. */
function hailerOf({ headline, instruction }: AlertText, clock: Clock) {
	const { action } = actionOf(instruction);
	const said = [stopped(headline), ...sentences(instruction), stopped(action)];
	const text = inTime(said, limits.hailer, clock);
	return output('hailer', [text], clock(text), limits.hailer, 'seconds');
}

/** For the local station: who says so, what, what to do, the rest as far as there is time. */
function radioOf({ source, headline, instruction, description }: AlertText, clock: Clock) {
	const said = [
		`${stopped(source)} ${stopped(headline)}`,
		...sentences(instruction),
		...sentences(description)
	];
	const text = inTime(said, limits.radio, clock);
	return output('radio', [text], clock(text), limits.radio, 'seconds');
}

/** To be forwarded: with the code by which anybody can check it, and the link last. */
function whatsAppOf(
	{ source, headline, instruction, description }: AlertText,
	{ link, code }: { link: string; code: string }
) {
	const text = [`*${headline}*`, instruction, description, source, code, link].join('\n\n');
	return output('whatsapp', [text], text.length, 4096, 'characters');
}
