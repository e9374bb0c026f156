import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { encode } from 'uqr';
import { isKept, origin, test } from './demo.ts';

interface Proof {
	number: string;
	capsule: string;
	scanned: string;
	code: string;
}

/** The unsafe water of this spring, over since: found as anybody would. */
async function water(page: Page): Promise<Proof> {
	await page.goto('/alerts');
	await page.getByRole('link', { name: /UNSAFE WATER/ }).click();
	const code = /[A-Z0-9]{3}-[A-Z0-9]{3} [A-Z0-9]{4}/.exec(
		await page.locator('main').innerText()
	)![0];
	const number = code.slice(0, 7);
	const { capsule, scanned } = await (await page.request.get(`/api/alerts/${number}.json`)).json();
	return { number, capsule, scanned: scanned.en, code };
}

/** The phone keeps the warning and the page that checks one: both read once its worker is there. */
async function keepToCheck(page: Page, number: string) {
	// A page that was opened before the worker was awake is never its own: the next one is.
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));
	for (const path of [`/alerts/${number}`, '/verify']) {
		await page.goto(path);
		await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
		await isKept(page, path);
	}
}

const verdict = (page: Page, kind: string) =>
	expect(page.locator(`main [data-answer] [data-verdict="${kind}"]`)).toBeVisible();

async function check(page: Page, text: string) {
	await page.goto('/verify');
	await page.getByLabel('Message, link or code').fill(text);
	await page.getByRole('button', { name: 'Check it' }).click();
}

test('Thandi checks a message her aunt sent, by its link, its code and its number, without scripts', async ({
	visit
}) => {
	const page = await visit();
	const { capsule, code, number } = await water(page);
	await check(page, `Please read!! ${origin()}/verify?c=${capsule} love, aunt`);
	await verdict(page, 'expired');
	await expect(page.getByText(/BOIL THE WATER/).first()).toBeVisible();
	await check(page, code.toLowerCase());
	await verdict(page, 'expired');
	await check(page, number);
	await verdict(page, 'number_only');
	await check(
		page,
		capsule.replace(/\.(.)/, (_, one) => `.${one === 'A' ? 'B' : 'A'}`)
	);
	await verdict(page, 'not_genuine');
	await check(page, 'They say the dam breaks tonight');
	await verdict(page, 'nothing');
});

