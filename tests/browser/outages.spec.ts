import { expect } from '@playwright/test';
import { demoSpot } from '../../src/demo/khanyisa/geography-spots.ts';
import { looksWell, newest, origin, test } from './demo.ts';

test.use({ actionTimeout: 15_000 });

const ward8 = '99901008';

test('Farida publishes that a ward has bad water; residents without JavaScript are told before they report, and hear when it is back', async ({
	visit
}) => {
	test.setTimeout(180_000);
	const mark = Date.now().toString(36);
	const area = `Sizwe Heights ${mark}`;

	const farida = await visit('supervisor');
	await farida.goto('/office/outages/new');
	await farida.getByRole('button', { name: 'Keep the draft' }).click();
	await expect(farida.getByRole('alert')).toContainText('Choose what is off');
	await farida.getByText('Water', { exact: true }).click();
	await farida.getByLabel('Dirty or bad-smelling water').check();
	await farida.getByLabel('The area as people call it').fill(area);
	await farida.getByRole('button', { name: 'Keep the draft' }).click();
	await expect(farida.getByRole('alert')).toContainText('Choose where it is off');
	await expect(farida.getByLabel('The area as people call it')).toHaveValue(area);
	await expect(farida.getByLabel('Dirty or bad-smelling water')).toBeChecked();
	await farida.getByLabel('8 Sizwe Heights').check();
	await farida
		.getByLabel('What happened, and what they can do')
		.fill('The filter is washed. Do not drink it; a tanker stands at the school.');
	await farida.getByRole('button', { name: 'Keep the draft' }).click();
	await expect(farida.getByRole('status')).toContainText('Kept.');
	const number = /\/office\/outages\/(\d+)/.exec(farida.url())![1];
	const stranger = await visit();
	expect((await stranger.goto(`/outages/${number}`))!.status()).toBe(404);
	await farida.getByRole('link', { name: 'Publish it' }).click();
	await farida.getByRole('button', { name: 'Publish it' }).click();
	await expect(farida.getByRole('main')).toContainText('Made public');

	const fillIn = async (who: typeof stranger) => {
		await who.goto(`/report?service=water-quality&ward=${ward8}`);
		await who
			.getByLabel('Tell us what you see')
			.fill(`The water is brown and smells of the river, ${mark}.`);
		await who.getByLabel('Where is it?').fill('14 Nowhere Lane');
		await who.getByRole('button', { name: 'Send my report' }).click();
		await expect(who.getByRole('heading', { name: 'This outage is known' })).toBeVisible();
		await expect(who.getByRole('main')).toContainText('Nobody knows yet when it is back.');
	};
	const thandi = await visit('resident');
	await fillIn(thandi);
	await thandi.getByRole('button', { name: 'Add my address' }).click();
	await expect(thandi.getByRole('status')).toContainText('Your household is counted');
	await expect(thandi.getByRole('main')).toContainText('Households that added theirs: 1');
	await expect(thandi.getByRole('main')).toContainText('You follow this outage.');

	// Mine is different: asked once, then it is sent.
	const sibongile = await visit('ward-committee');
	await fillIn(sibongile);
	await sibongile.getByRole('button', { name: 'Mine is different: send it' }).click();
	await expect(sibongile).toHaveURL(/\/issues\/KHA-/);

	await stranger.goto(`/outages/${number}`);
	await stranger.getByLabel('Your address').fill('16 Nowhere Lane');
	await stranger.getByLabel('Cell phone number or e-mail address').fill('12345');
	await stranger.getByRole('button', { name: 'Add my address' }).click();
	await expect(stranger.getByLabel('Your address')).toHaveValue('16 Nowhere Lane');
	const email = `neighbour-${mark}@mail.example`;
	await stranger.getByLabel('Cell phone number or e-mail address').fill(email);
	await stranger.getByRole('button', { name: 'Add my address' }).click();
	await expect(stranger.getByRole('main')).toContainText('Households that added theirs: 2');
	const asked = await newest(stranger.request, email, area);
	const confirm = /http\S+\/messages\/\S+/.exec(asked.text)![0];
	await stranger.goto(new URL(confirm).pathname);
	await stranger.getByRole('button', { name: 'Yes, tell me' }).click();

	await farida.goto(`/office/outages/${number}`);
	await farida.getByRole('link', { name: 'Move the forecast' }).click();
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	await farida.getByLabel('Expected back').fill(`${tomorrow}T14:00`);
	await farida.getByRole('button', { name: 'Publish the new forecast' }).click();
	await expect(farida.getByRole('alert')).toContainText('Say why');
	await farida.getByLabel('Why?').fill('The new sand comes with the morning train.');
	await farida.getByRole('button', { name: 'Publish the new forecast' }).click();
	await expect(farida.getByRole('status')).toContainText('Kept.');
	await newest(stranger.request, email, `Outage in ${area}: now expected back`);

	await stranger.goto(`/outages/${number}`);
	await expect(stranger.getByRole('main')).toContainText('Expected back');
	await expect(stranger.getByRole('main')).toContainText('Before: no time was known');
	await expect(stranger.getByRole('main')).toContainText('The new sand comes');
	const alert = await (await stranger.request.get(`/api/service-alerts/${number}`)).json();
	expect(alert).toMatchObject({ Id: Number(number), area, status: 'Open' });

	await farida.goto(`/office/outages/${number}/resolve`);
	await farida.getByRole('button', { name: 'Say that it is back' }).click();
	await expect(farida.getByRole('main')).toContainText('Back');
	await newest(stranger.request, email, `Outage in ${area}: it is back`);
	await expect(async () => {
		await thandi.goto('/account/messages');
		await expect(thandi.getByRole('main')).toContainText(`Outage in ${area}: it is back`, {
			timeout: 1000
		});
	}).toPass();

	// Whoever reports now is told nothing, and cannot be counted any more.
	const late = await stranger.request.post(`/outages/${number}`, {
		form: { address: '18 Nowhere Lane' },
		headers: { origin: origin(), accept: 'text/html' }
	});
	expect(late.status()).toBe(409);
	await farida.goto(`/office/outages/${number}/close`);
	await farida.getByRole('button', { name: 'Close it' }).click();
	await expect(farida.getByRole('status')).toContainText('Kept.');
	await stranger.goto('/outages');
	await expect(stranger.getByRole('link', { name: new RegExp(area) })).toBeVisible();
});

