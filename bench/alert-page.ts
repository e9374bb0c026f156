import { startCluster } from '../tests/support/cluster.ts';
import type { Bench } from './figure.ts';
import { compare, look } from './pages.ts';
import { serveImbizo } from './served.ts';

/** The most a warning's page may weigh over the wire, packed (domain/alerts.md, 12). */
const most = 14 * 1024;

/** The page everybody opens at once, with its map and every reviewed language. */
export const alertPage: Bench = {
	name: 'alert-page',
	about: 'a warning’s page from the micro-cache; baselines: SvelteKit’s own render, bare node:http',
	async run({ long, say }) {
		const cluster = await startCluster();
		const ours = await serveImbizo(cluster ? { DATABASE_URL: cluster.url, PROCESS: 'web' } : {});
		try {
			const list = await (await fetch(`http://127.0.0.1:${ours.port}/alerts`)).text();
			const path = /\/alerts\/[A-Z0-9]{3}-[A-Z0-9]{3}/.exec(list)?.[0];
			if (!path) throw new Error('The demonstration tells of no warning');
			const { faults, length, plain } = await look(ours, path);
			faults.forEach((each) => say(`  ${path}: ${each}`));
			say(`  ${path}: ${plain} bytes, ${length} as kept`);
			return [
				...(await compare(ours, path, length, { long, say })),
				{
					case: 'bytes of the page over the wire',
					value: length,
					unit: 'bytes',
					baseline: most,
					ratio: most / length,
					limit_ratio: 1
				}
			];
		} finally {
			await ours.stop();
			cluster?.stop();
		}
	}
};
