/** Offers to make the drawing move, and fetches what that takes only when somebody wants it. */
const button = document.querySelector<HTMLButtonElement>('[data-open-map]');

if (button) {
	button.hidden = false;
	button.addEventListener('click', async () => {
		button.disabled = true;
		try {
			await import(/* @vite-ignore */ button.dataset.openMap!);
			// The map that moves has buttons of its own.
			button.parentElement!.hidden = true;
		} catch {
			// The drawing and the list are still there, and so is the button to try again.
			button.disabled = false;
			document.querySelector('[data-map-says]')!.textContent = button.dataset.failed!;
		}
	});
}

// While nobody made it move, the drawing is renewed with the list beside it.
document.querySelector('#list')?.addEventListener('fresh', (event) => {
	const fresh = (event as CustomEvent<Document>).detail;
	const renew = (what: string, how: (old: HTMLElement, now: HTMLElement) => void) => {
		const [old, now] = [document, fresh].map((page) => page.querySelector<HTMLElement>(what));
		if (old && now) how(old, now);
	};
	document.title = fresh.title;
	renew('h1', (old, now) => (old.textContent = now.textContent));
	renew('[data-list]', (old, now) => old.setAttribute('href', now.getAttribute('href')!));
	renew('[data-map]', (old, now) => {
		if (old.querySelector('.moving')) return;
		old.innerHTML = now.innerHTML;
		old.dataset.map = now.dataset.map;
	});
});
