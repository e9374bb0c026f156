/** Where pages and worker leave word for one another on this phone: names in Cache Storage. */
export const pages = 'pages';
const readerKey = '/.reader';
export const marks = 'marks';
const pushKey = '/.push';

/** What the server last heard of this phone's subscription. */
export interface NotedPush {
	endpoint: string;
	reader: string;
	at: number;
}

const noted = async (cache: string, key: string) => (await caches.open(cache)).match(key);

/** Whose pages were read here last: the mark of somebody signed in, or nothing. */
export const notedReader = async () => (await (await noted(pages, readerKey))?.text()) ?? '';

/** Lies with the pages, and leaves with them. */
export const noteReader = async (reader: string) =>
	(await caches.open(pages)).put(readerKey, new Response(reader));

export const notedPush = async (): Promise<NotedPush | null> =>
	(await (await noted(marks, pushKey))?.json()) ?? null;

export const notePush = async (mark: NotedPush) =>
	(await caches.open(marks)).put(pushKey, new Response(JSON.stringify(mark)));

/** Its owner ended it, not the browser: nobody is warned. */
export const forgetPush = async () => (await caches.open(marks)).delete(pushKey);
