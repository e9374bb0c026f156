import { version } from '$service-worker';
import {
	anyCopyDoes,
	assetsOf,
	partsOf,
	essentials,
	isKeepable,
	isPast,
	languageOf,
	mayKeep,
	surplus
} from '#lib/offline/kept-page.ts';

import { notedReader, noteReader, pages } from '#lib/offline/marks.ts';
import { localeOf } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

export const built = 'built';
/** The mark the server puts on the pages of whoever is signed in; nobody's pages have none. */
const readerHeader = 'x-reader';
const day = 86_400_000;

const keyOf = (url: string | URL) => {
	const { origin, pathname, search } = new URL(url, self.location.origin);
	return origin + pathname + search;
};

const isPastHere = ({ headers }: Response) =>
	isPast(headers.get(readerHeader), Number(headers.get('x-kept-here')), Date.now());

/** A page from this phone: everybody's however old, somebody's own as long as a session lives. */
export async function keptPage(url: string | URL) {
	const cache = await caches.open(pages);
	let exact = await cache.match(keyOf(url));
	if (exact && isPastHere(exact)) {
		await cache.delete(keyOf(url));
		exact = undefined;
	}
	// `/report?service=pothole` was never read, `/report` is there.
	const { pathname } = new URL(url, self.location.origin);
	return exact ?? (anyCopyDoes(pathname) ? cache.match(keyOf(pathname)) : undefined);
}

/** The language of this phone's own pages, for what no page is there to say. */
export const localeHere = async () =>
	localeOf(languageOf((await (await keptPage('/offline'))?.text()) ?? ''));

/** How often pages left this phone. What was asked for before comes too late to be kept after. */
let forgotten = 0;
export const era = () => forgotten;

/** Every page leaves the phone: somebody signed out, or somebody else signed in. */
export async function forgetPages() {
	forgotten++;
	reader = undefined;
	const cache = await caches.open(pages);
	for (const { url } of await cache.keys())
		// The page for no signal says nothing of anybody.
		if (url !== keyOf('/offline')) await cache.delete(url);
}

let reader: string | undefined;

/** Who was signed in when a page last came from the network. */
export const currentReader = async () => (reader ??= await notedReader());

/** What one person read is no page for the next; any page of ours says who reads now. */
async function seeReader(answer: Response) {
	const now = answer.headers.get(readerHeader) ?? '';
	if ((await currentReader()) === now) return;
	await forgetPages();
	await noteReader((reader = now));
}

/**
 * Keeps what the network answered, with its styles and scripts, and lets the oldest go.
 * @param asked the `era()` in which it was asked for
 */
export async function keepPage(url: string | URL, answer: Response, asked: number) {
	if (asked !== era() || !answer.ok || !isPage(answer)) return;
	await seeReader(answer);
	if (!isKeepable(new URL(url, self.location.origin))) return;
	const now = era();
	const body = await answer.arrayBuffer();
	if (now !== era() || !mayKeep(answer, body.byteLength)) return;

	const headers = new Headers(answer.headers);
	for (const name of ['content-encoding', 'content-length']) headers.delete(name);
	headers.set('x-kept-bytes', String(body.byteLength));
	headers.set('x-kept-here', String(Date.now()));
	headers.set('x-kept-by', version);
	const cache = await caches.open(pages);
	// Deleted first, so that the list stays in the order of reading.
	await cache.delete(keyOf(url));
	await cache.put(keyOf(url), new Response(body, { headers }));
	await trim(cache);
	await keepAssets(new TextDecoder().decode(body));
}

const isPage = ({ headers }: Response) =>
	(headers.get('content-type') ?? '').startsWith('text/html');

async function trim(cache: Cache) {
	const kept = [];
	for (const { url } of await cache.keys()) {
		const bytes = Number((await cache.match(url))?.headers.get('x-kept-bytes') ?? 0);
		if (bytes) kept.push({ url, bytes });
	}
	for (const url of surplus(kept)) await cache.delete(url);
}

async function keepAssets(html: string) {
	const cache = await caches.open(built);
	const wanted = new Set(assetsOf(html));
	// A set grows while it is gone through: what a script imports is wanted too.
	for (const url of wanted) {
		if (!(await cache.match(url))) {
			const known = (await caches.match(url)) ?? (await fetch(url).catch(() => undefined));
			if (known?.ok) await cache.put(url, known);
		}
		if (!url.endsWith('.js')) continue;
		const script = await (await cache.match(url))?.text();
		for (const part of partsOf(script ?? '', url)) wanted.add(part);
	}
	return wanted;
}

/** Fetches a page to be kept, unless a copy is here that is good enough. */
async function fetchToKeep(url: string | URL, goodEnough: (known: Response) => Promise<boolean>) {
	const known = await (await caches.open(pages)).match(keyOf(url));
	if (known && (await goodEnough(known))) return;
	const asked = era();
	const answer = await fetch(url, { headers: { accept: 'text/html' } });
	if (!answer.redirected) await keepPage(url, answer, asked);
}

const isFresh = ({ headers }: Response) =>
	headers.get('x-kept-by') === version &&
	Math.abs(Date.now() - Number(headers.get('x-kept-here'))) < day;

/** Somebody counts their megabytes: only what cannot wait. */
const isSparing = () =>
	(navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData ?? false;

/** The pages everybody needs, in the language now read, not older than a day. */
export async function keepEssentials(language: string) {
	for (const path of isSparing() ? essentials.slice(0, 2) : essentials)
		await fetchToKeep(
			path,
			async (known) => isFresh(known) && languageOf(await known.text()) === language
		).catch(() => {});
}

/** Pages somebody will want without signal: their own ward, their own reports. */
export async function keepAlso(urls: string[]) {
	for (const url of urls.slice(0, isSparing() ? 1 : 12))
		await fetchToKeep(url, async (known) => isFresh(known)).catch(() => {});
}

/** After a new version came: scripts and styles that no page on this phone names go. */
export async function tidy() {
	const named = new Set<string>();
	const cache = await caches.open(pages);
	for (const request of await cache.keys()) {
		const html = await (await cache.match(request))?.text();
		for (const url of await keepAssets(html ?? '')) named.add(url);
	}
	const assets = await caches.open(built);
	for (const request of await assets.keys())
		if (!named.has(new URL(request.url).pathname)) await assets.delete(request);
}
