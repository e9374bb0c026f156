import { get } from 'node:http';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { expect } from '@playwright/test';
import { origin, report, test } from './demo.ts';

const languages = ['en', 'af', 'xh', 'zu'];
const mostOfAll = 14 * 1024;
const mostOfScript = 3 * 1024;

/** What comes over the wire, as sent to a browser. */
const wire = (path: string, headers: Record<string, string> = {}) =>
	new Promise<{ coding: string | undefined; type: string; body: Buffer }>((done, failed) =>
		get(
			new URL(path, origin()),
			{ headers: { 'accept-encoding': 'br', 'sec-fetch-site': 'none', ...headers } },
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part) => parts.push(part));
				response.on('end', () => {
					expect(response.statusCode, path).toBe(200);
					const { 'content-encoding': coding, 'content-type': type = '' } = response.headers;
					done({ coding, type, body: Buffer.concat(parts) });
				});
			}
		).on('error', failed)
	);

const read = async (path: string, headers?: Record<string, string>) => {
	const { coding, body } = await wire(path, headers);
	const text = (coding === 'br' ? brotliDecompressSync(body) : body).toString();
	return { text, bytes: body.length };
};

/** A script and all it imports before it runs. */
async function weighScript(path: string, known = new Set<string>()): Promise<number> {
	if (known.has(path)) return 0;
	known.add(path);
	const { text, bytes } = await read(path);
	const imports = [...text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g)];
	let sum = bytes;
	for (const [, from] of imports)
		sum += await weighScript(new URL(from, `http://x${path}`).pathname, known);
	return sum;
}

/** The page as whoever comes first gets it: packed quickly, before it is kept packed well. */
const quickly = (text: string) =>
	brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

async function weigh(path: string, language: string) {
	const { text } = await read(path, { cookie: `lang=${language}` });
	expect(text, path).toContain(`<html lang="${language}`);
	const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
	const sheets = named(/<link[^>]+href="([^"]+\.css)"/g);
	const scripts = named(/<script[^>]*\bsrc="([^"]+)"/g);
	expect(text, `${path} holds no script between its lines`).not.toMatch(/<script(?![^>]*\bsrc=)/);
	expect(text, `${path} waits for no script`).not.toMatch(/<script(?![^>]*type="module")/);
	const sum = async (each: Array<Promise<number>>) =>
		(await Promise.all(each)).reduce((all, bytes) => all + bytes, 0);
	const html = quickly(text);
	const css = await sum(sheets.map(async (sheet) => (await wire(sheet)).body.length));
	const js = await sum(scripts.map((script) => weighScript(script)));
	return { page: path, language, html, css, js, all: html + css + js };
}

/** The first link of a list that fits. */
const firstOf = async (list: string, pattern: RegExp) => {
	const found = pattern.exec((await read(list)).text);
	expect(found, `${pattern} in ${list}`).not.toBeNull();
	return found![0];
};

test('pages that are read weigh 14 kB at most, with their styles and the one script, in every language', async ({
	visit
}) => {
	test.setTimeout(240_000);
	const page = await visit('resident');
	const reference = await report(page, {
		service: 'burst-pipe',
		description: 'Water runs down the street into two yards since the storm on Friday.',
		place: 'Vlei Street 2, opposite the clinic'
	});
	const ward = '/wards/99901007';
	const paths = [
		'/',
		'/issues',
		// As many as a page holds.
		'/issues?state=all',
		`/issues/${reference}`,
		'/suggestions',
		'/wards',
		ward,
		await firstOf(ward, /\/councillors\/[\w-]{36}/),
		'/contacts',
		'/news',
		await firstOf('/news', /\/news\/\d+/),
		'/outages',
		await firstOf('/outages', /\/outages\/\d+/),
		'/commitments',
		await firstOf('/commitments', /\/commitments\/P-\d+/),
		'/map',
		'/safe-places',
		'/search?q=water',
		'/help',
		'/privacy',
		'/accessibility'
	];
	const weights: Array<Awaited<ReturnType<typeof weigh>>> = [];
	for (const path of paths)
		for (const language of languages) weights.push(await weigh(path, language));
	console.table(
		paths.map((path) => {
			const mine = weights.filter((each) => each.page === path);
			const heaviest = mine.reduce((a, b) => (b.all > a.all ? b : a));
			return { ...heaviest, page: path.slice(0, 20) };
		})
	);
	const over = weights.filter(({ all }) => all > mostOfAll);
	expect(over).toEqual([]);
});

test('the script that all pages share weighs 3 kB at most', async () => {
	const { text } = await read('/help');
	const scripts = [...text.matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map(([, src]) => src);
	expect(scripts).toHaveLength(1);
	const bytes = await weighScript(scripts[0]);
	console.table([{ script: 'enhance', bytes }]);
	expect(bytes).toBeLessThanOrEqual(mostOfScript);
});
