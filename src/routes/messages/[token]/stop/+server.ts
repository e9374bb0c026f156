import { redirect } from '@sveltejs/kit';
import { stopByLink } from '#lib/delivery/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

/** One click in a mail program stops it (RFC 8058): the provider posts, and nobody sees a page. */
export async function POST({ locals, params }) {
	await ask(() => stopByLink(locals.db, params.token));
	return new Response('Stopped', { headers: { 'content-type': 'text/plain' } });
}

/** Mail programs that only open the address show the page with its buttons. Opening stops nothing: scanners open links. */
export const GET = ({ params }) => redirect(303, `/messages/${params.token}`);
