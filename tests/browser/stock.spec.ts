import { expect, type Page } from '@playwright/test';
import { looksWell, test, type Visit } from './demo.ts';

/** A relief of its own: two sites of one agency, a storekeeper at each, a store, a bakkie and a table. */
async function settle(visit: Visit, name: string) {
	const chris = await visit('admin');
	await chris.goto('/office/setup/departments/new');
	await chris.getByLabel('Name', { exact: true }).fill(`Open Hands ${name}`);
	await chris.getByLabel('Aid agency').check();
	await chris.getByRole('button', { name: /^Add/ }).click();
	await chris.goto('/office/people?q=Pumla');
	await chris.getByRole('link', { name: 'Pumla Jantjies' }).click();
	if (!(await chris.getByRole('main').innerText()).includes('Aid storekeeper')) {
		await chris.getByText('Give another role').click();
		await chris.getByLabel('Role', { exact: true }).selectOption('aid_storekeeper');
		await chris.getByRole('button', { name: 'Give this role' }).click();
	}

	const sipho = await visit('disaster-officer');
	await sipho.goto('/office/aid/new');
	await sipho.locator('#name').fill(`Fire at ${name}`);
	await sipho.locator('#kind').selectOption('fire');
	await sipho.getByRole('main').getByRole('button').first().click();
	await expect(sipho).toHaveURL(/\/office\/aid\/[0-9a-f-]{36}/);
	const event = /\/office\/aid\/[0-9a-f-]{36}/.exec(sipho.url())![0];
	for (const site of ['Depot', 'Sizwe Hall']) {
		await sipho.goto(`${event}/places`);
		await sipho.locator('#siteName').fill(site);
		await sipho.locator('#siteAgency').selectOption({ label: `Open Hands ${name}` });
		await sipho.getByRole('button', { name: 'Add the site' }).click();
	}
	for (const [who, site] of [
		['Vuyo Daniels', 'Depot'],
		['Pumla Jantjies', 'Depot'],
		['Pumla Jantjies', 'Sizwe Hall']
	]) {
		await sipho.goto(`${event}/people`);
		await sipho.locator('#personId').selectOption({ label: who });
		await sipho.locator('#role').selectOption('storekeeper');
		await sipho.locator('#at').selectOption({ label: site });
		await sipho.getByRole('main').getByRole('button', { name: /^Give/ }).click();
	}
	await sipho.goto(`${event}/stock`);
	await sipho.locator('#itemName').fill('Food parcel');
	await sipho.locator('#unit').fill('parcels');
	await sipho.getByRole('button', { name: 'Add the item' }).click();
	for (const [store, kind, site] of [
		['Depot', 'store', 'Depot'],
		['Bakkie', 'vehicle', 'Depot'],
		['Table', 'site', 'Sizwe Hall']
	]) {
		await sipho.locator('#storeName').fill(store);
		await sipho.locator('#kind').selectOption(kind);
		await sipho.locator('#siteId').selectOption({ label: site });
		await sipho.getByRole('button', { name: 'Add it' }).click();
		await expect(sipho.getByRole('table').first()).toContainText(store);
	}
	return { event, sipho };
}

const lot = (page: Page, form: string) => page.locator(`#${form}-lotId option`).nth(1);

