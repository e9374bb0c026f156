import { error } from '@sveltejs/kit';
import { hearGateway } from '#lib/delivery/server/index.ts';
import { boundedText } from '#lib/web/bounded-text.ts';
import { countReport } from '#lib/web/metrics.ts';

/** A report has a few fields; a text that comes in has ten parts at most. */
const longest = 16 * 1024;

/** What an SMS gateway reports, in whichever form it does: a query, a form, JSON. Always 200, or it would repeat itself for days. */
async function hear({
	request,
	url,
	params,
	locals
}: Parameters<import('./$types').RequestHandler>[0]) {
	const fields = { ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)) };
	const heard = await hearGateway(locals.db, params.gateway, fields);
	if (!heard) error(404, 'This page does not exist, or it is not yours to see.');
	countReport(params.gateway.split('~')[0], heard);
	return new Response('OK', { headers: { 'content-type': 'text/plain' } });
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
	if (request.method === 'GET') return {};
	const text = await boundedText(request, longest);
	if (text === null) error(413, 'A report is shorter than 16 kB.');
	if (!(request.headers.get('content-type') ?? '').includes('json'))
		return Object.fromEntries(new URLSearchParams(text));
	try {
		const read: unknown = JSON.parse(text);
		return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {};
	} catch {
		return {};
	}
}

export const GET = hear;
export const POST = hear;
