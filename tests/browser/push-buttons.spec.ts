import { expect, type Page } from '@playwright/test';
import { isKept, looksWell, origin, settled, signIn, test } from './demo.ts';

/** A wind warning for Kelp Bay alone, written by Sipho and let out by Nomsa. Answers its number and its page in the office. */
async function warn(page: Page): Promise<{ number: string; office: string }> {
	await signIn(page, 'disaster-officer');
	await page.goto('/office/alerts/new?template=severe_wind');
	await page.getByLabel('Where', { exact: true }).fill('Kelp Bay');
	await page.getByLabel('Where it comes from').fill('the sea');
	await page.getByRole('checkbox', { name: /1 Kelp Bay/ }).check();
	await page.getByRole('button', { name: 'Send for approval' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('It waits for approval');
	const office = new URL(page.url()).pathname;
	await signIn(page, 'disaster-approver');
	await page.goto(office);
	await page.getByRole('checkbox').check();
	await page.getByRole('button', { name: 'Approve and send' }).click();
	await expect(async () => {
		await page.reload();
		await expect(page.locator('main')).toContainText('It went live', { timeout: 1000 });
	}).toPass({ timeout: 60_000 });
	const number = /[A-Z0-9]{3}-[A-Z0-9]{3}/.exec(await page.locator('main').innerText())![0];
	return { number, office };
}

/** Presses a button of a warning's notification; answers what is shown in its place, and what was opened. */
async function press(page: Page, action: string, number: string): Promise<string[]> {
	const [worker] = page.context().serviceWorkers();
	return await worker.evaluate(`(async () => {
		const done = [];
		self.clients.openWindow = async (url) => (done.push('opens ' + new URL(url).pathname + new URL(url).search), null);
		self.registration.showNotification = async (title) => void done.push('says ' + title);
		const data = { path: ${JSON.stringify(`/alerts/${number}`)}, locale: 'en' };
		const notification = { close() {}, tag: 'a', lang: 'en-ZA', data };
		const press = new ExtendableEvent('notificationclick');
		const all = [];
		press.waitUntil = (answer) => all.push(answer);
		self.dispatchEvent(Object.assign(press, { notification, action: ${JSON.stringify(action)} }));
		await Promise.all(all);
		return done;
	})()`);
}

test('Thandi answers on the notification itself: with signal, without it, and with no page of ours open', async ({
	visit
}) => {
	test.setTimeout(180_000);
	const desk = await visit(undefined, true);
	const { number, office } = await warn(desk);
	const thandi = await visit(undefined, true);
	await thandi.goto('/');
	await settled(thandi);

	const wards = desk.getByRole('table', { name: /By ward/ });
	const counts = async (said: string) => {
		await desk.goto(`${office}/monitor`);
		return await wards.locator(`td[data-label="${said}"]`).first().innerText();
	};
	expect(await press(thandi, 'safe', number)).toEqual([
		'says Good. It is noted that you are safe.'
	]);
	expect(await counts('Safe')).toBe('1');

	expect(await press(thandi, 'dance', number)).toEqual([`opens /alerts/${number}`]);

	await thandi.context().setOffline(true);
	expect(await press(thandi, 'left', number)).toEqual(['says Waits for signal']);
	await thandi.goto('/waiting');
	await expect(thandi.getByText('Waits for signal')).toBeVisible();
	expect(await counts('Left')).toBe('0');
	await thandi.context().setOffline(false);
	await thandi.goto('/waiting');
	await expect(thandi.getByText('Waits for signal')).toHaveCount(0);
	await expect.poll(() => counts('Left')).toBe('1');

	// A call goes at once, and the page that opens asks where.
	expect(await press(thandi, 'help', number)).toEqual([
		`opens /alerts/${number}/check-in?wish=help`,
		'says Your call for help is with the disaster desk.'
	]);
	await desk.goto(`${office}/monitor`);
	await expect(desk.locator('main')).toContainText('1 call open');
});

test('a mark nobody made says nothing, and only JSON is heard', async ({ request }) => {
	const say = (data: unknown, type = 'application/json') =>
		request.post('/api/push/seen', {
			data: JSON.stringify(data),
			headers: { 'content-type': type, origin: origin() }
		});
	expect((await say({ told: 'x'.repeat(43), stage: 'shown' })).status()).toBe(404);
	expect((await say({ stage: 'shown' })).status()).toBe(404);
	expect((await say({}, 'text/plain')).status()).toBe(400);
	expect((await say('y'.repeat(5000))).status()).toBe(413);
});

test('Thandi asks for a hand without JavaScript; family learns nothing where nobody allowed it', async ({
	visit
}) => {
	test.setTimeout(120_000);
	const { number } = await warn(await visit(undefined, true));
	const thandi = await visit('resident');
	await thandi.goto('/account/hand');
	await thandi.getByLabel('Your ward').selectOption({ index: 1 });
	await thandi.getByRole('button', { name: 'Keep it' }).click();
	await expect(thandi.getByRole('alert')).toContainText('Without your agreement nothing is kept.');
	await thandi.getByRole('checkbox').check();
	await thandi.getByLabel(/Where you live/).fill('12 Ridge Street');
	await thandi.getByRole('button', { name: 'Keep it' }).click();
	await expect(thandi.getByRole('status')).toContainText('It is kept.');
	await expect(thandi.getByLabel(/Where you live/)).toHaveValue('12 Ridge Street');
	await thandi.getByRole('button', { name: 'Take it out' }).click();
	await expect(thandi.getByRole('status')).toContainText('It is gone.');

	await thandi.goto(`/alerts/${number}/check-in`);
	await thandi.getByLabel('We are safe').check();
	await thandi.getByLabel('My family may ask').check();
	await thandi.getByLabel('Your first name').fill('Thandi');
	await thandi.getByLabel('Your phone number').fill('082 000 0101');
	await thandi.getByRole('button', { name: 'Send' }).click();
	await expect(thandi.getByRole('heading', { name: 'Does anybody next door' })).toBeVisible();

	const aunt = await visit();
	const ask = async (name: string) => {
		await aunt.goto(`/alerts/${number}/family`);
		await aunt.getByLabel('Their first name').fill(name);
		await aunt.getByLabel('Their phone number').fill('0820000101');
		await aunt.getByRole('button', { name: 'Ask' }).click();
		return aunt.getByRole('status');
	};
	await expect(await ask('thandi')).toContainText('said that they are safe');
	await expect(await ask('Zanele')).toContainText('There is nothing we may tell you.');
});

test('Sipho holds a drill among synthetic residents, and reads how long it took', async ({
	visit
}) => {
	test.setTimeout(180_000);
	const sipho = await visit('disaster-officer');
	await sipho.goto('/office/alerts/drills');
	await expect(sipho.getByRole('button', { name: 'Hold a drill now' })).toHaveCount(0);
	await sipho.getByRole('link', { name: 'Go there' }).click();
	await sipho.getByRole('button', { name: 'Hold a drill now' }).click();
	await expect(async () => {
		await sipho.goto('/office/alerts/drills');
		await expect(sipho.getByRole('heading', { level: 1 })).toContainText(
			'corrected every phone in',
			{
				timeout: 1000
			}
		);
	}).toPass({ timeout: 120_000 });
	await expect(sipho.getByRole('row', { name: /Canary ring answered/ })).toBeVisible();
});

test('these pages are well made', async ({ visit }) => {
	test.setTimeout(120_000);
	const desk = await visit(undefined, true);
	const { number, office } = await warn(desk);
	const thandi = await visit();
	await thandi.goto(`/alerts/${number}/check-in`);
	await thandi.getByLabel('We need help').check();
	await thandi.locator('#place').fill('12 Harbour Street');
	await thandi.getByRole('button', { name: 'Send' }).click();
	await expect(thandi.getByText('Yours is the next.')).toBeVisible();
	await desk.setViewportSize({ width: 360, height: 800 });
	await looksWell(desk, [
		`${office}/monitor`,
		'/office/alerts/drills',
		'/account/hand',
		`/alerts/${number}/family`,
		`/alerts/${number}/check-in`
	]);
});

test('where it is safe lies on the phone from the first visit on', async ({ visit }) => {
	const thandi = await visit(undefined, true);
	await thandi.goto('/');
	await settled(thandi);
	await isKept(thandi, '/safe-places');
	await thandi.context().setOffline(true);
	await thandi.goto('/safe-places');
	await expect(thandi.getByRole('heading', { level: 1 })).toHaveText('Where it is safe');
	await expect(thandi.getByText('Sizwe Hall')).toBeVisible();
	await expect(thandi.getByText(/^As of /)).toBeVisible();
});
