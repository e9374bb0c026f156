import type { FeatureCollection } from 'geojson';
import type { LatLng } from 'leaflet';

export interface Drawn {
	/** Draws corners that were typed. */
	show(corners: string): void;
	undo(): void;
	clear(): void;
	remove(): void;
}

interface Drawing {
	wards: FeatureCollection;
	features: FeatureCollection;
}

const sayCorner = ({ lat, lng }: LatLng) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;

/** The corners of the last shape that was typed; whatever cannot be read is left out. */
const readCorners = (text: string): Array<[number, number]> =>
	(text.split(/\n\s*\n/).at(-1) ?? '').split('\n').flatMap((line): Array<[number, number]> => {
		const [lat, lon] = line.split(/[,\s]+/).map(Number);
		return Number.isFinite(lat) && Number.isFinite(lon) ? [[lat, lon]] : [];
	});

/** A map on which a polygon is drawn by its corners. @throws when the map's data cannot be fetched */
export async function drawMap(
	canvas: HTMLElement,
	municipality: string,
	drawn: (corners: string) => void
): Promise<Drawn> {
	const [{ default: L }, answer] = await Promise.all([
		import('leaflet'),
		fetch(`/api/map/${encodeURIComponent(municipality)}.json`)
	]);
	if (!answer.ok) throw new Error(`map ${answer.status}`);
	const { wards, features } = (await answer.json()) as Drawing;
	const colour = (name: string, other: string) =>
		getComputedStyle(document.documentElement).getPropertyValue(name).trim() || other;

	const map = L.map(canvas, { attributionControl: false, keyboardPanDelta: 40 });
	const lines = L.geoJSON(wards, {
		style: {
			color: colour('--indigo', '#302b7d'),
			weight: 1.5,
			dashArray: '1 5',
			fillOpacity: 0.03
		}
	}).addTo(map);
	L.geoJSON(features, {
		style: { color: colour('--edge', '#7d7990'), weight: 2 },
		interactive: false
	}).addTo(map);
	if (lines.getBounds().isValid()) map.fitBounds(lines.getBounds());
	else map.setView([-29, 25], 5);

	const shape = L.polygon([], { color: '#a00915', weight: 2.5, fillOpacity: 0.2 }).addTo(map);
	const marks = L.layerGroup().addTo(map);
	let corners: LatLng[] = [];
	const paint = () => {
		shape.setLatLngs(corners);
		marks.clearLayers();
		for (const corner of corners)
			L.circleMarker(corner, { radius: 5, color: '#a00915', weight: 2, fillOpacity: 1 }).addTo(
				marks
			);
	};
	const say = () => {
		paint();
		drawn(corners.map(sayCorner).join('\n'));
	};
	map.on('click', ({ latlng }) => {
		corners = [...corners, latlng];
		say();
	});
	return {
		show(text) {
			corners = readCorners(text).map(([lat, lon]) => L.latLng(lat, lon));
			paint();
		},
		undo() {
			corners = corners.slice(0, -1);
			say();
		},
		clear() {
			corners = [];
			say();
		},
		remove: () => map.remove()
	};
}
