import { error } from '@sveltejs/kit';
import { channelStatus } from '#lib/delivery/server/index.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { mayReadMetrics } from '#lib/web/metrics-door.ts';
import { metricsText, showChannels } from '#lib/web/metrics.ts';

/** Prometheus text, for whoever holds METRICS_TOKEN; without one, for this machine alone. */
export async function GET({ request, getClientAddress, locals }) {
	if (!mayReadMetrics(readConfig().METRICS_TOKEN, request.headers, getClientAddress))
		error(404, 'This page does not exist, or it is not yours to see.');

	showChannels(await channelStatus(locals.db));
	return new Response(await metricsText(), {
		headers: { 'content-type': 'text/plain; version=0.0.4' }
	});
}
