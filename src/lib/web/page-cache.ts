import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { chooseLanguage } from '../i18n/choose.ts';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

const reference = '[A-Z]{2,5}-\\d{2}-[0-9A-Z]{5}';
/** The pages many people read at once, and the questions in their address that change them. */
const kept: Array<{ path: RegExp; query: readonly string[] }> = [
	{ path: /^\/$/, query: [] },
	{ path: /^\/(contacts|help|privacy|accessibility|waiting|offline)$/, query: [] },
	{ path: /^\/wards(\/\d{8})?$/, query: [] },
	{ path: /^\/councillors\/[\w-]{36}$/, query: [] },
	{ path: /^\/commitments\/(P-)?\d+$/, query: [] },
	{ path: new RegExp(`^/issues/${reference}$`), query: [] },
	{
		path: /^\/(issues|suggestions)$/,
		query: ['ward', 'service', 'group', 'state', 'kind', 'sort']
	},
	{ path: /^\/map$/, query: ['ward', 'service', 'group', 'state'] },
	{ path: /^\/commitments$/, query: ['ward', 'state'] },
	{ path: /^\/outages(\/\d+)?$/, query: [] },
	{ path: /^\/news\/\d+$/, query: [] },
	{ path: /^\/alerts(\/[A-Z0-9]{3}-[A-Z0-9]{3}(\/\d{1,3})?)?$/, query: [] },
	{ path: /^\/verify$/, query: [] },
	{ path: /^\/news$/, query: ['ward', 'topic'] }
];

/** What of a request decides the page. */
export interface Asked {
	method: string | undefined;
	/** Path and query, as sent. */
	url: string | undefined;
	header(name: string): string | null | undefined;
}

/**
 * Under which name the answer may be kept, or null when it is for this visitor alone: anything but
 * GET, a cookie other than those of municipality and language, Authorization, or a question in the
 * address that the page does not list.
 */
export function cacheKey({ method, url, header }: Asked): string | null {
	if (method !== 'GET' || !url || header('authorization')) return null;
	const cookies = (header('cookie') ?? '').split('; ').filter(Boolean);
	if (!cookies.every((each) => each.startsWith('m=') || each.startsWith('lang='))) return null;

	const [path, query = ''] = url.split('?', 2);
	const page = kept.find((each) => each.path.test(path));
	if (!page || query.length > 200) return null;
	// Old browsers get forms signed for them alone there (`origin-proof.ts`).
	if (query && !header('sec-fetch-site')) return null;
	const asked = [...new URLSearchParams(query)].sort(([a], [b]) => (a < b ? -1 : 1));
	const names = asked.map(([name]) => name);
	if (!names.every((name) => page.query.includes(name)) || new Set(names).size < names.length)
		return null;

	const valueOf = (name: string) =>
		cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
	return JSON.stringify([
		header('host') ?? '',
		header('x-forwarded-proto') ?? '',
		path,
		asked,
		valueOf('m')?.slice(0, 10) ?? '',
		chooseLanguage({ cookie: valueOf('lang'), header: header('accept-language') })
	]);
}

interface Request {
	method?: string;
	url?: string;
	headers: Record<string, string | string[] | undefined>;
}

const decisive = ['host', 'x-forwarded-proto', 'cookie', 'accept-language', 'sec-fetch-site'];
const known = new Map<string, string | null>();
const mostKnown = 2_000;
const longestKnown = 500;

/** `cacheKey` of a request. The same few questions come again and again: their answers are remembered. */
export function keyOf({ method, url, headers }: Request): string | null {
	if (method !== 'GET' || headers.authorization) return null;
	let asked = url ?? '';
	for (const name of decisive) asked += `\n${headers[name] ?? ''}`;
	let key = known.get(asked);
	if (key !== undefined) return key;
	key = cacheKey({ method, url, header: (name) => headers[name] as string | undefined });
	if (known.size >= mostKnown) known.clear();
	if (asked.length <= longestKnown) known.set(asked, key);
	return key;
}

export type Coding = 'br' | 'gzip' | 'identity';

export interface KeptPage {
	headers: Array<[string, string]>;
	etag: string;
	municipalityId: string;
	/** Milliseconds since 1970: words like "2 days ago" grow old without any deed. */
	until: number;
	plain: Buffer;
	/** Made when first asked for, once. */
	packed: Partial<Record<Coding, Packed | Promise<Packed>>>;
}

/** A page as it goes over the wire. */
export interface Packed {
	/** Names and values in turn, as `writeHead` takes them. */
	headers: string[];
	/** One character a byte (`latin1`): Node sends that together with the headers, a buffer after them. */
	body: string;
}

