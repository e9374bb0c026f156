import { timingSafeEqual } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { readConfig } from '#lib/platform/server/config.ts';
import { metricsText } from '#lib/web/metrics.ts';

/** Prometheus text, for loopback or whoever holds METRICS_TOKEN. */
export async function GET({ request, getClientAddress }) {
	const { METRICS_TOKEN } = readConfig();
	const given = request.headers.get('authorization') ?? '';
	const forwarded = request.headers.has('x-forwarded-for');
	if (
		METRICS_TOKEN
			? !same(given, `Bearer ${METRICS_TOKEN}`)
			: forwarded || !loopback(getClientAddress())
	)
		error(404, 'This page does not exist, or it is not yours to see.');

	return new Response(await metricsText(), {
		headers: { 'content-type': 'text/plain; version=0.0.4' }
	});
}

const loopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address);

const same = (a: string, b: string) =>
	a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
