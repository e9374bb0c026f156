import L from 'leaflet';

export interface Words {
	map: string;
	hint: string;
	zoomIn: string;
	one: string;
	inWard: string;
	sight: string;
	closer: string;
	further: string;
	close: string;
	failed: string;
}

const short = (n: number) =>
	n < 1000 ? String(n) : n < 1e6 ? `${Math.floor(n / 1000)}k` : `${Math.floor(n / 1e6)}m`;

/** Something on the map that is a button with a name: Tab reaches it, Enter and Space press it. */
function mark(layer: L.LayerGroup, at: L.LatLngTuple, name: string, look: string, text: string) {
	const icon = L.divIcon({
		className: `spot ${look}`,
		html: `<span>${text}</span>`,
		iconSize: undefined
	});
	const placed = L.marker(at, { icon, keyboard: true, riseOnHover: true }).addTo(layer);
	const button = placed.getElement()!;
	button.setAttribute('aria-label', name);
	button.title = name;
	button.addEventListener('keydown', (event) => {
		if (event.key !== ' ' && event.key !== 'Enter') return;
		event.preventDefault();
		event.stopPropagation();
		button.click();
	});
	return placed;
}

/** A circle that stands for several reports. */
export function circle(
	layer: L.LayerGroup,
	at: L.LatLngTuple,
	n: number,
	name: string,
	pressed: () => void
) {
	const size = n < 10 ? 's' : n < 100 ? 'm' : 'l';
	mark(layer, at, name, `circle ${size}`, short(n)).on('click', pressed);
}

interface Note {
	href: string;
	title: string;
	standing: string;
	words: Words;
	/** It was open before the map was drawn anew. */
	open: boolean;
}

/** One report: pressed, it opens a note whose link leads to the report. Escape goes back to the pin. */
export function pin(
	layer: L.LayerGroup,
	at: L.LatLngTuple,
	{ href, title, standing, words, open }: Note
) {
	const placed = mark(layer, at, `${title}, ${standing}`, 'pin', '');
	placed.getElement()!.dataset.of = href;
	const note = document.createElement('div');
	note.className = 'note';
	const link = document.createElement('a');
	link.href = href;
	link.textContent = title;
	const state = document.createElement('p');
	state.textContent = standing;
	note.append(link, state);
	placed.bindPopup(note, { closeButton: false, minWidth: 160, maxWidth: 260, autoPan: false });
	const shut = document.createElement('button');
	shut.type = 'button';
	shut.className = 'shut';
	shut.textContent = words.close;
	note.append(shut);
	const back = () => {
		placed.closePopup();
		placed.getElement()?.focus();
	};
	shut.addEventListener('click', back);
	note.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape') return;
		event.stopPropagation();
		back();
	});
	// Opened again by a change elsewhere it takes nobody from where they are.
	if (open) placed.openPopup();
	placed.on('popupopen', () => link.focus({ preventScroll: true }));
}
