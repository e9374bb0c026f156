import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startCluster } from '../tests/support/cluster.ts';
import { median, type Bench, type Figure } from './figure.ts';
import { ask, serveImbizo, serveScript, type Served } from './served.ts';

/** One with many rows of the database, and one with none: the cheapest page SvelteKit could make. */
const paths = ['/issues', '/help'];
/** What a phone sends. All three servers are asked in these words. */
const phone = [
	'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36',
	'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
	'Accept-Language: en-ZA,en;q=0.9,zu;q=0.8',
	'Accept-Encoding: gzip, deflate, br, zstd',
	'Sec-Fetch-Site: same-origin',
	'Sec-Fetch-Mode: navigate',
	'Sec-Fetch-Dest: document',
	'Upgrade-Insecure-Requests: 1'
];
/** A cookie that is not the page's makes the page be rendered for this visitor alone. */
const alone = [...phone, 'Cookie: ward=99901007'];

/**
 * Pages from the micro-cache, against SvelteKit rendering them and against bare `node:http` writing
 * the same bytes. Each server is a process of its own and so is whoever asks. Compared by the server's
 * processor time for one request: on two cores the one who asks would make all three look alike by the
 * clock.
 */
export const pages: Bench = {
	name: 'pages',
	about:
		'an anonymous page from the micro-cache; baselines: SvelteKit’s own render, bare node:http',
	async run({ long, say }) {
		// A web process as in production: jobs and the database are other processes.
		const cluster = await startCluster();
		const ours = await serveImbizo(cluster ? { DATABASE_URL: cluster.url, PROCESS: 'web' } : {});
		const figures: Figure[] = [];
		let wrong = 0;
		for (const path of paths) {
			const { faults, length, plain } = await look(ours, path);
			faults.forEach((each) => say(`  ${path}: ${each}`));
			wrong += faults.length;
			say(`  ${path}: ${plain} bytes, ${length} as kept`);
			figures.push(...(await compare(ours, path, length, { long, say })));
		}
		await ours.stop();
		cluster?.stop();
		figures.push({
			case: 'wrong answers to 12 ways of asking (Accept-Encoding, If-None-Match)',
			value: wrong,
			unit: 'answers',
			baseline: 0,
			ratio: null,
			limit_ratio: null
		});
		return figures;
	}
};

/** What the kept page costs the server's processor, against SvelteKit's render and against bare `node:http`. */
export async function compare(
	ours: Served,
	path: string,
	length: number,
	{ long, say }: { long: boolean; say(line: string): void }
): Promise<Figure[]> {
	const bare = await serveScript(
		`import { createServer } from 'node:http';
		const body = Buffer.alloc(${length}, 'x');
		createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length });
			response.end(body);
		}).listen(Number(process.env.PORT), '127.0.0.1');`
	);
	const rounds = long ? 7 : 5;
	const many = long ? 40_000 : 15_000;
	const [kept, rendered, plain]: [number[], number[], number[]] = [[], [], []];
	const speeds: number[] = [];
	const warm = { requests: 3_000 };
	await ask(ours, alone, { path, requests: 30 });
	await Promise.all([
		ask(ours, phone, { path, ...warm }),
		ask(bare, phone, { path: '/', ...warm })
	]);
	for (let round = 0; round < rounds; round++) {
		const answer = await ask(ours, phone, { path, requests: many });
		kept.push(answer.cpuMs);
		speeds.push(answer.perSecond);
		plain.push((await ask(bare, phone, { path: '/', requests: many })).cpuMs);
		rendered.push((await ask(ours, alone, { path, requests: long ? 400 : 60 })).cpuMs);
	}
	await bare.stop();
	say(
		`  ${path}: by the clock ${Math.round(median(speeds))} requests/s with the one who asks beside it`
	);
	const each = (values: number[]) => 1000 / median(values);
	const against = (name: string, peer: number[], limit_ratio: number) => ({
		case: `${path} from the micro-cache against ${name}`,
		value: each(kept),
		unit: 'requests a second of processor time',
		baseline: each(peer),
		ratio: each(kept) / each(peer),
		limit_ratio
	});
	return [against('SvelteKit’s own render', rendered, 8), against('bare node:http', plain, 0.8)];
}

// prettier-ignore
const ways: Array<[accepted: string | undefined, coding: string | undefined]> = [
	['gzip, deflate, br, zstd', 'br'], ['gzip, deflate', 'gzip'], ['br', 'br'], ['br;q=0, gzip;q=0.5', 'gzip'],
	['*', 'br'], ['*;q=0', undefined], ['identity', undefined], ['deflate', undefined], ['', undefined], [undefined, undefined]
];

/** Asks for the kept page in every way; says what came wrong. */
export async function look({ port }: Served, path: string) {
	const read = (headers: Record<string, string>) => answer(port, path, headers);
	await read({});
	const { body: page, headers: first } = await read({});
	const faults: string[] = [];
	let length = 0;
	for (const [accepted, coding] of ways) {
		const { headers, body } = await read(
			accepted === undefined ? {} : { 'accept-encoding': accepted }
		);
		const given = headers['content-encoding'];
		const words =
			given === 'br' ? brotliDecompressSync(body) : given === 'gzip' ? gunzipSync(body) : body;
		if (given !== coding) faults.push(`Accept-Encoding: ${accepted} was answered in ${given}`);
		if (headers['x-kept'] !== '1') faults.push(`Accept-Encoding: ${accepted} was not kept`);
		if (!words.equals(page)) faults.push(`Accept-Encoding: ${accepted} brought another page`);
		if (coding === 'br') length = body.length;
	}
	const held = await read({ 'if-none-match': first.etag! });
	if (held.status !== 304 || held.body.length || held.headers.etag !== first.etag)
		faults.push(`a page the reader holds was answered ${held.status}`);
	const other = await read({ 'if-none-match': 'W/"other"' });
	if (other.status !== 200) faults.push(`another page was answered ${other.status}`);
	return { faults, length, plain: page.length };
}

const answer = (port: number, path: string, headers: Record<string, string>) =>
	new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((done, failed) =>
		get(
			{ port, host: '127.0.0.1', path, headers: { host: 'localhost', ...headers } },
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part) => parts.push(part));
				response.on('end', () =>
					done({
						status: response.statusCode!,
						headers: response.headers,
						body: Buffer.concat(parts)
					})
				);
			}
		).on('error', failed)
	);
