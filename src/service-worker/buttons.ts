import { isSaying, type Saying } from '#lib/alerts/people.ts';
import { waitingOf, type Waiting } from '#lib/offline/later.ts';
import { keepWaiting, oneWaiting } from '#lib/offline/outbox.ts';
import { sendLater, sendWaiting, tellPages } from './send.ts';
import { openPage } from './windows.ts';
import { localeOf, m } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

/** What a notification of ours carries with it. */
export interface Noted {
	path?: string;
	told?: string;
	locale?: string;
}

/** The buttons we know. Others come from a version that is newer than this worker. */
export const readActions = (sent: unknown): Array<{ action: Saying; title: string }> =>
	(Array.isArray(sent) ? sent : []).flatMap(({ action, title }) =>
		isSaying(action) && typeof title === 'string' ? [{ action, title }] : []
	);

/** How many buttons this platform shows; Chromium two, and where nobody says, two are tried. */
export const mostButtons = () =>
	(self as unknown as { Notification?: { maxActions?: number } }).Notification?.maxActions ?? 2;

export const isAlertPath = (path: string) => /^\/alerts\/[A-Z0-9]{3}-[A-Z0-9]{3}$/.test(path);

const thanks = {
	safe: m.check_in_thanks_safe,
	left: m.check_in_thanks_left,
	help: m.check_in_thanks_help
};

/**
 * A button is an answer to the warning: it goes at once, or waits on this phone until there is signal,
 * with no page open. Who needs help is asked where they are besides.
 */
export async function answer(notification: Notification, said: Saying, alert: string) {
	const { told, locale: language = 'en' }: Noted = notification.data ?? {};
	const locale = localeOf(language);
	const page = `${alert}/check-in`;
	notification.close();
	const fields: Array<[string, string]> = [
		['said', said],
		['button', said]
	];
	if (told) fields.push(['told', told]);
	// Danger asks for no account: it is sent whoever is signed in by then.
	const waiting = waitingOf('check_in', { pathname: page, search: '?/check_in' }, fields, {
		reader: '',
		madeAt: Date.now()
	});
	try {
		await keepWaiting(waiting);
	} catch {
		// No room on this phone: its page sends it, or says that it cannot.
		return await openPage(here(`${page}?wish=${said}`));
	}
	const where = said === 'help' ? openPage(here(`${page}?wish=help`)).catch(() => null) : null;
	await sendLater();
	await sendWaiting();
	const now = await oneWaiting(waiting.id).catch(() => undefined);
	await confirm(notification, { locale, said, page, now });
	await Promise.all([where, tellPages()]);
}

const here = (path: string) => new URL(path, self.location.origin).href;

interface Answered {
	locale: ReturnType<typeof localeOf>;
	said: Saying;
	page: string;
	now: Waiting | undefined;
}

/** In the place of the warning, and silent: what became of the answer. */
async function confirm({ tag, lang }: Notification, { locale, said, page, now }: Answered) {
	const state = now?.state ?? 'waiting';
	const title = {
		sent: thanks[said],
		waiting: m.offline_state_waiting,
		refused: m.offline_state_refused
	}[state]({}, { locale });
	const body = {
		sent: said === 'help' ? m.check_in_where({}, { locale }) : undefined,
		waiting: m.offline_press_waits({}, { locale }),
		refused: now?.said[0]
	}[state];
	await self.registration.showNotification(title, {
		body,
		lang,
		tag,
		silent: true,
		icon: '/icon-192.png',
		badge: '/badge-96.png',
		data: { path: state === 'sent' ? `${page}?wish=${said}` : '/waiting' }
	});
}
