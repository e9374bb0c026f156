import L from 'leaflet';

const steps: Record<string, [x: number, y: number]> = {
	ArrowLeft: [-80, 0],
	ArrowRight: [80, 0],
	ArrowUp: [0, -80],
	ArrowDown: [0, 80]
};

/** Leaflet hears arrows, + and − only on the map itself; on a circle they do the same. */
export function keysOnMarks(map: L.Map) {
	map.getContainer().addEventListener('keydown', (event) => {
		const { key, target, altKey, ctrlKey, metaKey } = event;
		if (!(target as HTMLElement).matches('.spot') || altKey || ctrlKey || metaKey) return;
		if (steps[key]) map.panBy(steps[key]);
		else if (key === '+' || key === '=') map.zoomIn();
		else if (key === '-' || key === '_') map.zoomOut();
		else return;
		event.preventDefault();
	});
}

/** What is pointed at in the list is shown on the map. */
export function showOf(list: HTMLElement, canvas: HTMLElement) {
	const point = ({ target }: Event) => {
		const href = (target as Element | null)
			?.closest('li,article')
			?.querySelector<HTMLAnchorElement>('a[href^="/issues/"]')
			?.getAttribute('href');
		for (const pin of canvas.querySelectorAll<HTMLElement>('[data-of]'))
			pin.classList.toggle('meant', pin.dataset.of === href);
	};
	for (const event of ['focusin', 'focusout', 'pointerover', 'pointerleave'])
		list.addEventListener(event, (happened) =>
			point(/out|leave/.test(event) ? new Event('') : happened)
		);
}

/** Pixels within which a circle that is drawn anew counts as the one before. */
const near = 60;

/** Remembers where the keyboard is; call the answer when everything was drawn anew. */
export function keepFocus(canvas: HTMLElement): () => void {
	const active = document.activeElement;
	const pressed = active?.closest<HTMLElement>('.spot');
	const inNote = active?.closest('.note') && (active.matches('a') ? 'a' : 'button');
	if (!pressed && !inNote) return () => {};
	const middle = (each: HTMLElement) => {
		const { x, y, width, height } = each.getBoundingClientRect();
		return L.point(x + width / 2, y + height / 2);
	};
	const [was, at] = [pressed?.dataset.of, pressed && middle(pressed)];
	return () => {
		const found = [...canvas.querySelectorAll<HTMLElement>('.spot')];
		const far = (each: HTMLElement) => (at ? middle(each).distanceTo(at) : Infinity);
		const [closest] = found.sort((a, b) => far(a) - far(b));
		const next = inNote
			? // The one before is still fading.
				[...canvas.querySelectorAll<HTMLElement>(`.note ${inNote}`)].at(-1)
			: (found.find((each) => was && each.dataset.of === was) ??
				(closest && far(closest) < near ? closest : null));
		(next ?? canvas).focus({ preventScroll: true });
	};
}