test('while the form is filled in, the outage of ward 2 is named as soon as service and place are chosen', async ({
	visit
}) => {
	const { point } = demoSpot(2, 0);
	const near = async (service: string) => {
		const query = new URLSearchParams({ service, lat: `${point.lat}`, lon: `${point.lon}` });
		return (await (await visit()).request.get(`/report/near?${query}`)).json();
	};
	expect((await near('no-water')).outage).toMatchObject({
		number: 1,
		words: expect.stringMatching(/known since .+ (Expected back|Was expected)/)
	});
	expect((await near('pothole')).outage).toBeNull();
});

test('four who have no water propose an outage; Farida says why it is none', async ({ visit }) => {
	test.setTimeout(120_000);
	const mark = Date.now().toString(36);
	for (let n = 0; n < 4; n++) {
		const page = await visit();
		const { point } = demoSpot(6, 10);
		const sent = await page.request.post('/report', {
			multipart: {
				municipality: 'KHA',
				service: 'water-quality',
				description: `The water is green, house ${n}, ${mark}.`,
				lat: String(point.lat + n / 10_000),
				lon: String(point.lon),
				accuracy: '10',
				anonymous: '1'
			},
			headers: { origin: origin(), accept: 'text/html' }
		});
		expect(sent.ok(), await sent.text()).toBe(true);
	}
	const farida = await visit('supervisor');
	await farida.goto('/office/outages');
	const proposal = farida.getByRole('article').filter({ hasText: mark });
	await expect(proposal).toContainText('4 people');
	await proposal.getByRole('link', { name: 'Write it as an outage' }).click();
	await expect(farida.getByLabel('Dirty or bad-smelling water')).toBeChecked();
	await expect(farida.getByLabel('Corners')).not.toHaveValue('');

	await farida.goto('/office/outages');
	await proposal.getByText('It is not one').click();
	await proposal.getByRole('button', { name: 'They are not one outage' }).click();
	await expect(farida.getByRole('alert')).toContainText('Say why');
	await proposal.getByLabel('Why not?').fill(`The tank of one block of flats, ${mark}.`);
	await proposal.getByRole('button', { name: 'They are not one outage' }).click();
	await expect(farida.getByRole('status')).toContainText('proposed no more');
	await expect(proposal).toHaveCount(0);
	await expect(farida.getByRole('main')).toContainText(`The tank of one block of flats, ${mark}.`);
});

test('the pages of outages look well on a telephone and on a desk', async ({ visit }) => {
	test.slow();
	const farida = await visit('supervisor', true);
	const stranger = await visit(undefined, true);
	for (const width of [360, 1280]) {
		await farida.setViewportSize({ width, height: 900 });
		await stranger.setViewportSize({ width, height: 900 });
		await looksWell(stranger, ['/outages', '/outages/1', '/outages/2']);
		await looksWell(farida, [
			'/office/outages',
			'/office/outages/new',
			'/office/outages/1',
			'/office/outages/1/forecast'
		]);
	}
});
