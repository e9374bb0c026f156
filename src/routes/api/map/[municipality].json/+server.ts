import { error, json } from '@sveltejs/kit';
import { drawingOf } from '#lib/geography/server/index.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';

/** Wards, roads and water of a municipality as GeoJSON, for the map one can put a pin on. */
export async function GET({ params, locals: { db } }) {
	const municipality = await municipalityByCode(db, params.municipality.slice(0, 10));
	if (!municipality) error(404, 'There is no such municipality here.');
	return json(await drawingOf(db, municipality.id), {
		headers: { 'cache-control': 'public, max-age=3600' }
	});
}
