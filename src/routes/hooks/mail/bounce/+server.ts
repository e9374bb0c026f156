import { error } from '@sveltejs/kit';
import { bounceSecret, noteBounce } from '#lib/delivery/server/index.ts';
import { boundedText } from '#lib/web/bounded-text.ts';
import { sameSecret } from '#lib/web/metrics-door.ts';
import { countReport } from '#lib/web/metrics.ts';

const longest = 256 * 1024;

/** A letter that came back, as the mail server pipes it: the whole of it, headers first. */
export async function POST({ request, locals }) {
	if (!sameSecret(request.headers.get('authorization') ?? '', `Bearer ${bounceSecret()}`))
		error(404, 'This page does not exist, or it is not yours to see.');
	const raw = await boundedText(request, longest);
	if (raw === null) error(413, 'Send the first 256 kB of the letter.');
	countReport('mail', await noteBounce(locals.db, raw));
	return new Response('OK', { headers: { 'content-type': 'text/plain' } });
}
