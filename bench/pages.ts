import { median, type Bench } from './figure.ts';
import { ask, serveImbizo, serveScript } from './served.ts';

const path = '/issues';
const packed = ['Accept-Encoding: br'];
/** A cookie that is not the page's makes the page be rendered for this visitor alone. */
const alone = [...packed, 'Cookie: ward=99901007'];

/**
 * The list of issues from the micro-cache, against SvelteKit rendering it and against bare
 * `node:http` writing the same bytes. Compared by the server's processor time for one request: the
 * load generator sits on the same cores, and would make all three look alike by the clock.
 */
export const pages: Bench = {
	name: 'pages',
	about:
		'an anonymous page from the micro-cache; baselines: SvelteKit’s own render, bare node:http',
	async run({ long, say }) {
		const ours = await serveImbizo();
		const page = await fetch(`http://127.0.0.1:${ours.port}${path}`, {
			headers: { 'accept-encoding': 'identity' }
		});
		const bytes = Buffer.byteLength(await page.text());
		const body = await fetch(`http://127.0.0.1:${ours.port}${path}`, {
			headers: { 'accept-encoding': 'br' }
		});
		await body.text();
		const length = Number(body.headers.get('content-length'));
		const bare = await serveScript(
			`import { createServer } from 'node:http';
			const body = Buffer.alloc(${length}, 'x');
			createServer((_, response) => {
				response.writeHead(200, { 'content-type': 'text/html', 'content-length': body.length });
				response.end(body);
			}).listen(Number(process.env.PORT), '127.0.0.1');`
		);
		say(`  ${path}: ${bytes} bytes, ${length} by brotli`);

		const rounds = long ? 7 : 5;
		const [kept, rendered, plain]: [number[], number[], number[]] = [[], [], []];
		const speeds: number[] = [];
		await ask(ours, alone, { path, requests: 60 });
		for (let round = 0; round < rounds; round++) {
			const answer = await ask(ours, packed, { path, requests: long ? 40_000 : 10_000 });
			kept.push(answer.cpuMs);
			speeds.push(answer.perSecond);
			rendered.push((await ask(ours, alone, { path, requests: long ? 800 : 200 })).cpuMs);
			plain.push((await ask(bare, [], { path: '/', requests: long ? 40_000 : 10_000 })).cpuMs);
		}
		await Promise.all([ours.stop(), bare.stop()]);
		say(`  by the clock ${Math.round(median(speeds))} requests/s, the load generator included`);
		const each = (values: number[]) => 1000 / median(values);
		return [
			{
				case: 'micro-cache against SvelteKit’s render',
				value: each(kept),
				unit: 'requests a second of processor time',
				baseline: each(rendered),
				ratio: each(kept) / each(rendered),
				limit_ratio: 8
			},
			{
				case: 'micro-cache against bare node:http',
				value: each(kept),
				unit: 'requests a second of processor time',
				baseline: each(plain),
				ratio: each(kept) / each(plain),
				limit_ratio: 0.8
			}
		];
	}
};
