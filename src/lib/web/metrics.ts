import { Counter, collectDefaultMetrics, Gauge, Histogram, register } from 'prom-client';
import type { ChannelStatus } from '#lib/delivery/server/index.ts';

// A development server loads this module again and again; metrics register once.
register.clear();
collectDefaultMetrics();

const requests = new Counter({
	name: 'imbizo_requests_total',
	help: 'Requests by route, method and status',
	labelNames: ['route', 'method', 'status']
});
const seconds = new Histogram({
	name: 'imbizo_request_seconds',
	help: 'Time to answer, by route',
	labelNames: ['route'],
	buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10]
});

export function count(route: string | null, method: string, status: number, took: number) {
	requests.inc({ route: route ?? 'none', method, status });
	seconds.observe({ route: route ?? 'none' }, took);
}

const reports = new Counter({
	name: 'imbizo_delivery_reports_total',
	help: 'Reports of gateways and mail that came back, by whom and what they were to us',
	labelNames: ['from', 'heard']
});
const up = new Gauge({
	name: 'imbizo_channel_up',
	help: '1 while the road answers its test every three minutes, 0 when it is silent',
	labelNames: ['way']
});
const answerSeconds = new Gauge({
	name: 'imbizo_channel_answer_seconds',
	help: 'Time the road took to answer its last test that went well',
	labelNames: ['way']
});
const taken = new Gauge({
	name: 'imbizo_channel_taken_ratio',
	help: 'Of the messages of the last hour that have an outcome, how many were taken',
	labelNames: ['channel']
});

/** Counts what a gateway or mail server reported. */
export const countReport = (from: string, heard: string) => reports.inc({ from, heard });

/** How the channels stand, for the next answer. */
export function showChannels(channels: ChannelStatus[]) {
	for (const gauge of [up, answerSeconds, taken]) gauge.reset();
	for (const { channel, ways, hour } of channels) {
		if (hour.rate !== null) taken.set({ channel }, hour.rate);
		for (const { way, state, took } of ways) {
			up.set({ way }, state === 'silent' ? 0 : 1);
			if (took !== null) answerSeconds.set({ way }, took / 1000);
		}
	}
}

export const metricsText = () => register.metrics();
