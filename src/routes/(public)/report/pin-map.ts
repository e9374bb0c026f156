import type { FeatureCollection } from 'geojson';
import type { PinMap } from './help-with-place.ts';
import type { Help } from './help-words.ts';
import { fill, make } from './make.ts';

/** What `/api/map/CODE.json` answers. */
interface Drawing {
	wards: FeatureCollection;
	features: FeatureCollection;
}

/** A map drawn from what the municipality imported, with one pin. Placed by a tap or from its middle. */
export async function pinMap(
	canvas: HTMLElement,
	{ municipality, mapStyles, basemap, words }: Help,
	placed: (point: { lat: number; lon: number }) => void
): Promise<PinMap> {
	const [{ default: L }, drawing] = await Promise.all([
		import('leaflet'),
		fetchDrawing(municipality),
		styled(mapStyles)
	]);
	const style = getComputedStyle(document.documentElement);
	const ink = style.getPropertyValue('--edge').trim() || '#7d7990';
	const indigo = style.getPropertyValue('--indigo').trim() || '#302b7d';

	const map = L.map(canvas, { attributionControl: false, keyboardPanDelta: 40 });
	const wards = L.geoJSON(drawing.wards, {
		style: { color: indigo, weight: 1.5, dashArray: '1 5', fillOpacity: 0.03 },
		onEachFeature: ({ properties }, layer) =>
			layer.bindTooltip(fill(words.ward, { n: Number(properties.number) }), { direction: 'center' })
	}).addTo(map);
	const lines = L.geoJSON(drawing.features, {
		style: { color: ink, weight: 2 },
		interactive: false
	}).addTo(map);
	const bounds = wards.getBounds();
	if (bounds.isValid()) map.fitBounds(bounds);
	else map.setView([-29, 25], 5);
	if (basemap) {
		const { streets } = await import('../map/streets.ts');
		streets(map, basemap, (there) => (there ? lines.remove() : lines.addTo(map)));
	}

	canvas.append(make('span', { class: 'pin-cross', 'aria-hidden': 'true' }, '+'));

	let pin: ReturnType<typeof L.circleMarker> | undefined;
	map.on('click', ({ latlng }) => placed({ lat: latlng.lat, lon: latlng.lng }));
	return {
		show({ lat, lon }) {
			pin ??= L.circleMarker([lat, lon], {
				radius: 10,
				color: indigo,
				weight: 3,
				fillColor: '#ffb62e',
				fillOpacity: 1
			}).addTo(map);
			pin.setLatLng([lat, lon]);
			map.setView([lat, lon], Math.max(map.getZoom(), 13));
		},
		middle() {
			const { lat, lng } = map.getCenter();
			return { lat, lon: lng };
		}
	};
}

/** Done when the map's own styles hold; without them the pieces of a map lie about. */
function styled(address: string): Promise<void> {
	const link = make('link', { rel: 'stylesheet', href: address });
	return new Promise((done, failed) => {
		link.onload = () => done();
		link.onerror = () => failed(new Error('The styles of the map did not come'));
		document.head.append(link);
	});
}

async function fetchDrawing(municipality: string): Promise<Drawing> {
	const answer = await fetch(`/api/map/${encodeURIComponent(municipality)}.json`);
	if (!answer.ok) throw new Error(`The map answered ${answer.status}`);
	return answer.json();
}
