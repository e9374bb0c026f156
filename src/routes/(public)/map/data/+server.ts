import { createHash } from 'node:crypto';
import { stateWords } from '#lib/cases/wording.ts';
import { readFilters } from '#lib/issues/filters.ts';
import { readView, type ViewObstacle } from '#lib/issues/map.ts';
import { wardName } from '#lib/issues/wording.ts';
import { inSight } from '#lib/issues/server/index.ts';

/** Why a view is none, for whoever writes the address: RFC 9457. */
const why: Record<ViewObstacle, [field: string, detail: string]> = {
	no_bbox: ['bbox', 'Say which part of the map: bbox=west,south,east,north in degrees.'],
	not_numbers: ['bbox', 'Four numbers, parted by commas: west,south,east,north.'],
	outside: ['bbox', 'Longitudes lie between -180 and 180, latitudes between -90 and 90.'],
	upside_down: ['bbox', 'The south must lie below the north: west,south,east,north.'],
	no_zoom: ['zoom', 'A whole number from 0 to 22.']
};

/** Public issues in a part of the map: the same for everybody, so whoever asks is never looked at. */
export async function GET({ url, request, locals: { db, municipality } }) {
	const view = readView(url.searchParams);
	if (typeof view === 'string') {
		const [field, detail] = why[view];
		return new Response(
			JSON.stringify({ title: 'This is no part of a map', status: 400, field, detail }),
			{ status: 400, headers: { 'content-type': 'application/problem+json' } }
		);
	}
	const { id, timezone } = municipality;
	const seen = await inSight(
		db,
		{ municipalityId: id, timezone },
		view,
		readFilters(url.searchParams)
	);
	const body = JSON.stringify({
		...seen,
		issues: seen.issues.map(({ state, ...each }) => ({
			...each,
			standing: stateWords[state].label
		})),
		wards: seen.wards.map((each) => ({ ...each, name: wardName(each.wardCode) }))
	});
	const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
	const headers = { etag, 'cache-control': 'no-cache', 'content-type': 'application/json' };
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers });
	return new Response(body, { headers });
}