const mostBytes = 64_000_000;
const mostBytesOfOne = 1_000_000;
const keptFor = 30_000;
/** In milliseconds. However much happens, pages are made anew once in this time, not for every deed. */
export const dropsApart = 200;

/** Names these bytes, whichever way they are packed (RFC 9110, 8.8.3: weak). */
export const tagOf = (plain: Buffer) =>
	`W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;

/** Whether a browser that sends `If-None-Match` holds these bytes already. */
export const isHeld = (etag: string, ifNoneMatch: string | null | undefined) =>
	(ifNoneMatch ?? '').split(/,\s*/).some((each) => each === etag || each === '*');

/** Pages that many read, rendered once for all of them, least recently asked for first. */
export class PageCache {
	#pages = new Map<string, KeptPage>();
	#bytes = 0;
	#rendering = new Map<string, PromiseWithResolvers<void>>();
	#lastDrop = new Map<string, { nth: number; at: number }>();
	#due = new Set<string>();
	#drops = 0;
	hits = 0;

	get(key: string, now = Date.now()): KeptPage | undefined {
		const page = this.#pages.get(key);
		if (!page) return undefined;
		this.#pages.delete(key);
		if (page.until <= now) {
			this.#bytes -= page.plain.length;
			return undefined;
		}
		this.#pages.set(key, page);
		this.hits++;
		return page;
	}

	/** A count that tells `keep` whether anything was dropped while a page was being made. */
	get drops() {
		return this.#drops;
	}

	/** Keeps a page made since `drops` was read; not when its municipality changed meanwhile. */
	keep(
		key: string,
		page: {
			headers: Array<[string, string]>;
			municipalityId: string;
			plain: Buffer;
			drops: number;
		},
		now = Date.now()
	) {
		if ((this.#lastDrop.get(page.municipalityId)?.nth ?? 0) > page.drops) return;
		if (page.plain.length > mostBytesOfOne) return;
		this.#remove(key);
		this.#bytes += page.plain.length;
		this.#pages.set(key, {
			headers: page.headers,
			municipalityId: page.municipalityId,
			plain: page.plain,
			etag: tagOf(page.plain),
			until: now + keptFor,
			packed: {}
		});
		for (const [oldest] of this.#pages) {
			if (this.#bytes <= mostBytes) break;
			this.#remove(oldest);
		}
	}

	/**
	 * Lets go of every page of a municipality: something happened there. Of many deeds the first is heeded at
	 * once, those that follow shortly after together.
	 */
	drop(municipalityId: string, now = Date.now()) {
		if (this.#due.has(municipalityId)) return;
		const wait = (this.#lastDrop.get(municipalityId)?.at ?? -Infinity) + dropsApart - now;
		if (wait <= 0) return this.#dropNow(municipalityId, now);
		this.#due.add(municipalityId);
		setTimeout(() => this.#dropNow(municipalityId, now + wait), wait).unref();
	}

	#dropNow(municipalityId: string, at: number) {
		this.#due.delete(municipalityId);
		this.#lastDrop.set(municipalityId, { nth: ++this.#drops, at });
		for (const [key, page] of this.#pages)
			if (page.municipalityId === municipalityId) this.#remove(key);
	}

	/** Whoever is first renders (and calls what is answered here when done); the others wait for that. */
	begin(key: string): { first: () => void } | { wait: Promise<void> } {
		const running = this.#rendering.get(key);
		if (running) return { wait: running.promise };
		const mine = Promise.withResolvers<void>();
		this.#rendering.set(key, mine);
		return {
			first: () => {
				this.#rendering.delete(key);
				mine.resolve();
			}
		};
	}

	#remove(key: string) {
		const page = this.#pages.get(key);
		if (!page) return;
		this.#bytes -= page.plain.length;
		this.#pages.delete(key);
	}
}

/** The page in a content coding (RFC 9110, 8.4). Brotli at its strongest: it is done once for all readers. */
export function packedAs(page: KeptPage, coding: Coding): Packed | Promise<Packed> {
	return (page.packed[coding] ??= packing(page, coding).then(
		(packed) => (page.packed[coding] = packed)
	));
}

async function packing(page: KeptPage, coding: Coding): Promise<Packed> {
	const body =
		coding === 'br'
			? await brotli(page.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
			: coding === 'gzip'
				? await deflate(page.plain, { level: 9 })
				: page.plain;
	const headers = [
		...page.headers,
		['etag', page.etag],
		['x-kept', '1'],
		['content-length', String(body.length)],
		...(coding === 'identity' ? [] : [['content-encoding', coding]])
	];
	return { headers: headers.flat(), body: body.toString('latin1') };
}
