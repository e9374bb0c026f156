/** What stays readable without signal: what everybody may read, and one's own reports. Never the office, accounts or secrets in addresses. */
const keepable =
	/^\/(|contacts|help|privacy|accessibility|mine|report|waiting|offline|verify|map|safe-places|(wards|councillors|commitments|issues|suggestions|news|alerts)(\/[^/]+)?|alerts\/[^/]+\/(\d+|check-in))$/;

/** Pages that are there from the first visit on and never make room for others. */
export const essentials = [
	'/offline',
	'/waiting',
	'/report',
	'/contacts',
	'/verify',
	'/safe-places'
];
/** Of these any copy will do, whatever was asked for with the address. */
export const anyCopyDoes = (pathname: string) =>
	essentials.includes(pathname) || /^\/alerts\/[^/]+\/check-in$/.test(pathname);
const pinned = new Set([...essentials, '/mine']);

const mostPages = 60;
const mostBytes = 5_000_000;
const mostBytesOfOne = 500_000;

/** Whether a page may be kept at all, by its address. */
export const isKeepable = ({ pathname, search }: Pick<URL, 'pathname' | 'search'>) =>
	keepable.test(pathname) &&
	// An answer to what somebody asked is old at once: the phone judges anew.
	!(pathname === '/verify' && search) &&
	!/[?&](t|from|next|\/\w+)=?/.test(search) &&
	search.length < 200;

/** Whether this answer may be kept: whole, ours, not too large, and no page that shows a secret once. */
export const mayKeep = ({ status, headers }: Pick<Response, 'status' | 'headers'>, bytes: number) =>
	status === 200 &&
	bytes <= mostBytesOfOne &&
	(headers.get('content-type') ?? '').startsWith('text/html') &&
	!(headers.get('cache-control') ?? '').includes('no-transform');

const day = 86_400_000;

/**
 * Whether a page that somebody read signed in lay here longer than a session lives unused: without
 * signal nobody could tell the phone that it ended.
 * @param reader the mark of who read it, if anybody was signed in
 * @param keptAt by this phone's clock, in milliseconds, as is `now`
 */
export const isPast = (reader: string | null, keptAt: number, now: number) =>
	Boolean(reader) && !(Math.abs(now - keptAt) <= 30 * day);

/** With a question in its address it is one of many, and makes room like any other. */
const isPinned = ({ pathname, search }: URL) => pinned.has(pathname) && !search;

/** Which pages have to go, oldest first, so that the rest fits. */
export function surplus(pages: Array<{ url: string; bytes: number }>): string[] {
	const loose = pages.filter(({ url }) => !isPinned(new URL(url)));
	let bytes = pages.reduce((sum, each) => sum + each.bytes, 0);
	let count = pages.length;
	const gone: string[] = [];
	for (const each of loose) {
		if (count <= mostPages && bytes <= mostBytes) break;
		gone.push(each.url);
		bytes -= each.bytes;
		count--;
	}
	return gone;
}

/** Every form on a page from the phone gets a name of its own: the page may be shown twice. */
export const withFreshIds = (html: string) =>
	html.replace(
		/name="(deed|client_id)" value="[0-9a-f-]{36}"/g,
		(_, name) => `name="${name}" value="${crypto.randomUUID()}"`
	);

/** Styles, scripts and pictures that belong to the build, as a page names them. */
export const assetsOf = (html: string) => [
	...new Set(html.match(/\/_app\/immutable\/[\w./-]+\.(?:js|css|svg|woff2)/g) ?? [])
];

/** What a built script imports at once; what it imports when asked to stays away. */
export const partsOf = (script: string, url: string) =>
	[...script.matchAll(/\bimport\s*(?:[\w{}$*,\s]+from\s*)?["'](\.{1,2}\/[\w./-]+\.js)["']/g)].map(
		([, path]) => new URL(path, `https://here${url}`).pathname
	);

/** The language a page is written in. */
export const languageOf = (html: string) => /<html[^>]* lang="([a-z]{2,3})/.exec(html)?.[1] ?? 'en';

/** Puts a note in front of what a page says. */
export const withNote = (html: string, note: string) =>
	html.replace(/<main\b/, () => `${note}<main`);
