import assert from 'node:assert/strict';
import puppeteer, { type Page } from 'puppeteer-core';
import { serveImbizo } from '../../bench/served.ts';
import { eventually } from './driver.ts';
import { firefoxProgram } from './firefox.ts';
import { servePushes } from './push-service.ts';

const title = 'No water in Mill Road on Thursday';

/**
 * A real push from end to end: Firefox subscribes, the office publishes, our worker process seals and
 * posts, the push service passes on what it cannot read, Firefox opens it and shows it.
 */
export async function pushReachesFirefox() {
	const pushes = await servePushes();
	const server = await serveImbizo({ PUSH_ALLOW: pushes.host });
	const home = `http://localhost:${server.port}`;
	const browser = await puppeteer.launch({
		browser: 'firefox',
		executablePath: firefoxProgram,
		headless: true,
		extraPrefsFirefox: {
			'dom.push.serverURL': `ws://${pushes.host}`,
			'dom.push.testing.allowInsecureServerURL': true,
			'dom.push.connection.enabled': true,
			'dom.push.alwaysConnect': true,
			'permissions.default.desktop-notification': 1,
			// A machine without a desktop has nobody to show it but Firefox itself.
			'alerts.useSystemBackend': false
		}
	});
	try {
		const page = await browser.newPage();
		await page.goto(home);
		await post(page, '/demo/sign-in', { account: 'resident' });
		await post(page, '/news/follow', { topic: 'water' });
		await allowPushes(page, home);
		await publish(home);
		assert.deepEqual(await shown(page), [`News: ${title}`]);
		assert.equal(pushes.delivered.length, 1);
		assert.equal(pushes.delivered[0]['content-encoding'], 'aes128gcm');
	} finally {
		await browser.close();
		await server.stop();
		await pushes.close();
	}
}

async function allowPushes(page: Page, home: string) {
	await page.goto(`${home}/account/messages`);
	const button = await page.waitForSelector('[data-push] button', { visible: true });
	await button!.click();
	await eventually('the page to say that pushes come', () =>
		page.$eval('[data-push]', (place) => {
			const { done } = JSON.parse((place as HTMLElement).dataset.words!);
			return place.querySelector('[role=status]')!.textContent === done;
		})
	);
}

const shown = (page: Page) =>
	eventually('the notification', () =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.ready;
			const titles = (await registration.getNotifications()).map((each) => each.title);
			return titles.length ? titles : null;
		})
	);

/** Sends a form of the product's from a page of its own. */
const post = (page: Page, path: string, fields: Record<string, string>) =>
	page.evaluate(
		async (to, body) => {
			const answer = await fetch(to, { method: 'POST', body: new URLSearchParams(body) });
			if (!answer.ok) throw new Error(`${to}: ${answer.status}`);
		},
		path,
		fields
	);

/** Lerato writes and publishes, as her two forms do. */
async function publish(home: string) {
	let cookie = '';
	const send = async (path: string, fields: Record<string, string>) => {
		const answer = await fetch(home + path, {
			method: 'POST',
			body: new URLSearchParams(fields),
			headers: { origin: home, cookie, accept: 'text/html' },
			redirect: 'manual'
		});
		assert.equal(answer.status, 303, `${path}: ${await answer.text()}`);
		return answer;
	};
	const signedIn = await send('/demo/sign-in', { account: 'communications' });
	cookie = signedIn.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	const written = await send('/office/news/new', {
		deed: crypto.randomUUID(),
		title,
		words: 'The pipe is replaced. A tanker stands at the clinic from 7:00.',
		language: 'en',
		topic: 'water'
	});
	const at = written.headers.get('location')!.split('?')[0];
	await send(`${at}/publish`, { deed: crypto.randomUUID() });
}
