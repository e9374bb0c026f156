import { build, files, prerendered, version } from '$service-worker';
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';
import { open, show } from './push.ts';

declare const self: ServiceWorkerGlobalScope;

// Data costs money: the styles, the icons and the page for no signal are kept at once,
// scripts only when a page asked for them.
precacheAndRoute([
	...build.filter((url) => url.endsWith('.css')).map((url) => ({ url, revision: null })),
	...[...files.filter((url) => /\.(svg|webmanifest)$/.test(url)), ...prerendered].map((url) => ({
		url,
		revision: version
	}))
]);
cleanupOutdatedCaches();

registerRoute(/\/_app\/immutable\//, new CacheFirst({ cacheName: 'built' }));

/** Pages come from the network; without it the catch handler answers. */
registerRoute(new NavigationRoute(new NetworkOnly()));

setCatchHandler(
	async ({ request }) =>
		(request.mode === 'navigate' && (await matchPrecache('/offline'))) || Response.error()
);

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(open(event.notification)));

self.skipWaiting();
clientsClaim();
