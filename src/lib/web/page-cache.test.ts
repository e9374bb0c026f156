import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { cacheKey, dropsApart, keyOf, packedAs, PageCache } from './page-cache.ts';

const browser = { 'sec-fetch-site': 'none' };
const asked = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
	cacheKey({ method, url, header: (name) => ({ ...browser, ...headers })[name] });

test.each([
	['/', {}],
	['/issues', {}],
	['/issues?state=open&ward=74804007', {}],
	['/issues/KHA-26-7K3M4', {}],
	['/wards/74804007', { cookie: 'm=KHA; lang=zu' }]
])('%s is the same for everybody who sends %j', (url, headers) => {
	expect(asked(url, headers)).not.toBeNull();
});

test.each([
	['a form that is sent', '/', {}, 'POST'],
	['somebody signed in', '/', { cookie: 'lang=zu; session=abc' }, 'GET'],
	['a device that reported something', '/issues/KHA-26-7K3M4', { cookie: 'receipts=X' }, 'GET'],
	['a device that chose its ward', '/', { cookie: 'ward=74804007' }, 'GET'],
	['a cookie that only looks like ours', '/', { cookie: 'mine=1' }, 'GET'],
	['a bearer of a token', '/', { authorization: 'Bearer x' }, 'GET'],
	['a search', '/issues?q=pothole', {}, 'GET'],
	['a municipality asked for by the address, which sets a cookie', '/?m=KHA', {}, 'GET'],
	['one question asked twice', '/issues?state=open&state=all', {}, 'GET'],
	['a page that is not read by many', '/report', {}, 'GET'],
	['an address without end', `/issues?ward=${'7'.repeat(300)}`, {}, 'GET'],
	[
		'an old browser, whose forms are signed there',
		'/issues?state=open',
		{ 'sec-fetch-site': '' },
		'GET'
	],
	['a report of its own', '/account', {}, 'GET']
])('%s is answered alone', (_, url, headers, method) => {
	expect(asked(url, headers as Record<string, string>, method)).toBeNull();
});

test('what changes the page changes the name: host, language, municipality, questions; not their order', () => {
	const page = asked('/issues?state=open&ward=74804007');
	expect(asked('/issues?ward=74804007&state=open')).toBe(page);
	expect(asked('/issues?state=all&ward=74804007')).not.toBe(page);
	for (const headers of [
		{ host: 'other.example' },
		{ cookie: 'lang=xh' },
		{ 'accept-language': 'af' },
		{ cookie: 'm=THO' },
		{ 'x-forwarded-proto': 'https' }
	] as Array<Record<string, string>>)
		expect(asked('/issues?state=open&ward=74804007', headers)).not.toBe(page);
	expect(asked('/', { 'accept-language': 'fr' })).toBe(asked('/', { 'accept-language': 'en' }));
});

const page = (words: string, municipalityId = 'kha', drops = 0) => ({
	headers: [['content-type', 'text/html']] as Array<[string, string]>,
	municipalityId,
	plain: Buffer.from(words),
	drops
});

test('a page is dropped by a deed in its own municipality only, and by time', () => {
	const pages = new PageCache();
	pages.keep('a', page('Khanyisa'), 0);
	pages.keep('b', page('Thokozani', 'tho'), 0);
	pages.drop('kha');
	expect(pages.get('a', 1)).toBeUndefined();
	expect(pages.get('b', 1)?.plain.toString()).toBe('Thokozani');
	expect(pages.get('b', 30_000)).toBeUndefined();
});

test('of many deeds at once the first drops at once, the others together shortly after', () => {
	vi.useFakeTimers();
	const pages = new PageCache();
	const keep = (words: string) => {
		pages.keep('a', page(words, 'kha', pages.drops));
		return pages.get('a')?.plain.toString();
	};
	keep('old');
	pages.drop('kha');
	expect(pages.get('a')).toBeUndefined();
	keep('new');
	for (let i = 0; i < 50; i++) pages.drop('kha');
	expect(pages.get('a')?.plain.toString()).toBe('new');
	vi.advanceTimersByTime(dropsApart);
	expect(pages.get('a')).toBeUndefined();
	expect(keep('newest')).toBe('newest');
	vi.advanceTimersByTime(dropsApart);
	expect(pages.get('a')).toBeDefined();
	pages.drop('kha');
	expect(pages.get('a')).toBeUndefined();
	vi.useRealTimers();
});

