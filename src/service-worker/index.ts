import { files, version } from '$service-worker';
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { verbOf } from '#lib/offline/later.ts';
import { pressed, resubscribe, show } from './push.ts';
import { noSignal, readPage } from './read.ts';
import { sendWaiting, syncName } from './send.ts';
import { built, tidy } from './store.ts';
import { hear } from './tell.ts';
import { forgetFirst, sendOrKeep } from './write.ts';

declare const self: ServiceWorkerGlobalScope;

// Data costs money: the icons are kept at once, styles and scripts with the pages that name them.
precacheAndRoute(
	files
		.filter((url) => /\.(svg|webmanifest)$|icon-192|badge/.test(url))
		.map((url) => ({ url, revision: version }))
);
cleanupOutdatedCaches();

registerRoute(/\/_app\/immutable\//, new CacheFirst({ cacheName: built }));

const navigates = ({ request }: { request: Request }) => request.mode === 'navigate';
registerRoute(navigates, readPage);
registerRoute(
	(asked) => navigates(asked) && verbOf(asked.url),
	({ request, url, event }) => sendOrKeep({ request, url, event, verb: verbOf(url)! }),
	'POST'
);
registerRoute(
	({ url }) => url.pathname === '/sign-out' || url.search.startsWith('?/forget'),
	forgetFirst,
	'POST'
);
registerRoute(navigates, ({ request }) => fetch(request), 'POST');

setCatchHandler(async ({ request }) =>
	request.mode === 'navigate' ? noSignal() : Response.error()
);

self.addEventListener('activate', (event) =>
	event.waitUntil(Promise.all([tidy(), self.registration.navigationPreload?.enable()]))
);
self.addEventListener('message', (event) => event.waitUntil(hear(event)));
self.addEventListener('sync', (event) => {
	const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
	// Rejected, the browser tries again later by itself.
	if (tag === syncName)
		waitUntil.call(
			event,
			sendWaiting().then((all) => {
				if (!all) throw new Error('Some still wait');
			})
		);
});
self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
self.addEventListener('notificationclick', (event) =>
	event.waitUntil(pressed(event.notification, event.action))
);
self.addEventListener('pushsubscriptionchange', (event) =>
	(event as ExtendableEvent).waitUntil(resubscribe(event))
);

clientsClaim();
