import { tileAt } from '#lib/geography/server/index.ts';

const number = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : NaN);

/** A tile of the operator's file (`TILES_FILE`): the same for everybody, so whoever asks is never looked at. */
export async function GET({ params }) {
	const tile = await tileAt(number(params.z), number(params.x), number(params.y));
	if (!tile) return new Response('There is no such tile.', { status: 404 });
	return new Response(new Uint8Array(tile.bytes), {
		headers: {
			'content-type': tile.type,
			// Its address changes with the file.
			'cache-control': 'public, max-age=604800, immutable'
		}
	});
}
