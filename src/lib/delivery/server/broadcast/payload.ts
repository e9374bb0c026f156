import { concealed, declarative, declarativeShort, type Button } from '../push/payload.ts';
import type { Spoken } from './said.ts';
import { noMark, toldMark } from './told-mark.ts';

interface Words {
	language: string;
	title: string;
	text: string;
	actions: Array<Omit<Button, 'url'> & { path: string }> | null;
}

interface Built {
	payload: Buffer;
	/** Where each phone's own mark goes; -1 where there is none. */
	markAt: number;
}

const built = new WeakMap<Words, Built>();

/** About so many phones say that an emergency was shown: enough to count by, few enough to answer. */
const enoughReports = 6000;
/** Reports come in over at most so many seconds; a small broadcast knows sooner. */
const slowest = 20;

/**
 * What a phone of a language gets. Built once; of an emergency each phone has a mark of its own in it.
 * The same bytes at every try, because its record seals one text.
 */
export function payloadOf(spoken: Spoken, words: Words, n: number): Buffer {
	const { payload, markAt } = build(spoken, words);
	if (markAt < 0) return payload;
	const own = Buffer.from(payload);
	own.write(toldMark(spoken.broadcast.id, n), markAt, 'latin1');
	return own;
}

function build(spoken: Spoken, words: Words): Built {
	const before = built.get(words);
	if (before) return before;
	const { emergency, audience } = spoken.broadcast;
	const payload = declarative({
		...shown(spoken, words),
		report: emergency
			? {
					told: noMark,
					share: Number(Math.min(1, enoughReports / Math.max(1, audience)).toFixed(4)),
					within: Math.min(slowest, audience / 100)
				}
			: undefined
	});
	const made = { payload, markAt: emergency ? payload.lastIndexOf(noMark) : -1 };
	built.set(words, made);
	return made;
}

/** For a service that found the whole one too large. */
export const minimalPayload = (spoken: Spoken, words: Words) =>
	declarativeShort({ ...shown(spoken, words), actions: undefined });

/** For the phone of somebody who must not be seen with it. */
export const concealedPayload = (spoken: Spoken, words: Words) => concealed(shown(spoken, words));

const shown = ({ broadcast, url }: Spoken, { title, text, language, actions }: Words) => ({
	title,
	text,
	url,
	language,
	tag: broadcast.topic,
	urgent: broadcast.emergency,
	actions: actions?.map(({ path, ...button }) => ({
		...button,
		url: new URL(path, url).href
	}))
});