test('parcels come in, travel by waybill, are counted and lost, without JavaScript', async ({
	visit
}, { retry }) => {
	test.setTimeout(150_000);
	const { event, sipho } = await settle(visit, `Blouklip ${retry + 1}`);

	const vuyo = await visit('aid-storekeeper');
	await vuyo.goto(`${event}/stock`);
	await vuyo.getByRole('link', { name: 'Depot' }).click();
	await vuyo.getByRole('button', { name: 'Take it in' }).click();
	await expect(vuyo.getByRole('alert')).toContainText('Choose the item');
	await vuyo.locator('#itemId').selectOption({ label: 'Food parcel, parcels' });
	await vuyo.locator('#receive-quantity').fill('100');
	await vuyo.locator('#donor').fill('Bread for All');
	await vuyo.locator('#expires').fill('2027-01-31');
	await vuyo.getByRole('button', { name: 'Take it in' }).click();
	await expect(vuyo.getByRole('status')).toHaveText('Saved.');
	await expect(vuyo.getByRole('table').first()).toContainText('100 parcels');

	await vuyo.getByText('Send by waybill').click();
	await vuyo.locator('#send-lotId').selectOption((await lot(vuyo, 'send').getAttribute('value'))!);
	await vuyo.locator('#send-quantity').fill('400');
	await vuyo.locator('#vehicleId').selectOption({ label: 'Bakkie' });
	await vuyo.locator('#carrier').fill('Sam Botha');
	await vuyo.locator('#toId').selectOption({ label: 'Table' });
	await vuyo.getByRole('button', { name: 'Sign and send' }).click();
	await expect(vuyo.getByRole('alert')).toContainText('Depot holds 100 parcels');
	await expect(vuyo.locator('#carrier')).toHaveValue('Sam Botha');
	await vuyo.locator('#send-quantity').fill('40');
	await vuyo.getByRole('button', { name: 'Sign and send' }).click();
	await expect(vuyo.getByRole('heading', { level: 1 })).toHaveText(/^Waybill W-/);
	await expect(vuyo.getByRole('button', { name: 'Sign for it' })).toHaveCount(0);

	const pumla = await visit('agent');
	await pumla.goto(`${event}/stock`);
	await pumla.getByRole('link', { name: /^W-/ }).click();
	await pumla.locator('#quantity').fill('37');
	await pumla.getByRole('button', { name: 'Sign for it' }).click();
	await expect(pumla.getByRole('main')).toContainText('37 parcels arrived, 3 missing');

	await vuyo.goto(`${event}/stock`);
	await vuyo.getByRole('link', { name: 'Depot' }).click();
	await vuyo.locator('input[id^=counted_]').fill('58');
	await vuyo.getByRole('button', { name: 'I counted this' }).click();
	await expect(vuyo.getByRole('table').first()).toContainText('58 parcels');
	await vuyo.getByText('Something is gone').click();
	await vuyo.locator('#lose-lotId').selectOption((await lot(vuyo, 'lose').getAttribute('value'))!);
	await vuyo.locator('#lose-quantity').fill('8');
	await vuyo.locator('#lossKind').selectOption('damage');
	await vuyo.locator('#reason').fill('The roof leaked in the night.');
	await vuyo.getByRole('button', { name: 'Say it is gone' }).click();
	await vuyo.goto(`${event}/stock`);
	await expect(vuyo.locator('form.ask')).toContainText('A second storekeeper');

	await pumla.goto(`${event}/stock`);
	await pumla.getByRole('button', { name: 'I have looked, it is so' }).click();
	await expect(pumla.getByRole('heading', { level: 1 })).toHaveText('Food parcel: 87 parcels');
	const gift = pumla.getByRole('row', { name: /Bread for All/ });
	await expect(gift).toContainText('3 missing on the road');
	await expect(gift).toContainText('8 damaged');
	await expect(gift).toContainText('2 difference of a count');

	// Whoever manages relief reads all of it and moves nothing.
	await sipho.goto(`${event}/stock`);
	await sipho.getByRole('link', { name: 'Depot' }).click();
	await expect(sipho.getByRole('button', { name: 'Take it in' })).toHaveCount(0);

	const stock = `${event}/stock`;
	const store = new URL(sipho.url()).pathname;
	const bill = new URL(
		(await pumla.getByRole('link', { name: /^W-/ }).getAttribute('href'))!,
		sipho.url()
	).pathname;
	for (const width of [360, 1280])
		for (const colorScheme of ['light', 'dark'] as const) {
			const page = await visit('aid-storekeeper', true);
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await looksWell(page, [stock, store, bill]);
		}
});
