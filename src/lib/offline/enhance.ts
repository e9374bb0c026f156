/**
 * What every page gains when scripts run, hydrated or not: what is shown stays true, the service worker,
 * and the button that lets this phone be told. Vanilla, loaded beside the page and run when it is there, at most 3 kB.
 */
import { keepTyped } from './keep-typed.ts';
import { listen } from './live.ts';
import { offerPush } from './push.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-live]')) listen(place);

try {
	keepTyped();
} catch {
	// A browser that forbids storing: what was typed is typed again.
}

async function start() {
	if (!('serviceWorker' in navigator)) return;
	await navigator.serviceWorker.register('/service-worker.js', {
		type: import.meta.env.DEV ? 'module' : 'classic'
	});
	for (const place of document.querySelectorAll<HTMLElement>('[data-push]')) offerPush(place);
}

// A phone without room, or a page over plain http in the hall: everything works without it.
start().catch(() => {});
