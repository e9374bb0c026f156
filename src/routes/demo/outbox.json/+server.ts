import { error, json } from '@sveltejs/kit';
import { isDemo } from '../../../demo/index.ts';
import { openOutbox } from '#lib/delivery/server/index.ts';

/** Every message of the demonstration, newest first. */
export async function GET({ locals }) {
	if (!isDemo()) error(404, 'This page does not exist, or it is not yours to see.');
	return json(await openOutbox(locals.db), { headers: { 'cache-control': 'no-store' } });
}
