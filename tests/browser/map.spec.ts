import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { looksWell, report, test } from './demo.ts';

const thembeni = 'bbox=28.4,-33.35,28.75,-33.05';

/** Opens the map that moves, and waits until something stands on it. */
async function open(page: Page, address: string) {
	await page.goto(address);
	await page.getByRole('button', { name: 'Move and zoom the map' }).click();
	const canvas = page.getByRole('application');
	await expect(canvas).toBeFocused();
	await expect(page.locator('.moving .spot').first()).toBeVisible();
	return canvas;
}
/** Where the address says that the map is. */
const spotOf = (page: Page) => new URL(page.url()).searchParams.get('at')!.split(',').map(Number);

test.describe('the public map', () => {
	test('without a script: a drawing whose circles are links, and the list beside it', async ({
		visit
	}) => {
		const page = await visit();
		await page.goto('/map');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('on the map of Khanyisa');
		await expect(page.getByRole('button', { name: 'Move and zoom the map' })).toBeHidden();
		await expect(page.locator('#list article').first()).toBeVisible();

		const circle = page.getByRole('link', { name: /reports, zoom in/ }).first();
		const before = Number(/\d+/.exec((await circle.textContent())!)![0]);
		await circle.click();
		await expect(page).toHaveURL(/at=28\.\d+,-33\.\d+,\d+/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('here');
		expect(before).toBeGreaterThan(1);

		await page.goto('/map?state=claimed&ward=99901007');
		await page.getByRole('link', { name: 'Only the list' }).click();
		await expect(page).toHaveURL(/\/issues\?.*state=claimed/);
		await page.getByRole('link', { name: 'Map', exact: true }).click();
		await expect(page).toHaveURL(/\/map\?.*ward=99901007/);
		await expect(page.getByLabel('How they stand')).toHaveValue('claimed');
	});

	test('by keys alone: open it, zoom into a circle, read a note, go back and follow it', async ({
		visit
	}) => {
		const page = await visit(undefined, true);
		await page.goto('/map?at=28.5136,-33.229,13');
		const open = page.getByRole('button', { name: 'Move and zoom the map' });
		await open.focus();
		await page.keyboard.press('Enter');
		const canvas = page.getByRole('application');
		await expect(canvas).toBeFocused();
		await expect(page.locator('.moving .spot').first()).toBeVisible();

		await page.keyboard.press('+');
		await expect(page).toHaveURL(/(,|%2C)14$/);
		for (let presses = 0; presses < 6; presses++) {
			if ((await page.locator('.pin').count()) > 0) break;
			await page.locator('.circle').first().focus();
			const was = page.url();
			await page.keyboard.press('Enter');
			await expect(page).not.toHaveURL(was);
			await expect(page.locator('.moving .spot').first()).toBeVisible();
		}
		// By what it is of: others may be drawn before it meanwhile.
		const of = await page.locator('.pin').first().getAttribute('data-of');
		const pin = page.locator(`.pin[data-of="${of}"]`);
		await pin.focus();
		await page.keyboard.press('Enter');
		const link = page.locator('.note a');
		await expect(link).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(link).toBeHidden();
		await expect(pin).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(link).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/\/issues\/KHA-/);
	});

	test('arrows, + and − move it, from the map and from a circle, and the keyboard stays where it was', async ({
		visit
	}) => {
		const page = await visit(undefined, true);
		await open(page, '/map?state=all&at=28.5136,-33.229,12');
		const [, south] = spotOf(page);
		for (const [key, moved] of [
			['ArrowRight', ([lon]: number[]) => lon > 28.5136],
			['ArrowDown', ([, lat]: number[]) => lat < south],
			['+', ([, , zoom]: number[]) => zoom === 13],
			['-', ([, , zoom]: number[]) => zoom === 12]
		] as const) {
			await page.keyboard.press(key);
			await expect.poll(() => moved(spotOf(page)), key).toBe(true);
		}
		await page.evaluate(() => {
			const middle = (each: Element) => {
				const { x, y, width, height } = each.getBoundingClientRect();
				return [x + width / 2, y + height / 2];
			};
			const [x, y] = middle(document.querySelector('.moving')!);
			const far = (each: Element) => Math.hypot(middle(each)[0] - x, middle(each)[1] - y);
			const spots = [...document.querySelectorAll<HTMLElement>('.moving .spot')];
			spots.sort((a, b) => far(a) - far(b))[0].focus();
		});
		await expect(page.locator('.moving .spot:focus')).toHaveCount(1);
		const before = spotOf(page);
		await page.keyboard.press('ArrowLeft');
		await expect.poll(() => spotOf(page)[0] < before[0]).toBe(true);
		await page.waitForLoadState('networkidle');
		await expect(page.locator('.moving .spot:focus')).toHaveCount(1);
		await page.keyboard.press('-');
		await expect.poll(() => spotOf(page)[2]).toBe(11);
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		const inside = () => page.evaluate(() => Boolean(document.activeElement?.closest('.moving')));
		expect(await inside()).toBe(true);
	});

	test('without a script every way to narrow it is there, and the list says the same', async ({
		visit
	}) => {
		const page = await visit('resident');
		const reference = await report(page, {
			lat: '-33.2301',
			lon: '28.5099',
			service: 'pothole',
			description: 'Wheelbarrow deep, by the bakery.'
		});
		await page.goto('/map?more=1');
		await page.getByLabel('Search', { exact: false }).first().fill('wheelbarrow');
		await page.locator('#ward').selectOption('99901007');
		await page.locator('#state').selectOption('all');
		await page.locator('#service').selectOption('pothole');
		await page.locator('#from').fill('2020-01-01');
		await page.locator('.filters button').click();
		await expect(page).toHaveURL(/\/map\?.*q=wheelbarrow/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('1 ');
		await expect(page.locator(`#list a[href="/issues/${reference}"]`)).toBeVisible();
		for (const none of [
			'service=street-light',
			'ward=99901003',
			'to=2020-01-02',
			'state=claimed'
		]) {
			const address = new URL(page.url());
			const [name, value] = none.split('=');
			address.searchParams.set(name, value);
			await page.goto(address.href);
			await expect(page.locator('#list'), none).not.toContainText('Wheelbarrow');
			await page.goBack();
		}
	});

	test('a neighbour reports: the map and its list show it, and nobody loses their place', async ({
		visit
	}, { retry }) => {
		const neighbour = await visit('resident-2');
		// What an earlier try reported is still there: each try has a part of the coast of its own.
		const lon = 28.5003 + retry / 100;
		const at = { lat: '-33.2003', lon: lon.toFixed(4) };
		const first = await report(neighbour, {
			...at,
			service: 'pothole',
			description: 'A hole far out on the coast road.'
		});
		const page = await visit(undefined, true);
		await open(page, `/map?at=${at.lon},${at.lat},17`);
		const pin = page.locator(`.pin[data-of="/issues/${first}"]`);
		await expect(page.locator('.pin')).toHaveCount(1);
		await page.keyboard.press('ArrowRight');
		await expect.poll(() => spotOf(page)[0] > lon).toBe(true);
		await expect(page.locator(`#list a[href="/issues/${first}"]`)).toBeVisible();
		await pin.focus();
		await page.keyboard.press('Enter');
		await expect(page.locator('.note a')).toBeFocused();
		const spot = spotOf(page);

		const second = await report(neighbour, {
			lat: '-33.2006',
			lon: (lon + 0.0003).toFixed(4),
			service: 'street-light',
			description: 'A lamp is out there too.'
		});
		await expect(page.locator('.pin')).toHaveCount(2);
		await expect(page.locator(`#list a[href="/issues/${second}"]`)).toBeVisible();
		await expect(page.locator('[data-map-says]')).toContainText('2');
		expect(spotOf(page)).toEqual(spot);
		await expect(page.locator('.note a')).toHaveAttribute('href', `/issues/${first}`);
		await expect(page.locator('.note a')).toBeFocused();

		await page.locator(`#list a[href="/issues/${second}"]`).focus();
		await expect(page.locator(`.pin[data-of="/issues/${second}"]`)).toHaveClass(/meant/);
		await expect(pin).not.toHaveClass(/meant/);
	});

	test('while nobody made it move, the drawing is renewed with the list', async ({ visit }) => {
		const page = await visit(undefined, true);
		await page.goto('/map?state=all');
		const title = page.getByRole('heading', { level: 1 });
		const before = Number(/\d+/.exec((await title.textContent())!)![0]);
		await report(await visit('resident'), {
			lat: '-33.2301',
			lon: '28.5099',
			service: 'pothole',
			description: 'One more hole.'
		});
		await expect(title).toContainText(String(before + 1));
		await page.getByRole('button', { name: 'Move and zoom the map' }).click();
		await expect(page.locator('.moving .spot').first()).toBeVisible();
	});

	test.describe('streets of the operator', () => {
		const close = '/map?state=all&at=28.5136,-33.229,17';

		test('lie under it where there are some; what we draw steps back and comes forward again', async ({
			visit
		}) => {
			const page = await visit(undefined, true);
			await page.goto(close);
			await page.getByRole('button', { name: 'Move and zoom the map' }).click();
			await expect(page.locator('canvas.leaflet-tile-loaded').first()).toBeVisible();
			const moving = page.locator('.moving');
			await expect(moving).toHaveClass(/streets/);
			await expect(page.locator('.credit')).toHaveText('The surveyor of Khanyisa');
			await expect(page.locator('.g-ward').first()).toBeAttached();
			const colours = await page
				.locator('canvas.leaflet-tile-loaded')
				.first()
				.evaluate((canvas: HTMLCanvasElement) => {
					const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
					const all = new Set<number>();
					for (let i = 0; i < data.length; i += 4)
						all.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
					return all.size;
				});
			expect(colours).toBeGreaterThan(3);

			await page.keyboard.press('+');
			await expect.poll(() => spotOf(page)[2]).toBe(18);
			await expect(moving).toHaveClass(/streets/);
			for (let zoom = 17; zoom >= 15; zoom--) {
				await page.keyboard.press('-');
				await expect.poll(() => spotOf(page)[2]).toBe(zoom);
			}
			await expect(moving).not.toHaveClass(/streets/);
			await expect(page.locator('.g-road').first()).not.toHaveCSS('display', 'none');
		});

		test('change nothing without a script', async ({ visit }) => {
			const page = await visit();
			const asked: string[] = [];
			page.on('request', (request) => asked.push(request.url()));
			await page.goto(close);
			expect(asked.filter((url) => url.includes('/tiles/'))).toEqual([]);
			await expect(page.locator('.map .land')).toBeAttached();
		});

		test('may be pictures; where they do not come, the drawn map stays', async ({ visit }) => {
			const page = await visit(undefined, true);
			const dot =
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
			let there = true;
			await page.route('**/pictures/**', (route) =>
				there
					? route.fulfill({ contentType: 'image/png', body: Buffer.from(dot, 'base64') })
					: route.fulfill({ status: 404, body: 'none' })
			);
			await page.route('**/map?*', async (route) => {
				const answer = await route.fetch();
				const basemap = {
					url: '/pictures/{z}/{x}/{y}.png',
					look: 'picture',
					credit: '© OpenStreetMap contributors',
					minZoom: 0,
					maxZoom: 15
				};
				const body = (await answer.text()).replace(
					/&quot;basemap&quot;:\{.*?\},/,
					`&quot;basemap&quot;:${JSON.stringify(basemap).replaceAll('"', '&quot;')},`
				);
				await route.fulfill({ response: answer, body });
			});
			await open(page, '/map?state=all&at=28.5136,-33.229,14');
			await expect(page.locator('img.leaflet-tile-loaded').first()).toBeVisible();
			await expect(page.locator('.moving')).toHaveClass(/streets/);
			await expect(page.locator('img.leaflet-tile').first()).toHaveAttribute('alt', '');
			await expect(
				page.getByRole('link', { name: '© OpenStreetMap contributors' })
			).toHaveAttribute('href', 'https://www.openstreetmap.org/copyright');
			there = false;
			await open(page, '/map?state=all&at=28.5136,-33.229,13');
			await expect(page.locator('.g-ward').first()).toBeAttached();
			await page.waitForLoadState('networkidle');
			await expect(page.locator('.moving')).not.toHaveClass(/streets/);
		});

		test('no address of a tile is a fault', async ({ visit }) => {
			const page = await visit();
			for (const path of [
				'99/0/0',
				'17/0/0',
				'3/8/0',
				'-1/0/0',
				'3/1.5/0',
				'3/1e9/0',
				'NaN/NaN/NaN',
				'17/9999999999999999999/1',
				'17/..%2f..%2f/1',
				`17/${'9'.repeat(5000)}/1`,
				'17/1/%F0%9F%98%80'
			])
				expect((await page.request.get(`/tiles/${path}`)).status(), path).toBe(404);
			const status = async (path: string) => (await page.request.get(`/tiles/${path}`)).status();
			for (const path of ['17/%00/1', '17/%/1']) expect(await status(path), path).toBeLessThan(500);
		});
	});

	test('what is between a resident and the municipality is in no answer', async ({ visit }) => {
		const page = await visit('resident');
		const total = async () =>
			(await (await page.request.get(`/map/data?${thembeni}&zoom=9&state=all`)).json()).total;
		const before = await total();
		const at = { lat: '-33.2301', lon: '28.5099' };
		await report(page, { ...at, service: 'street-light', description: 'Dark at the very end.' });
		expect(await total()).toBe(before + 1);
		const secret = await report(page, {
			...at,
			service: 'food',
			description: 'He asked for money at the very end.'
		});
		expect(await total()).toBe(before + 1);
		for (const zoom of [4, 9, 13, 16]) {
			const address = `/map/data?bbox=28.5098,-33.2302,28.51,-33.23&zoom=${zoom}&state=all`;
			for (const more of ['', '&q=money', '&service=food', '&ward=99901007']) {
				const answer = await (await page.request.get(address + more)).text();
				expect(answer).not.toContain(secret);
				expect(answer).not.toContain('money');
			}
		}
	});

	test('nonsense is refused with a reason, the rest is answered', async ({ visit }) => {
		const page = await visit();
		for (const [query, field] of [
			['', 'bbox'],
			['bbox=NaN,1,2,3&zoom=9', 'bbox'],
			['bbox=28,-33,29,-34&zoom=9', 'bbox'],
			['bbox=28,-34,29,-33&zoom=x', 'zoom']
		]) {
			const answer = await page.request.get(`/map/data?${query}`);
			expect(answer.status(), query).toBe(400);
			expect((await answer.json()).field, query).toBe(field);
		}
		for (const query of ['bbox=-180,-90,180,90&zoom=22', 'bbox=170,-34,-170,-33&zoom=9']) {
			const answer = await page.request.get(`/map/data?${query}`);
			expect(answer.status(), query).toBe(200);
			const etag = answer.headers().etag;
			const again = await page.request.get(`/map/data?${query}`, {
				headers: { 'if-none-match': etag }
			});
			expect(again.status()).toBe(304);
		}
		expect((await page.request.get('/map?at=NaN,7,99')).status()).toBe(200);
	});

	test('weighs little until it is opened, and no more than 45 kB then', async ({ browser }) => {
		// What a service worker hands on was weighed when it was fetched, and has no size any more.
		const context = await browser.newContext({ serviceWorkers: 'block' });
		const page = await context.newPage();
		const sizes: Array<{ url: string; bytes: number }> = [];
		page.on('requestfinished', async (request) => {
			const { responseBodySize } = await request.sizes();
			sizes.push({ url: request.url(), bytes: responseBodySize });
		});
		const weight = (part: RegExp) =>
			sizes.filter(({ url }) => part.test(url)).reduce((sum, { bytes }) => sum + bytes, 0);
		await page.goto('/map', { waitUntil: 'networkidle' });
		expect(weight(/\/map$|\.css|_app/)).toBeLessThan(16_000);
		expect(weight(/moving-map/)).toBe(0);
		await page.getByRole('button', { name: 'Move and zoom the map' }).click();
		await expect(page.getByRole('application')).toBeVisible();
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		expect(weight(/moving-map/)).toBeGreaterThan(10_000);
		expect(weight(/moving-map/)).toBeLessThan(45_000);
		await context.close();
	});

	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [360, 1280])
			test(`looks well, still and moving, at ${width} in the ${colorScheme}`, async ({
				browser
			}) => {
				const context = await browser.newContext({
					colorScheme,
					viewport: { width, height: 900 }
				});
				const page = await context.newPage();
				await looksWell(page, ['/map', '/map?at=28.5136,-33.229,15', '/map?q=water']);
				await page.goto('/map');
				await page.getByRole('button', { name: 'Move and zoom the map' }).click();
				await expect(page.locator('.moving .spot').first()).toBeVisible();
				await context.close();
			});
});
