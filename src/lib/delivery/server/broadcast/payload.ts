import { declarative, declarativeShort } from '../push/payload.ts';
import type { Spoken } from './said.ts';

interface Words {
	language: string;
	title: string;
	text: string;
}

const built = new WeakMap<Words, Buffer>();

/** What every phone of a language gets: built once, so that its record seals the same bytes at every try. */
export function payloadOf(spoken: Spoken, words: Words): Buffer {
	const before = built.get(words);
	if (before) return before;
	const made = declarative(shown(spoken, words));
	built.set(words, made);
	return made;
}

/** For a service that found the whole one too large. */
export const minimalPayload = (spoken: Spoken, words: Words) =>
	declarativeShort(shown(spoken, words));

const shown = ({ broadcast, url }: Spoken, { title, text, language }: Words) => ({
	title,
	text,
	url,
	language,
	tag: broadcast.topic,
	urgent: broadcast.emergency
});
