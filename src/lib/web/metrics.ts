import { Counter, collectDefaultMetrics, Histogram, register } from 'prom-client';

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

export const metricsText = () => register.metrics();
