import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';
import sharp from 'sharp';

/** Where the server under test answers, as browsers write an origin. */
export const origin = () => new URL(base.info().project.use.baseURL!).origin;

/** Does many small things a few at a time: the server works while other answers travel. */
export async function severalAtOnce<Thing>(
	things: readonly Thing[],
	act: (thing: Thing) => Promise<void>,
	several = 6
) {
	const left = things.values();
	const one = async () => {
		for (const thing of left) await act(thing);
	};
	await Promise.all(Array.from({ length: several }, one));
}

/** Signs somebody of the demonstration in, without going through its page. */
export const signIn = (page: Page, account: string) =>
	page.request.post('/demo/sign-in', {
		form: { account },
		headers: { origin: origin() },
		maxRedirects: 0
	});

export type Visit = (account?: string, javaScriptEnabled?: boolean) => Promise<Page>;

/** `visit`: somebody of the demonstration, or a stranger, in a browser of their own that ends with the test. */
export const test = base.extend<{ visit: Visit }>({
	visit: async ({ browser }, use) => {
		const open: Page[] = [];
		await use(async (account, javaScriptEnabled = false) => {
			const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
			open.push(page);
			if (account) await signIn(page, account);
			return page;
		});
		for (const page of open) await page.context().close();
	}
});

/** Waits until the phone keeps a page or a file, or does so no more. */
export const isKept = (page: Page, path: string, kept = true) =>
	expect
		.poll(() => page.evaluate(async (each) => Boolean(await caches.match(each)), path))
		.toBe(kept);

/** The worker controls the page and has kept what everybody needs. */
export async function settled(page: Page) {
	for (const path of ['/offline', '/waiting', '/report', '/contacts']) await isKept(page, path);
	// A page that was opened before the worker was awake is never its own: the next one is.
	const controlled = () => navigator.serviceWorker.controller !== null;
	if (!(await page.evaluate(controlled))) await page.reload();
	await page.waitForFunction(controlled);
}

type Fields = Record<string, string | { name: string; mimeType: string; buffer: Buffer }>;

/** Sends the report form as a browser would, for ward 7 of Khanyisa; answers the reference. */
export async function report(page: Page, fields: Fields): Promise<string> {
	const sent = await page.request.post('/report', {
		multipart: { municipality: 'KHA', ward: '99901007', ...fields },
		headers: { origin: origin(), accept: 'text/html' }
	});
	expect(sent.ok(), await sent.text()).toBe(true);
	return /[A-Z]{3}-\d{2}-\w+/.exec(sent.url())![0];
}

export interface Message {
	channel: string;
	to: string;
	subject: string;
	text: string;
	language: string;
}

/** Every message of the demonstration, newest first. */
export const outbox = async (request: APIRequestContext): Promise<Message[]> =>
	(await request.get('/demo/outbox.json')).json();

/** The newest message to an address that ends so, once there is one about what is asked for. */
export async function newest(request: APIRequestContext, to: string, about = ''): Promise<Message> {
	let found: Message | undefined;
	await expect(async () => {
		found = (await outbox(request)).find(
			(each) => each.to.endsWith(to) && `${each.subject} ${each.text}`.includes(about)
		);
		expect(found, `a message to ${to} about “${about}”`).toBeDefined();
	}).toPass();
	return found!;
}

/** A photo of a kerb, as a phone sends it. */
export const kerb = () =>
	sharp({ create: { width: 1200, height: 900, channels: 3, background: '#567' } })
		.jpeg()
		.toBuffer();

/** The same as a file, for a form that a person fills in. */
export async function photo(name: string): Promise<string> {
	const path = join(mkdtempSync(join(tmpdir(), 'photo-')), name);
	writeFileSync(path, await kerb());
	return path;
}

/** No fault for axe on these pages, one h1 each, and nothing wider than the screen. */
export async function looksWell(page: Page, addresses: string[]) {
	const { width } = page.viewportSize()!;
	for (const address of addresses) {
		await page.goto(address);
		await expect(page.getByRole('heading', { level: 1 }), address).toHaveCount(1);
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [address, id, nodes[0].html])).toEqual([]);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(wide, `${address} at ${width}`).toBeLessThanOrEqual(width);
	}
}
