/**
 * What every page gains when scripts run, hydrated or not: what is shown stays true, and the service
 * worker that keeps pages and what waits. Vanilla, run when the page is there, at most 3 kB.
 */
import { keepTyped } from './keep-typed.ts';
import { listen } from './live.ts';
import { watch } from './tray.ts';

for (const place of document.querySelectorAll<HTMLElement>('[data-live]')) listen(place);

try {
	keepTyped();
} catch {
	// A browser that forbids storing: what was typed is typed again.
}

async function start() {
	if (!('serviceWorker' in navigator)) return;
	watch(
		await navigator.serviceWorker.register('/service-worker.js', {
			type: import.meta.env.DEV ? 'module' : 'classic',
			updateViaCache: 'none'
		})
	);
}

// A phone without room, or a page over plain http in the hall: everything works without it.
start().catch(() => {});
