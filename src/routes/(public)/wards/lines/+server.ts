import { json } from '@sveltejs/kit';
import { linesOf } from '#lib/geography/server/index.ts';

/** The ward lines for the phone to carry (`?m=CODE` names the municipality): public, and the same for all. */
export const GET = async ({ locals: { db, municipality } }) =>
	json(await linesOf(db, municipality.id), { headers: { 'cache-control': 'no-cache' } });