test('a page that was being made while a deed was done is not kept', () => {
	const pages = new PageCache();
	const { drops } = pages;
	pages.drop('kha');
	pages.keep('a', page('old words', 'kha', drops));
	expect(pages.get('a')).toBeUndefined();
	pages.keep('b', page('untouched', 'tho', drops));
	expect(pages.get('b')).toBeDefined();
});

test('of many who ask at once, one renders and the others wait', async () => {
	const pages = new PageCache();
	const turns = Array.from({ length: 50 }, () => pages.begin('a'));
	const first = turns.filter((turn) => 'first' in turn);
	expect(first).toHaveLength(1);
	let waiting = 49;
	const waits = turns.flatMap((turn) =>
		'wait' in turn ? [turn.wait.then(() => void waiting--)] : []
	);
	expect(waiting).toBe(49);
	first[0].first();
	await Promise.all(waits);
	expect(waiting).toBe(0);
	expect('first' in pages.begin('a')).toBe(true);
});

test('memory is bounded: the page nobody asked for goes first', () => {
	const pages = new PageCache();
	const big = 'x'.repeat(900_000);
	pages.keep('read', page(big));
	for (let i = 0; i < 100; i++) {
		pages.keep(`${i}`, page(big));
		pages.get('read');
	}
	expect(pages.get('read')).toBeDefined();
	expect(pages.get('0')).toBeUndefined();
	expect(pages.get('99')).toBeDefined();
	pages.keep('huge', page('x'.repeat(1_000_001)));
	expect(pages.get('huge')).toBeUndefined();
});

test('whichever way it is packed, the words are the same and its headers say which it is', async () => {
	const pages = new PageCache();
	pages.keep('a', page('Ikhasi '.repeat(200)));
	const kept = pages.get('a')!;
	const plain = 'Ikhasi '.repeat(200);
	expect((await packedAs(kept, 'identity')).body).toBe(plain);
	for (const [coding, unpack] of [
		['br', brotliDecompressSync],
		['gzip', gunzipSync]
	] as const) {
		const { headers, body } = await packedAs(kept, coding);
		expect(unpack(Buffer.from(body, 'latin1')).toString()).toBe(plain);
		expect(headers.at(headers.indexOf('content-encoding') + 1)).toBe(coding);
		expect(headers.at(headers.indexOf('content-length') + 1)).toBe(String(body.length));
	}
	expect((await packedAs(kept, 'identity')).headers).not.toContain('content-encoding');
});

test('it is packed once, however many ask', async () => {
	const pages = new PageCache();
	pages.keep('a', page('Ikhasi '.repeat(200)));
	const kept = pages.get('a')!;
	const [first, second] = await Promise.all([packedAs(kept, 'br'), packedAs(kept, 'br')]);
	expect(first).toBe(second);
	expect(packedAs(kept, 'br')).toBe(first);
});

test('the short way to the name of a page is the long one', () => {
	const request = (url: string, headers: Record<string, string>) => ({
		method: 'GET',
		url,
		headers: { ...browser, host: 'localhost', ...headers }
	});
	const requests = [
		request('/issues', {}),
		request('/issues', { cookie: 'lang=zu' }),
		request('/issues', { cookie: 'session=a' }),
		request('/issues', { authorization: 'Bearer x' }),
		request('/issues', { 'accept-language': 'zu' }),
		request('/issues', { 'x-forwarded-proto': 'https' }),
		request('/issues?state=open', {}),
		request('/issues?state=open', { 'sec-fetch-site': '' }),
		{ ...request('/issues', {}), method: 'POST' }
	];
	const long = requests.map(({ method, url, headers }) =>
		cacheKey({ method, url, header: (name) => (headers as Record<string, string>)[name] })
	);
	expect(new Set(long).size).toBe(5);
	for (let again = 0; again < 2; again++) expect(requests.map(keyOf)).toEqual(long);
});
