import { hash } from 'node:crypto';
import { isLocale, m } from '../../../i18n/index.ts';
import { fingerprint } from '../../../platform/server/keys.ts';
import { sealingAdds } from './ece.ts';

/** What a phone shows. */
export interface Shown {
	title: string;
	text: string;
	/** The page it is about, with its origin. */
	url: string;
	language: string;
	/** A newer notification of the same tag stands in place of the older. */
	tag: string;
	/** Stays until somebody looks at it. */
	urgent: boolean;
	/** Makes no sound. */
	silent?: boolean;
	/** Buttons, the most important first: a phone shows as many as it can. */
	actions?: Button[];
	/** How it says that it was shown. */
	report?: Reporting;
}

/** One button of a notification. */
export interface Button {
	/** What our service worker does when it is pressed. */
	action: string;
	title: string;
	/** What opens instead where there is no service worker, with its origin. */
	url: string;
}

/** How a phone reports that it showed something. */
export interface Reporting {
	/** Names the message and the phone; whoever holds it may say what became of it, and nothing else. */
	told: string;
	/** 0 to 1: which part of the phones say that it was shown. */
	share: number;
	/** Within so many seconds, each at a moment of its own. */
	within: number;
}

/** Some bridges pass on no more than this (domain/alerts.md, 10), in bytes as sent. */
const longestBody = 2500;
const longestText = longestBody - sealingAdds;
const longestTitle = 200;

/**
 * The declarative form (Safari 18.4 shows it without a service worker; ours reads the same JSON), short
 * enough for every push service: a text that is too long ends at a word, with an ellipsis.
 */
export function declarative(shown: Shown): Buffer {
	const whole = write(shown, shown.text);
	if (whole.length <= longestText) return whole;
	const characters = Array.from(shown.text);
	let [fits, tooMany] = [0, characters.length];
	while (tooMany - fits > 1) {
		const half = (fits + tooMany) >> 1;
		const some = write(shown, `${characters.slice(0, half).join('')}…`);
		if (some.length <= longestText) fits = half;
		else tooMany = half;
	}
	return write(shown, `${atWordEnd(characters.slice(0, fits).join(''))}…`);
}

/** For services that find the other too large (413): the title and where to read it. */
export const declarativeShort = (shown: Shown): Buffer => write(shown, undefined);

/**
 * What the phone of somebody concealed shows: that there is news, without a word of it and without a
 * sound. It still shows something: a phone that shows nothing loses its subscription.
 */
export function concealed({ url, language, tag }: Shown): Buffer {
	const title = m.offline_push_title({}, { locale: isLocale(language) ? language : 'en' });
	return write({ title, text: '', url, language, tag, urgent: false, silent: true }, undefined);
}

const atWordEnd = (text: string) => text.replace(/\s+\S*$/u, '') || text;

const write = (
	{ title, url, language, tag, urgent, silent, actions, report }: Shown,
	body: string | undefined
) =>
	Buffer.from(
		JSON.stringify({
			web_push: 8030,
			notification: {
				title: title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title,
				body,
				navigate: url,
				lang: `${language}-ZA`,
				tag,
				requireInteraction: urgent,
				silent,
				actions: actions?.map(({ url: navigate, ...button }) => ({ ...button, navigate })),
				data: report
			}
		})
	);

/**
 * The Topic of a subject (RFC 8030, 5.4), and the tag of its notifications: 32 base64url characters
 * that tell a push service nothing. Emergencies share none with what waits.
 */
export const topicOf = (subject: string, subjectId: string, urgency: string) =>
	hash(
		'sha256',
		fingerprint('push', `topic/${urgency}/${subject}/${subjectId}`),
		'base64url'
	).slice(0, 32);
