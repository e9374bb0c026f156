import { localeOf, m } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

/** The declarative form of a push message: Safari shows it by itself, we do it elsewhere. */
interface Pushed {
	title?: string;
	body?: string;
	navigate?: string;
	lang?: string;
	tag?: string;
	requireInteraction?: boolean;
}

/** What it says, as far as it is what it should be: whatever arrives must be shown. */
function read(data: PushMessageData | null): Pushed {
	try {
		const { notification } = data?.json() ?? {};
		return Object.fromEntries(
			Object.entries(notification ?? {}).filter(
				([name, value]) => typeof value === (name === 'requireInteraction' ? 'boolean' : 'string')
			)
		);
	} catch {
		return {};
	}
}

/** Always shows something: a phone that gets three pushes and shows none loses its subscription. */
export function show(data: PushMessageData | null) {
	const { title, body, navigate, lang, tag, requireInteraction } = read(data);
	const locale = localeOf((lang ?? '').split('-')[0]);
	return self.registration.showNotification(title || m.offline_push_title({}, { locale }), {
		body,
		lang,
		tag,
		requireInteraction,
		icon: '/icon-192.png',
		badge: '/badge-96.png',
		data: { path: navigate ?? '/account/messages' }
	});
}

/** Opens the page it is about: where it is open already, else in a new window. In others somebody may write. */
export async function open(notification: Notification) {
	notification.close();
	const to = ownPage(notification.data?.path);
	const windows = await self.clients.matchAll({ type: 'window' });
	const there = windows.find(({ url }) => url.split('#')[0] === to.split('#')[0]);
	return there ? there.focus() : self.clients.openWindow(to);
}

/** Only our own pages: what a push says is no reason to leave them. */
function ownPage(path: unknown): string {
	const home = `${self.location.origin}/`;
	if (typeof path !== 'string' || !URL.canParse(path, home)) return home;
	const { href } = new URL(path, home);
	return href.startsWith(home) ? href : home;
}

/** The browser renewed or dropped the subscription by itself: the server is told at once. */
export async function resubscribe(event: Event) {
	const { oldSubscription, newSubscription } = event as Event & {
		oldSubscription?: PushSubscription | null;
		newSubscription?: PushSubscription | null;
	};
	const options = oldSubscription?.options;
	const fresh =
		newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)));
	if (!fresh) return;
	await fetch('/api/push', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(fresh)
	});
}
