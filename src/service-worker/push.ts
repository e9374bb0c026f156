import { localeOf, m } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

/** The declarative form of a push message: Safari shows it by itself, we do it elsewhere. */
interface Pushed {
	notification?: {
		title?: string;
		body?: string;
		navigate?: string;
		lang?: string;
		tag?: string;
		requireInteraction?: boolean;
	};
}

function read(data: PushMessageData | null): Pushed {
	try {
		return data?.json() ?? {};
	} catch {
		return {};
	}
}

/** Always shows something: a phone that gets three pushes and shows none loses its subscription. */
export function show(data: PushMessageData | null) {
	const { title, body, navigate, lang, tag, requireInteraction } = read(data).notification ?? {};
	const locale = localeOf((lang ?? '').split('-')[0]);
	return self.registration.showNotification(title ?? m.offline_push_title({}, { locale }), {
		body,
		lang,
		tag,
		requireInteraction,
		icon: '/icon-192.png',
		badge: '/badge-96.png',
		data: { path: navigate ?? '/account/messages' }
	});
}

/** Opens the page it is about: in a window that is there already, else in a new one. */
export async function open(notification: Notification) {
	notification.close();
	const url = new URL(notification.data?.path ?? '/', self.location.origin);
	const [first] = await self.clients.matchAll({ type: 'window' });
	// Only our own pages: what a push says is no reason to leave them.
	const to = url.origin === self.location.origin ? url.href : self.location.origin;
	const shown = await first?.navigate(to).catch(() => null);
	return shown ? shown.focus() : self.clients.openWindow(to);
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
