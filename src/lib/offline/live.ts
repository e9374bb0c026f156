/**
 * A page that shows something living (`data-live="ID ID"`) hears when it changes and shows the new
 * state in place. While somebody writes in it, nothing moves under their hands: they are offered it.
 */
export function listen(place: HTMLElement) {
	// Whoever changed what the page is about, such as the part of a map, asks for it.
	place.addEventListener('renew', () => void renew(place, true));
	if (!('EventSource' in window)) return;
	const query = place.dataset.live!.split(' ').map((id) => `of=${id}`);
	let stream: EventSource | undefined;
	let waiting = false;

	const open = () => {
		if (stream) return;
		const line = (stream = new EventSource(`/live?${query.join('&')}`));
		line.addEventListener('changed', () => {
			if (waiting) return;
			waiting = true;
			// A busy ward changes often; each reader asks a little later than the next.
			setTimeout(
				() => {
					waiting = false;
					void renew(place);
				},
				300 + Math.random() * 1700
			);
		});
		// No line was free (503), and browsers do not try again: the page asks now and then instead.
		line.addEventListener('error', () => {
			if (line.readyState !== 2) return;
			setTimeout(
				() => {
					if (line !== stream) return;
					stream = undefined;
					look();
				},
				60_000 * (1 + Math.random())
			);
		});
	};
	/** Whatever was not heard meanwhile is seen. */
	const look = () => {
		open();
		void renew(place);
	};
	// A page in the background costs data and battery for nobody.
	document.addEventListener('visibilitychange', () => {
		if (!document.hidden) return look();
		stream?.close();
		stream = undefined;
	});
	addEventListener('pagehide', () => stream?.close());
	open();
}

async function renew(place: HTMLElement, asked = false) {
	const answer = await fetch(location.href, { headers: { accept: 'text/html' } }).catch(() => null);
	if (!answer?.ok) return;
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	const fresh = page.querySelector('[data-live]');
	place.dispatchEvent(new CustomEvent('fresh', { detail: page }));
	if (!fresh || fresh.innerHTML === place.innerHTML) return;

	const writing = [...place.querySelectorAll<HTMLInputElement>('input,textarea,select')].some(
		(field) =>
			field === document.activeElement || field.value !== (field.defaultValue ?? field.value)
	);
	const news = document.querySelector<HTMLElement>('[data-news]');
	if (!writing) replace(place, fresh);
	if (!news || asked) return;
	const { done, changed, show } = news.dataset;
	news.textContent = writing ? `${changed} ` : done!;
	if (writing) {
		const link = news.appendChild(document.createElement('a'));
		link.href = location.href.split('#')[0];
		link.textContent = show!;
	}
	news.hidden = false;
}

/** The link somebody stands on is still under them afterwards. */
function replace(place: HTMLElement, fresh: Element) {
	const active = document.activeElement;
	const href = place.contains(active) && active!.getAttribute('href');
	place.innerHTML = fresh.innerHTML;
	if (href) place.querySelector<HTMLElement>(`[href="${CSS.escape(href)}"]`)?.focus();
}
