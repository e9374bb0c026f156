/**
 * The map one can move: fetched when somebody opens it, drawn from what the municipality imported.
 * Circles are buttons that zoom in, pins open a small note with a link; both are reached by Tab.
 */
import L from 'leaflet';
import type { Basemap } from '#lib/geography/basemap.ts';
import { closest, writeSpot } from '#lib/issues/spot.ts';
import { keepFocus, keysOnMarks, showOf } from './by-hand.ts';
import { ground } from './ground.ts';
import { circle, pin, type Words } from './marks.ts';
import { streets } from './streets.ts';
// As it is written: the two builds would make two texts of it, and so two names of this file.
import css from './moving-map.css?raw';

interface Wish {
	code: string;
	query: string;
	at: { lon: number; lat: number; zoom: number } | null;
	bounds?: [west: number, south: number, east: number, north: number];
	/** What the operator laid under it. */
	basemap: Basemap | null;
	words: Words;
}

interface Seen {
	total: number;
	clusters: Array<{ lon: number; lat: number; n: number }>;
	issues: Array<{ lon: number; lat: number; reference: string; title: string; standing: string }>;
	wards: Array<{ lon: number; lat: number; n: number; wardCode: string; name: string }>;
}

const place = document.querySelector<HTMLElement>('[data-map]')!;
const says = document.querySelector<HTMLElement>('[data-map-says]')!;
const beside = document.querySelector<HTMLElement>('#list')!;
const { code, at, bounds, basemap, words, ...wish } = JSON.parse(place.dataset.map!) as Wish;
let { query } = wish;

const style = document.createElement('style');
style.textContent = css;
document.head.append(style);

const canvas = document.createElement('div');
canvas.className = 'map moving';
canvas.setAttribute('role', 'application');
canvas.setAttribute('aria-label', `${words.map} ${words.hint}`);
place.replaceChildren(canvas);

const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const map = L.map(canvas, {
	attributionControl: false,
	zoomControl: false,
	minZoom: 4,
	maxZoom: closest,
	zoomAnimation: !still,
	fadeAnimation: !still,
	markerZoomAnimation: !still,
	inertia: !still
});
L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.further }).addTo(map);
const marks = L.layerGroup().addTo(map);
let asking: AbortController | undefined;
/** What was shown last, as it came. */
let shown = '';

if (at) map.setView([at.lat, at.lon], at.zoom);
else if (bounds)
	map.fitBounds([
		[bounds[1], bounds[0]],
		[bounds[3], bounds[2]]
	]);
else map.setView([-29, 25], 5);
canvas.focus({ preventScroll: true });

// From afar lanes would be a smear, and roads as wide as suburbs.
const far = () => canvas.classList.toggle('far', map.getZoom() < 12);
map.on('zoomend', far);
far();

map.on('moveend', () => {
	remember();
	void look();
	listFollows();
});
void look();
if (basemap) streets(map, basemap, (there) => canvas.classList.toggle('streets', there));
// Without it the reports still stand where they are, only on nothing.
ground(map, code).catch(() => {});
keysOnMarks(map);
showOf(beside, canvas);

// Asked something else of the same part, it stays where it is; another ward lies elsewhere.
const form = document.querySelector<HTMLFormElement>('form.filters')!;
form.addEventListener('submit', (event) => {
	const asked = [...new FormData(form)].filter(([, value]) => value !== '');
	const next = new URLSearchParams(asked as string[][]);
	if (next.get('ward') !== new URLSearchParams(query).get('ward')) return;
	event.preventDefault();
	query = next.toString();
	remember();
	void look();
	listFollows();
});

let following: ReturnType<typeof setTimeout> | undefined;
let asked = false;
/** The list beside it says what is in sight, once the map stands still. */
function listFollows() {
	clearTimeout(following);
	following = setTimeout(() => {
		asked = true;
		beside.dispatchEvent(new Event('renew'));
	}, 700);
}
// The list hears first when something changed, and asks for itself.
beside.addEventListener('fresh', () => {
	if (!asked) void look();
	asked = false;
});

/** The address follows, so that going back, sharing and reloading come to the same place. */
function remember() {
	const { lng, lat } = map.getCenter().wrap();
	const address = new URLSearchParams(query);
	address.set('at', writeSpot({ lon: lng, lat, zoom: map.getZoom() }));
	history.replaceState(history.state, '', `?${address}`);
}

async function look() {
	asking?.abort();
	asking = new AbortController();
	try {
		const answer = await fetch(`/map/data?${wanted()}`, { signal: asking.signal });
		if (!answer.ok) throw new Error(`The map answered ${answer.status}`);
		const text = await answer.text();
		// Nothing is taken from under a finger, or from a screen reader, that stays as it was.
		if (text !== shown) show(JSON.parse(text) as Seen);
		shown = text;
	} catch (reason) {
		if ((reason as Error).name === 'AbortError') return;
		shown = '';
		says.textContent = words.failed;
	}
}

/** What is in sight, widened to a grid so that small moves ask for the same again. */
function wanted() {
	const [zoom, view] = [map.getZoom(), map.getBounds()];
	const step = 45 / 2 ** zoom;
	const down = (degrees: number) => Math.floor(degrees / step) * step;
	const up = (degrees: number) => Math.ceil(degrees / step) * step;
	const box = [
		Math.max(down(view.getWest()), -540),
		Math.max(down(view.getSouth()), -85),
		Math.min(up(view.getEast()), 540),
		Math.min(up(view.getNorth()), 85)
	];
	const asked = new URLSearchParams(query);
	asked.set('bbox', box.map((each) => each.toFixed(6)).join(','));
	asked.set('zoom', String(zoom));
	return asked;
}

function show(seen: Seen) {
	const back = keepFocus(canvas);
	// An open note stays open when its pin is still there.
	const open = canvas.querySelector<HTMLElement>('.note a')?.getAttribute('href');
	marks.clearLayers();
	// A note that closes fades out for a moment, and would stand there twice when it opens again.
	for (const closing of canvas.querySelectorAll('.note')) closing.remove();
	const zoomTo = (lon: number, lat: number) => {
		if (map.getZoom() >= closest) document.querySelector<HTMLElement>('[data-list]')!.click();
		else map.setView([lat, lon], Math.min(map.getZoom() + 2, closest), { animate: !still });
	};
	// From the north-west, as one reads: Tab follows the order they stand in.
	const sorted = <Each extends { lon: number; lat: number }>(each: Each[]) =>
		each.sort((a, b) => b.lat - a.lat || a.lon - b.lon);
	for (const { lon, lat, n } of sorted(seen.clusters))
		circle(marks, [lat, lon], n, n === 1 ? words.one : fill(words.zoomIn, { n }), () =>
			zoomTo(lon, lat)
		);
	for (const { lon, lat, n, name, wardCode } of sorted(seen.wards)) {
		const address = new URLSearchParams(query);
		address.set('ward', wardCode);
		const label = fill(words.inWard, { n, ward: name });
		circle(marks, [lat, lon], n, label, () => (location.href = `/issues?${address}`));
	}
	for (const { lon, lat, reference, title, standing } of sorted(seen.issues)) {
		const href = `/issues/${reference}`;
		pin(marks, [lat, lon], { href, title, standing, words, open: open === href });
	}
	says.textContent = fill(words.sight, { n: seen.total });
	back();
}

const fill = (text: string, holes: Record<string, string | number>) =>
	text.replace(/\{(\w+)\}/g, (_, name: string) => String(holes[name] ?? ''));
