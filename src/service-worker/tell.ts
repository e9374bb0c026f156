import { allWaiting } from '#lib/offline/outbox.ts';
import { isKeepable } from '#lib/offline/kept-page.ts';
import { syncPush } from './push-sync.ts';
import { sendWaiting } from './send.ts';
import { forgetPages, keepAlso, keepEssentials } from './store.ts';
import { localeOf, m } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

/** What pages say to the worker. */
export interface Said {
	/** A page was opened: its address, its language, and what it says should be kept with it. */
	opened?: string;
	language?: string;
	keep?: string[];
	/** Send now what waits. */
	send?: boolean;
	/** The person pressed "Reload": the newer version may take over. */
	takeOver?: boolean;
}

/** What a page shows at its foot, in its own language. */
export interface Tray {
	waiting: string;
	refused: string;
	/** The browser ended its subscription: what to say, and the name of the way back. */
	push: [says: string, again: string] | null;
	update: string;
	reload: string;
}

export async function hear({ data, source }: ExtendableMessageEvent) {
	const { opened, language = 'en', keep = [], send, takeOver } = (data ?? {}) as Said;
	if (takeOver) return await self.skipWaiting();
	if (send) return void (await sendWaiting());
	if (!opened) return;

	const client = source as Client | null;
	const [tongue] = language.split('-');
	const lost = await syncPush(opened).catch(() => false);
	client?.postMessage({ tray: await trayIn(tongue, lost) });
	if (!navigator.onLine) return;
	await sendWaiting();
	// Another municipality was chosen: numbers and forms of the first one would mislead without signal.
	if (new URL(opened).searchParams.has('m')) await forgetPages();
	// The first page was loaded before anybody could keep it.
	await keepAlso([opened, ...keep].filter((url) => isOurs(url)));
	await keepEssentials(tongue);
}

const isOurs = (text: string) => {
	if (!URL.canParse(text)) return false;
	const url = new URL(text);
	return url.origin === self.location.origin && isKeepable(url);
};

async function trayIn(language: string, lost: boolean): Promise<Tray> {
	const locale = localeOf(language);
	const all = await allWaiting().catch(() => []);
	const count = (state: string) => all.filter((each) => each.state === state).length;
	const [n, refused] = [count('waiting'), count('refused')];
	return {
		waiting: n ? m.offline_waiting({ n }, { locale }) : '',
		refused: refused ? m.offline_refused({ n: refused }, { locale }) : '',
		push: lost ? [m.offline_push_lost({}, { locale }), m.offline_push_again({}, { locale })] : null,
		update: m.offline_update({}, { locale }),
		reload: m.offline_reload({}, { locale })
	};
}
