import {
	essentials,
	isKeepable,
	languageOf,
	withFreshIds,
	withNote
} from '#lib/offline/kept-page.ts';
import { era, keepPage, keptPage } from './store.ts';
import { escaped, localeOf, m, timeIn } from './words.ts';

/** With a copy at hand nobody waits longer for the network, in milliseconds. */
const patience = 3500;

interface Asked {
	request: Request;
	url: URL;
	event: ExtendableEvent;
}

/** A page: from the network, and kept; without it the copy from this phone, with its time on it. */
export async function readPage({ request, url, event }: Asked): Promise<Response> {
	const known =
		isKeepable(url) || essentials.includes(url.pathname) ? await keptPage(url) : undefined;
	const asked = era();
	const fresh = fromNetwork(request, event as FetchEvent);
	event.waitUntil(
		fresh.then(
			(answer) => keepPage(url, answer.clone(), asked),
			() => undefined
		)
	);
	const answer = await (known ? inTime(fresh) : fresh.catch(() => null));
	if (answer && (answer.status < 500 || !known)) return answer;
	return known ? shown(known) : noSignal();
}

async function fromNetwork(request: Request, event: FetchEvent): Promise<Response> {
	const early: Response | undefined = await event.preloadResponse;
	return early ?? (await fetch(request));
}

const inTime = (answer: Promise<Response>): Promise<Response | null> =>
	Promise.race([
		answer.catch(() => null),
		new Promise<null>((done) => setTimeout(() => done(null), patience))
	]);

async function shown(known: Response): Promise<Response> {
	const html = await known.text();
	const locale = localeOf(languageOf(html));
	const at = new Date(known.headers.get('date') ?? Number(known.headers.get('x-kept-here')));
	const says = m.offline_as_of({ time: timeIn(locale, at) }, { locale });
	const again = m.offline_again({}, { locale });
	const note = `<div class="wrap" data-as-of style="padding-block-start:var(--s4)"><p class="notice" role="status">${escaped(says)} <a href="">${escaped(again)}</a></p></div>`;
	return new Response(withNote(withFreshIds(html), note), { headers: known.headers });
}

/** The page for no signal, and when even that is missing, a line that works everywhere. */
export async function noSignal(): Promise<Response> {
	const known = await keptPage('/offline');
	if (known) return known;
	return new Response('No signal. In danger? Call 112.', {
		status: 503,
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});
}
