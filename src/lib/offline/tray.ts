/** What the service worker answers to an opened page. */
interface Heard {
	changed?: boolean;
	tray?: {
		waiting: string;
		refused: string;
		push: [says: string, again: string] | null;
		update: string;
		reload: string;
	};
}

/**
 * Tells the worker that a page is open, so that it sends what waits and keeps what belongs to it, and
 * shows at the foot of the page what waits and that a newer version is ready.
 */
export function watch(registration: ServiceWorkerRegistration) {
	const { serviceWorker } = navigator;
	const place = document.querySelector<HTMLElement>('[data-tray]');
	const say = async () =>
		(await serviceWorker.ready).active?.postMessage({
			opened: location.href,
			language: document.documentElement.lang,
			keep: [
				...document.querySelectorAll<HTMLAnchorElement>(
					'a[data-keep],[data-keep] a[href^="/issues/"]'
				)
			].map(({ href }) => href)
		});

	const show = ({ waiting, refused, push, update, reload }: NonNullable<Heard['tray']>) => {
		if (!place) return;
		place.replaceChildren();
		for (const words of [waiting, refused])
			if (words && location.pathname !== '/waiting') place.append(link(words, '/waiting'), ' ');
		if (push) place.append(push[0], ' ', link(push[1], '/account/messages'), ' ');
		if (registration.waiting && serviceWorker.controller && !isWriting())
			place.append(update, ' ', renewal(reload, registration));
		place.hidden = !place.hasChildNodes();
	};
	serviceWorker.addEventListener('message', ({ data }: MessageEvent<Heard>) => {
		if (data?.tray) show(data.tray);
		if (data?.changed) void say();
	});
	registration.addEventListener('updatefound', () =>
		registration.installing?.addEventListener('statechange', () => {
			if (registration.waiting) void say();
		})
	);
	addEventListener('online', say);
	void say();
}

/** Somebody is in the middle of a form: nothing offers to take it away. */
const isWriting = () =>
	[...document.querySelectorAll<HTMLInputElement>('input,textarea')].some((field) =>
		field.type === 'checkbox' || field.type === 'radio'
			? field.checked !== field.defaultChecked
			: field.type !== 'hidden' && field.value !== field.defaultValue
	);

function link(words: string, href: string) {
	const to = document.createElement('a');
	[to.href, to.textContent] = [href, words];
	return to;
}

function renewal(words: string, { waiting }: ServiceWorkerRegistration) {
	const button = document.createElement('button');
	button.textContent = words;
	button.addEventListener('click', () => {
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
		waiting?.postMessage({ takeOver: true });
	});
	// Whoever begins to write meanwhile is not asked any more.
	addEventListener('input', () => button.parentElement?.setAttribute('hidden', ''), { once: true });
	return button;
}
