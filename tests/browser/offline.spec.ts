import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type CDPSession, type Page } from '@playwright/test';
import { isKept, origin, photo, settled, signIn, test, type Visit } from './demo.ts';

/** A stranger's phone that keeps what everybody needs. */
async function onPhone(visit: Visit) {
	const page = await visit(undefined, true);
	await page.goto('/');
	await settled(page);
	return page;
}

/** Thandi signs in on it, and her own pages stay there. */
async function keepMine(page: Page) {
	await signIn(page, 'resident');
	await page.goto('/mine');
	await isKept(page, '/mine');
}

async function signOut(page: Page, home = '') {
	await page.goto(`${home}/sign-out`);
	await page.getByRole('button', { name: 'Sign out' }).click();
}

/** Without signal this page is not to be read here. */
async function isGone(page: Page, path: string) {
	await page.goto(path);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No signal');
}

async function fillReport(page: Page, words: string, home = '') {
	await page.goto(`${home}/report`);
	await page.locator('summary', { hasText: /^Water$/ }).click();
	await page.getByLabel('Burst pipe or water running', { exact: true }).check();
	await page.getByLabel('Tell us what you see').fill(words);
	await page.locator('#place').fill('Corner by the clinic');
}

const send = (page: Page) => page.getByRole('button', { name: 'Send my report' }).click();

test('Thandi reads without signal what she read before, with its time on it', async ({ visit }) => {
	const page = await onPhone(visit);
	await page.goto('/wards/99901007');
	await isKept(page, '/wards/99901007');
	const said = await page.getByRole('heading', { level: 1 }).textContent();

	await page.context().setOffline(true);
	await page.goto('/wards/99901007');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(said!);
	await expect(page.getByText(/^As of \d\d:\d\d\./)).toBeVisible();
	await page.goto('/contacts');
	await expect(page.getByText(/^As of \d\d:\d\d\./)).toBeVisible();
	await isGone(page, '/wards/99901002');
	await expect(page.getByRole('link', { name: 'Write a report' })).toBeVisible();

	await page.context().setOffline(false);
	await page.goto('/wards/99901007');
	await expect(page.getByText(/^As of /)).toHaveCount(0);
});

