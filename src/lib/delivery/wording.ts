import type { ChannelName } from './channel.ts';
import { toGsm7 } from './gsm7.ts';
import { kindOf, type Facts, type TemplateCode, type Words } from './templates.ts';
import { af } from './words/af.ts';
import { en } from './words/en.ts';
import { xh } from './words/xh.ts';
import { zu } from './words/zu.ts';

const languages: Record<string, Words> = { en, zu, xh, af };

/** The languages messages can be written in. */
export const messageLanguages = Object.keys(languages);

/** The language a message will really be in: the one asked for, or English where we have no words. */
export const spoken = (language: string) => (Object.hasOwn(languages, language) ? language : 'en');

/** Whether a named translator stands behind the words of a language. Emergencies accept nothing else. */
export const isReviewed = (language: string) => languages[spoken(language)].reviewedBy !== null;

export interface Composed {
	title: string;
	text: string;
}

export interface Letter {
	template: TemplateCode;
	language: string;
	facts: Facts;
	/** What somebody wrote: quoted in e-mail and inside the product, never in an SMS or on a lock screen. */
	words?: string;
	/** The page it is about, with its origin. */
	url: string;
	/** Stop, language, quiet hours: the page that works without signing in. */
	settings: string;
}

const missing = '\u0000';
const fill = (text: string, facts: Facts) =>
	text.replace(/\{(\w+)\}/g, (_, name: keyof Facts) => facts[name] ?? missing);

/** A line whose fact is not known is left out. */
const lines = (text: string, facts: Facts) =>
	fill(text, facts)
		.split('\n')
		.filter((line) => !line.includes(missing))
		.join('\n');

const title = (text: string, facts: Facts) => fill(text, facts).replaceAll(missing, '');

/** One message as one channel says it: complete, with the way out of it. */
export function compose(channel: ChannelName, letter: Letter): Composed {
	const words = languages[spoken(letter.language)];
	const wording = words.templates[letter.template];
	const head = title(wording.title, letter.facts);
	const body = lines(wording.body, letter.facts);

	if (channel === 'sms') return { title: head, text: sms(letter, words) };
	if (channel === 'web_push') return { title: head, text: body.split('\n')[0] ?? '' };
	if (channel === 'inbox') return { title: head, text: [body, quoted(letter, words)].join('') };
	return { title: head, text: email(letter, words, body) };
}

function sms(letter: Letter, words: Words): string {
	const wording = words.templates[letter.template];
	const said = title(wording.sms ?? wording.title, letter.facts);
	if (kindOf(letter.template) === 'code')
		return toGsm7(wording.sms ? said : `${said}: ${letter.facts.link ?? letter.url}`);
	return toGsm7(`${said}. ${words.more}: ${letter.settings}`.replace('?.', '?'));
}

const quoted = ({ words }: Letter, { wrote }: Words) =>
	words
		? `\n\n${wrote}:\n${words
				.split('\n')
				.map((line) => `> ${line}`)
				.join('\n')}`
		: '';

function email(letter: Letter, words: Words, body: string): string {
	const parts = [body + quoted(letter, words)];
	if (kindOf(letter.template) !== 'code') {
		parts.push(`${words.open}:\n${letter.url}`);
		parts.push(`-- \n${title(words.stop, letter.facts)}:\n${letter.settings}`);
	}
	if (words.reviewedBy === null)
		parts.push(`${words.draft}\nThis translation is a draft that nobody has approved yet.`);
	return parts.join('\n\n');
}

export interface Brief {
	title: string;
	/** What the message before said, where it may be said here too. */
	body: string;
	language: string;
	municipality: string;
	url: string;
	settings: string;
	/** Words of somebody's own, complete without the title. */
	own: boolean;
}

/**
 * The same message another way, when its facts are no longer at hand: its title, what can still be said,
 * and the way out.
 */
export function composeAgain(channel: ChannelName, brief: Brief): string {
	const { title: head, body, url, settings, own } = brief;
	const words = languages[spoken(brief.language)];
	if (channel === 'inbox') return body;
	if (channel === 'web_push') return body.split('\n')[0] ?? '';
	if (channel === 'sms')
		return toGsm7(own ? `${body}\n\n${settings}` : `${head}. ${words.more}: ${settings}`);
	const stop = `-- \n${title(words.stop, { municipality: brief.municipality })}:\n${settings}`;
	return [body || head, `${words.open}:\n${url}`, stop].join('\n\n');
}
