import L from 'leaflet';
import type { FeatureCollection } from 'geojson';

/** What `/api/map/CODE.json` answers. */
interface Ground {
	wards: FeatureCollection;
	features: FeatureCollection;
	places: Array<{ kind: string; name: string; lon: number; lat: number }>;
}

/** From the bottom up: the sea lies under the land, streets above the water, ward lines above all. */
const under = ['coast'];
const over = ['park', 'lake', 'river', 'rail', 'road', 'main_road'];
/** From which zoom names are written; before that they would lie over one another. */
const namedFrom: Record<string, number> = { suburb: 12, settlement: 12, landmark: 15 };

/** Wards, water, roads and names that were imported, so that a map without a basemap is still a map. */
export async function ground(map: L.Map, code: string) {
	const answer = await fetch(`/api/map/${encodeURIComponent(code)}.json`);
	if (!answer.ok) throw new Error(`The ground answered ${answer.status}`);
	const { wards, features, places } = (await answer.json()) as Ground;
	const draw = (collection: FeatureCollection, kind: string, look: string) =>
		L.geoJSON(collection, {
			interactive: false,
			filter: ({ properties }) => !properties?.kind || properties.kind === kind,
			style: { className: look, fill: look === 'g-land' || ['park', 'lake'].includes(kind) }
		}).addTo(map);

	for (const kind of under) draw(features, kind, `g-${kind}`);
	draw(wards, '', 'g-land');
	for (const kind of over) draw(features, kind, `g-${kind}`);
	draw(wards, '', 'g-ward');
	names(map, places, wards);
}

function names(map: L.Map, places: Ground['places'], wards: FeatureCollection) {
	const layer = L.layerGroup().addTo(map);
	const middles = wards.features.map((ward) => ({
		kind: 'ward',
		name: String(ward.properties?.number ?? ''),
		at: L.geoJSON(ward).getBounds().getCenter()
	}));
	const known = places.map(({ kind, name, lon, lat }) => ({ kind, name, at: L.latLng(lat, lon) }));

	const write = () => {
		layer.clearLayers();
		const [zoom, view] = [map.getZoom(), map.getBounds()];
		const shown = zoom < 12 ? middles : known.filter(({ kind }) => zoom >= (namedFrom[kind] ?? 99));
		const taken: L.Point[] = [];
		for (const { kind, name, at } of shown) {
			if (!view.contains(at)) continue;
			const spot = map.latLngToContainerPoint(at);
			if (taken.some(({ x, y }) => Math.abs(x - spot.x) < 90 && Math.abs(y - spot.y) < 18))
				continue;
			taken.push(spot);
			const word = document.createElement('span');
			word.textContent = name;
			const icon = L.divIcon({ className: `name ${kind}`, html: word, iconSize: [0, 0] });
			L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(layer);
		}
		for (const each of layer.getLayers())
			(each as L.Marker).getElement()?.setAttribute('aria-hidden', 'true');
	};
	map.on('moveend', write);
	write();
}