test('a report with a photo waits in sight without signal and is sent once', async ({ visit }) => {
	const page = await onPhone(visit);
	await page.context().setOffline(true);

	await fillReport(page, 'Water runs down the street since last night');
	await page.setInputFiles('#photo', await photo('pipe.jpg'));
	await send(page);
	await expect(page).toHaveURL(/\/waiting#w-/);
	await expect(page.getByText('Waits for signal')).toBeVisible();
	await expect(page.getByText('Water runs down the street since last night').first()).toBeVisible();
	await expect(page.getByAltText(/Photos: /)).toBeVisible();
	await page.goto('/contacts');
	await expect(page.getByRole('link', { name: '1 waiting to send' })).toBeVisible();

	// Two pages hear that there is signal again.
	const other = await page.context().newPage();
	await other.goto('/waiting');
	await page.context().setOffline(false);
	await expect(other.getByText('Sent', { exact: true })).toBeVisible();
	await other.getByRole('link', { name: 'See it' }).click();
	await expect(other).toHaveURL(/\/issues\/KHA-/);
	await expect(other.locator('img[src^="/photos/"]')).toHaveCount(1);
	await other.goto('/mine');
	await expect(other.getByText('Water runs down the street since last night')).toHaveCount(1);
});

test('what is refused explains itself, and opens filled in to be mended', async ({ visit }) => {
	const page = await onPhone(visit);
	await page.context().setOffline(true);
	await fillReport(page, 'The pipe by the school is open again');
	await page.getByLabel('Your phone number').fill('072 000 00');
	await send(page);
	await expect(page.getByText('Waits for signal')).toBeVisible();

	await page.context().setOffline(false);
	await expect(page.getByText('Could not be sent')).toBeVisible();
	await expect(page.locator('[data-said]')).toContainText('phone number with 10 digits');
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a file' }).click();
	expect((await saved).suggestedFilename()).toMatch(/^imbizo-report-.*\.html$/);

	await page.getByRole('button', { name: 'Mend it and send again' }).click();
	await expect(page).toHaveTitle(/^Error: /);
	await expect(page.getByLabel('Tell us what you see')).toHaveValue(
		'The pipe by the school is open again'
	);
	await page.getByLabel('Your phone number').fill('072 000 0000');
	await send(page);
	await expect(page).toHaveURL(/\/issues\/KHA-/);
	await page.goto('/waiting');
	await expect(page.getByText('Sent', { exact: true })).toBeVisible();
	await expect(page.getByText('Could not be sent')).toHaveCount(0);
});

test('what waits can be deleted, and survives a restart until then', async ({ visit }) => {
	const page = await onPhone(visit);
	await page.context().setOffline(true);
	await fillReport(page, 'A tap drips at the taxi rank');
	await send(page);
	// Reloaded while it is still on its way there, the page would be none.
	await expect(page).toHaveURL(/\/waiting#w-/);
	await page.reload();
	await expect(page.getByText('A tap drips at the taxi rank').first()).toBeVisible();
	await page.locator('summary', { hasText: 'Delete' }).click();
	await page.getByRole('button', { name: 'Delete it for good' }).click();
	await expect(page.getByText('Nothing waits.')).toBeVisible();
});

test('the pages of whoever was signed in leave the phone when they sign out', async ({ visit }) => {
	const page = await onPhone(visit);
	await keepMine(page);
	await signOut(page);
	await expect(page).toHaveURL(/\/$/);
	await page.context().setOffline(true);
	await isGone(page, '/mine');
});

test('pages leave the phone as soon as anybody else opens any page of ours', async ({ visit }) => {
	const page = await onPhone(visit);
	await keepMine(page);
	// The session ended by itself, and the next person gets no further than this page.
	await page.context().clearCookies({ name: 'session' });
	await page.goto('/sign-in');
	await isKept(page, '/mine', false);
	await page.context().setOffline(true);
	await isGone(page, '/mine');
});

test('what Thandi wrote while she was signed in is for her eyes, and waits for her', async ({
	visit
}) => {
	const page = await onPhone(visit);
	await signIn(page, 'resident');
	await page.goto('/');
	await settled(page);
	await page.context().setOffline(true);
	await fillReport(page, 'My neighbour lets sewage run into the street');
	await send(page);
	await expect(page.getByText('My neighbour lets sewage').first()).toBeVisible();

	await page.context().clearCookies({ name: 'session' });
	await page.context().setOffline(false);
	await page.goto('/sign-in');
	await page.goto('/waiting');
	await expect(
		page.getByText('Somebody who was signed in on this phone wrote this.')
	).toBeVisible();
	await expect(page.getByText('My neighbour lets sewage')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Mend it' })).toHaveCount(0);

	await signIn(page, 'resident');
	await page.goto('/');
	await page.goto('/waiting');
	await expect(page.getByText('My neighbour lets sewage').first()).toBeVisible();
	await page.getByRole('button', { name: 'Mend it and send again' }).click();
	await expect(page).toHaveURL(/\/issues\/KHA-/);
});

test('what comes late for somebody who signed out meanwhile is not kept', async ({ visit }) => {
	const front = await slowBefore(origin());
	try {
		const page = await visit(undefined, true);
		await page.goto(front.home);
		await settled(page);
		await signIn(page, 'resident');
		await page.goto(front.home);

		front.hold('/news');
		const late = await page.context().newPage();
		const coming = late.goto(`${front.home}/news`);
		await front.held();
		await signOut(page, front.home);
		await page.waitForURL(`${front.home}/`);
		// What the late page asks for anew is nobody's, and soon takes the place of what was kept for Thandi.
		const seen = page.evaluate(async () => {
			const readers = new Set<string | null | undefined>();
			for (const start = performance.now(); performance.now() - start < 3000;) {
				readers.add((await caches.match('/news'))?.headers.get('x-reader'));
				await new Promise((later) => setTimeout(later, 2));
			}
			return [...readers].filter(Boolean);
		});
		front.release();
		expect((await coming)?.headers()['x-reader']).toBeTruthy();
		expect(await seen).toEqual([]);
	} finally {
		await front.close();
	}
});

test('signing out without signal takes the pages from the phone all the same', async ({
	visit
}) => {
	const page = await onPhone(visit);
	await keepMine(page);
	await page.goto('/sign-out');
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No signal');
	await isGone(page, '/mine');
});

test('the pages of Khanyisa leave the phone when its neighbour is chosen', async ({ visit }) => {
	const page = await onPhone(visit);
	await page.goto('/wards/99901007');
	await isKept(page, '/wards/99901007');
	await page.goto('/?m=THO');
	await isKept(page, '/wards/99901007', false);
	await settled(page);
	await page.context().setOffline(true);
	await page.goto('/contacts');
	await expect(page.locator('body')).toContainText('Thokozani');
	await isGone(page, '/wards/99901007');
});

test('a tab that was left open does not send again what was deleted in another', async ({
	visit
}) => {
	const page = await onPhone(visit);
	await page.context().setOffline(true);
	await fillReport(page, 'A dog lies in the road');
	await page.getByLabel('Your phone number').fill('072 000 00');
	await send(page);
	await expect(page.getByText('Waits for signal')).toBeVisible();
	await page.context().setOffline(false);
	const mend = page.getByRole('button', { name: 'Mend it and send again' });
	await expect(mend).toBeVisible();

	const other = await page.context().newPage();
	await other.goto('/waiting');
	await other.locator('summary', { hasText: 'Delete' }).click();
	await other.getByRole('button', { name: 'Delete it for good' }).click();
	await expect(other.getByText('Nothing waits.')).toBeVisible();

	const posted: string[] = [];
	page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()));
	await mend.click();
	await expect(page.getByText('Nothing waits.')).toBeVisible();
	expect(posted).toEqual([]);
	await expect(page).toHaveURL(/\/waiting/);
});

test('a half-written report leaves the phone with whoever signs out', async ({ visit }) => {
	const page = await visit('resident', true);
	await fillReport(page, 'They cut our water for the third time');
	await page.waitForFunction(() =>
		Object.keys(localStorage).some((key) => key.startsWith('report '))
	);
	await signOut(page);
	await page.waitForURL(/\/$/);
	await page.goto('/report');
	await expect(page.getByLabel('Tell us what you see')).toHaveValue('');
	expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('what a proxy finds too large is refused in words, and holds up nothing behind it', async ({
	visit
}) => {
	const front = await newerBehind(origin());
	try {
		const page = await visit(undefined, true);
		await page.goto(front.home);
		await settled(page);
		front.answerForms(502);
		await fillReport(page, 'A very large photo', front.home);
		await send(page);
		await expect(page.getByText('Waits for signal')).toBeVisible();
		front.answerForms(413);
		await page.getByRole('button', { name: 'Send now' }).click();
		await expect(page.getByText('Could not be sent')).toBeVisible();
		await expect(page.locator('[data-said]')).toContainText('This is too large to be sent.');
	} finally {
		await front.close();
	}
});

test('a push that arrives is shown, in the words of the message', async ({ visit }) => {
	const page = await visit(undefined, true);
	await page.context().grantPermissions(['notifications'], { origin: origin() });
	const devtools = await page.context().newCDPSession(page);
	const registrationId = await registrationOf(devtools, page);
	const deliver = (data: string) =>
		devtools.send('ServiceWorker.deliverPushMessage', { origin: origin(), registrationId, data });
	const told = () =>
		page.evaluate(async () => {
			const { getNotifications } = await navigator.serviceWorker.ready.then((each) => ({
				getNotifications: () => each.getNotifications()
			}));
			return (await getNotifications()).map(({ title, body }) => `${title}: ${body}`);
		});
	const notification = { title: 'Your report is being worked on', body: 'KHA-26-7K3MQ', tag: 'a' };
	await deliver(JSON.stringify({ web_push: 8030, notification }));
	await expect.poll(told).toEqual(['Your report is being worked on: KHA-26-7K3MQ']);

	// A phone that is pushed to and shows nothing loses its subscription: rubbish is shown as news.
	const rubbish = [
		'nonsense',
		'null',
		'[]',
		'{"notification":"text"}',
		JSON.stringify({ notification: { title: { a: 1 }, lang: 5, body: [], navigate: {}, tag: 7 } })
	];
	for (const each of rubbish) {
		const before = (await told()).length;
		// On a busy machine the tools of the browser lose one now and then: it is delivered again.
		await expect(async () => {
			await deliver(each);
			await expect
				.poll(async () => (await told()).length, { timeout: 4000 })
				.toBeGreaterThan(before);
		}).toPass();
	}
	expect((await told()).filter((each) => /object|KHA/.test(each))).toHaveLength(1);
});

test('a push that is pressed opens its page, and leaves alone whoever is writing', async ({
	visit
}) => {
	const page = await onPhone(visit);
	await page.goto('/report');
	await page.getByLabel('Tell us what you see').fill('The light at the bus');
	const reading = await page.context().newPage();
	await reading.goto('/contacts');

	const [worker] = page.context().serviceWorkers();
	/** Presses a push about a page; a browser without a person gives no window, so all ways are watched. */
	const press = (path: string): Promise<string[]> =>
		worker.evaluate(`(async () => {
			const done = [];
			self.clients.openWindow = async (url) => (done.push('opens ' + url), null);
			WindowClient.prototype.focus = async function () {
				done.push('shows ' + this.url);
				return this;
			};
			WindowClient.prototype.navigate = async (url) => (done.push('takes over for ' + url), null);
			const notification = { close() {}, data: { path: ${JSON.stringify(path)} } };
			self.dispatchEvent(
				Object.assign(new ExtendableEvent('notificationclick'), { notification })
			);
			for (let tries = 0; !done.length && tries < 50; tries++)
				await new Promise((later) => setTimeout(later, 20));
			return done;
		})()`);

	const home = origin();
	expect(await press('/contacts')).toEqual([`shows ${home}/contacts`]);
	expect(await press('/issues/KHA-26-7K3MQ')).toEqual([`opens ${home}/issues/KHA-26-7K3MQ`]);
	expect(await press('https://elsewhere.example/contacts')).toEqual([`opens ${home}/`]);
	await expect(page.getByLabel('Tell us what you see')).toHaveValue('The light at the bus');
});

async function registrationOf(devtools: CDPSession, page: Page): Promise<string> {
	const found = new Promise<string>((done) =>
		devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const [first] = registrations;
			if (first) done(first.registrationId);
		})
	);
	await devtools.send('ServiceWorker.enable');
	await page.goto('/');
	await settled(page);
	return await found;
}

test('a newer version is offered to whoever is not writing, and comes when it is asked for', async ({
	visit
}) => {
	const front = await newerBehind(origin());
	try {
		const page = await visit(undefined, true);
		await page.goto(front.home);
		await settled(page);
		front.release();

		await page.goto(`${front.home}/contacts`);
		const offer = page.getByRole('button', { name: 'Reload' });
		await expect(page.getByText('A newer version is ready.')).toBeVisible();
		await page.goto(`${front.home}/report`);
		await expect(offer).toBeVisible();
		await page.getByLabel('Tell us what you see').fill('The light at the bus');
		await expect(offer).toBeHidden();

		await page.goto(`${front.home}/contacts`);
		const before = await page.evaluate(() => performance.timeOrigin);
		await expect(offer).toBeVisible();
		await offer.click();
		await page.waitForFunction((then) => performance.timeOrigin !== then, before);
		await expect(offer).toHaveCount(0);
	} finally {
		await front.close();
	}
});

/** The same product at an address of its own, where a newer service worker can be released. */
async function newerBehind(behind: string) {
	let [newer, forms] = ['', 0];
	const server = createServer(async ({ url = '/', method }, answer) => {
		if (method === 'POST' && forms)
			return void answer.writeHead(forms, { 'content-type': 'text/html' }).end('<h1>nginx</h1>');
		const got = await fetch(new URL(url, behind), { headers: { accept: 'text/html' } });
		const end = url === '/service-worker.js' ? newer : '';
		answer
			.writeHead(got.status, { 'content-type': got.headers.get('content-type') ?? '' })
			.end(Buffer.concat([Buffer.from(await got.arrayBuffer()), Buffer.from(end)]));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		home: `http://localhost:${(server.address() as AddressInfo).port}`,
		release: () => void (newer = '\n// newer'),
		/** What stands before it answers every form with this status and a page of its own. */
		answerForms: (status: number) => void (forms = status),
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

/** The same product at an address of its own, whole, where one page can be held up on its way back. */
async function slowBefore(behind: string) {
	const { hostname, port } = new URL(behind);
	let slow = '';
	const [arrived, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	const server = createServer((asked, answer) => {
		const { url: path, method, headers } = asked;
		const onward = ask({ hostname, port, path, method, headers }, async (got) => {
			if (slow && path === slow) {
				arrived.resolve();
				await free.promise;
			}
			answer.writeHead(got.statusCode!, got.headers);
			got.pipe(answer);
		});
		onward.on('error', () => answer.destroy());
		asked.pipe(onward);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		home: `http://localhost:${(server.address() as AddressInfo).port}`,
		hold: (path: string) => void (slow = path),
		/** The answer is here, and goes no further until it is released. */
		held: () => arrived.promise,
		release: () => free.resolve(),
		close: async () => {
			free.resolve();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