test('without signal the phone itself says what it thinks of the code on a poster', async ({
	visit
}) => {
	const page = await visit(undefined, true);
	const { number, scanned } = await water(page);
	await keepToCheck(page, number);

	await page.context().setOffline(true);
	await page.goto(`/verify?c=${scanned}`);
	await verdict(page, 'expired');
	await expect(page.locator('blockquote', { hasText: 'BOIL THE WATER' })).toBeVisible();
	const [mark, packed, signature] = scanned.split('.');
	await page.goto(
		`/verify?c=${mark}.${packed}.${signature.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))}`
	);
	await verdict(page, 'not_genuine');
	await page.goto(`/alerts/${number}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('BOIL THE WATER');
});

/** What a phone sees of the code on a poster: a little turned, not quite sharp. */
async function photoOf(text: string) {
	const { data } = encode(text, { ecc: 'L', border: 4 });
	const squares = data.flatMap((row, y) =>
		row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))
	);
	const side = data.length;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 8}" height="${side * 8}"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${squares.join('')}"/></svg>`;
	const flat = await sharp(Buffer.from(svg)).png().toBuffer();
	return {
		name: 'poster.jpg',
		mimeType: 'image/jpeg',
		buffer: await sharp(flat).rotate(5, { background: '#eee' }).blur(1).jpeg().toBuffer()
	};
}

test('without signal the phone reads the code in a picture of a poster, and says what it thinks of it', async ({
	visit
}) => {
	const page = await visit(undefined, true);
	const { number, scanned } = await water(page);
	await keepToCheck(page, number);
	await isKept(page, (await page.locator('main').getAttribute('data-picture'))!);

	await page.context().setOffline(true);
	const photo = await photoOf(`${origin()}/verify?c=${scanned}`);
	await page.getByLabel('take a picture of the code').setInputFiles(photo);
	await verdict(page, 'expired');
	await expect(page.locator('blockquote', { hasText: 'BOIL THE WATER' })).toBeVisible();

	await page.goto('/verify');
	const kitten = await sharp({
		create: { width: 200, height: 200, channels: 3, background: '#a86' }
	})
		.jpeg()
		.toBuffer();
	await page.getByLabel('take a picture of the code').setInputFiles({ ...photo, buffer: kitten });
	await expect(page.getByText('no code in this picture')).toBeVisible();
});

test('without scripts the picture is read by the municipality', async ({ visit }) => {
	const page = await visit();
	const { scanned } = await water(page);
	await page.goto('/verify');
	const photo = await photoOf(`${origin()}/verify?c=${scanned}`);
	await page.getByLabel('take a picture of the code').setInputFiles(photo);
	await page.getByRole('button', { name: 'Read the code' }).click();
	await verdict(page, 'expired');
	await page.goto('/verify');
	await page.getByLabel('take a picture of the code').setInputFiles({
		name: 'song.jpg',
		mimeType: 'image/jpeg',
		buffer: Buffer.from('ID3 no photo')
	});
	await page.getByRole('button', { name: 'Read the code' }).click();
	await expect(page.getByRole('alert')).toContainText('song.jpg');
});

test('Sipho brings in a recording, Nomsa listens and approves it, and people hear it on the page', async ({
	visit
}) => {
	const thandi = await visit();
	const { number } = await water(thandi);
	const sipho = await visit('disaster-officer');
	await sipho.goto('/office/alerts');
	const row = sipho.locator('tr', { hasText: number });
	await row.getByRole('link').first().click();
	const outputs = `${new URL(sipho.url()).pathname}/outputs`;
	await sipho.goto(outputs);
	await sipho.getByLabel('Recording', { exact: true }).setInputFiles({
		name: 'warning.mp3',
		mimeType: 'audio/mpeg',
		buffer: Buffer.from('no recording at all')
	});
	await sipho.getByRole('button', { name: 'Bring it in' }).click();
	await expect(sipho.getByRole('alert')).toContainText('This is no recording');
	const sound = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), Buffer.alloc(2000)]);
	await sipho
		.getByLabel('Recording', { exact: true })
		.setInputFiles({ name: 'warning.mp3', mimeType: 'audio/mpeg', buffer: sound });
	await sipho.getByRole('button', { name: 'Bring it in' }).click();
	await expect(sipho.getByText('Waits for a second person')).toBeVisible();
	await expect(sipho.getByRole('button', { name: 'I listened' })).toHaveCount(0);

	const nomsa = await visit('disaster-approver');
	await nomsa.goto(outputs);
	await nomsa.getByRole('button', { name: 'I listened' }).click();
	await expect(nomsa.getByText('People can hear it')).toBeVisible();

	await expect(async () => {
		await thandi.goto(`/alerts/${number}/1`);
		await expect(thandi.locator('audio')).toHaveCount(1, { timeout: 1000 });
	}).toPass();
	const address = (await thandi.locator('audio').getAttribute('src'))!;
	const part = await thandi.request.get(address, { headers: { range: 'bytes=0-2' } });
	expect([part.status(), String(await part.body())]).toEqual([206, 'ID3']);
	expect(part.headers()['content-type']).toBe('audio/mpeg');
	await nomsa.getByRole('button', { name: 'Take it away' }).click();
	await expect(nomsa.getByText('There is none in any language')).toBeVisible();
	expect((await thandi.request.get(address)).status()).toBe(404);
});

test('whoever asked once is answered 304 until something happens; the message is CAP', async ({
	visit
}) => {
	const page = await visit();
	const { number } = await water(page);
	for (const [path, type] of [
		['/api/alerts/cap.atom', 'application/atom+xml'],
		['/api/alerts/cap.rss', 'application/rss+xml'],
		[`/api/alerts/${number}.1.cap.xml`, 'application/cap+xml']
	]) {
		const first = await page.request.get(path);
		expect(first.headers()['content-type'], path).toContain(type);
		const { etag } = first.headers();
		const again = await page.request.get(path, { headers: { 'if-none-match': etag } });
		expect(again.status(), path).toBe(304);
	}
	expect((await page.request.get('/api/alerts/222-222.cap.xml')).status()).toBe(404);
	const poster = await page.request.get(`/alerts/${number}/poster.pdf`);
	expect((await poster.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('Thandi tells what she heard in two taps, Lerato answers, and the answer can be checked', async ({
	visit
}) => {
	const thandi = await visit();
	const { number } = await water(thandi);
	await thandi.goto(`/alerts/${number}`);
	await thandi.getByRole('link', { name: 'Tell us what you heard' }).click();
	await thandi.getByLabel('What people say').fill('The clinic gives out bottled water.');
	await thandi.getByRole('button', { name: 'Tell the municipality' }).click();
	await expect(thandi.getByRole('status').first()).toContainText('We have it');

	const lerato = await visit('communications');
	await lerato.goto('/office/rumours');
	const card = lerato.locator('article', { hasText: 'bottled water' });
	await card.locator('summary').click();
	await card.getByLabel('True', { exact: true }).check();
	await card.getByLabel('What is true').fill('Two litres a person, from 8:00 to 12:00.');
	await card.getByRole('button', { name: 'Sign and publish' }).click();

	await thandi.goto(`/alerts/${number}`);
	const answer = thandi.locator('.notice', { hasText: 'bottled water' });
	await expect(answer).toContainText('Two litres a person');
	await answer.getByRole('link').click();
	await verdict(thandi, 'card');
});
