import { expect, test } from '@playwright/test';
import { signIn } from './demo.ts';

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('Chris adds a service with a question and routes it; a resident finds it on the form', async ({
		page,
		browser
	}) => {
		await signIn(page, 'admin');
		await page.goto('/office/setup/services/new');
		await page.getByLabel('Name', { exact: true }).fill('Old tyres dumped');
		await page.getByLabel('Group').fill(' ');
		await page.getByRole('button', { name: /^Add it/ }).click();
		await expect(page.getByRole('alert')).toContainText('Say under which heading it stands');
		await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Old tyres dumped');

		await page.getByLabel('Group').fill('Waste');
		await page.getByRole('button', { name: /^Add it/ }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Old tyres dumped');

		await page.getByRole('link', { name: 'Add a question' }).click();
		await page.getByLabel('Question').fill('How many are there?');
		await page.getByLabel('One answer of a list').check();
		await page.getByLabel('Answer 1').fill('A few');
		await page.getByLabel('Answer 2').fill('They are burning');
		await page.getByLabel('Advice that ends the form').nth(1).fill('Call 107 now.');
		await page.getByRole('button', { name: 'Add the question' }).click();
		await expect(page.getByRole('group', { name: /How many are there/ })).toContainText(
			'Stops: Call 107 now.'
		);

		await page.goto('/office/setup/routing');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('nobody yet');
		await page.getByLabel('Old tyres dumped').selectOption({ label: 'Parks and Cemeteries' });
		await page.getByRole('button', { name: 'Show what changes' }).click();
		await expect(page.getByRole('main')).toContainText('was nobody, now Parks and Cemeteries');
		await page.getByRole('button', { name: 'Save these changes' }).click();
		await expect(page.getByRole('status')).toContainText('1 service changed');

		const resident = await browser.newPage();
		await resident.goto('/report?m=KHA');
		await expect(resident.getByText('Old tyres dumped').first()).toBeAttached();
		await resident.close();

		await page.goto('/office/audit');
		await expect(page.getByRole('table')).toContainText('changed where reports go');
	});
});

test('with the keyboard alone, Chris opens the departments and adds one', async ({ page }) => {
	await signIn(page, 'admin');
	await page.goto('/office/setup/departments');
	await page.getByRole('link', { name: 'Add one' }).focus();
	await page.keyboard.press('Enter');
	await page.getByLabel('Name', { exact: true }).focus();
	await page.keyboard.type('Leak Desk');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('table')).toContainText('Leak Desk');
});

test('the neighbour’s administrator finds nothing of Khanyisa', async ({ page }) => {
	await signIn(page, 'neighbour-admin');
	for (const path of ['departments', 'services', 'routing', 'retention', 'services/list.csv']) {
		const answer = await page.request.get(`/office/setup/${path}?m=KHA`);
		expect(answer.status(), path).toBe(200);
		// At home in the office, whatever municipality the address names.
		expect(await answer.text(), path).not.toContain('Provincial roads authority');
	}
});

test('every list can be kept as a file', async ({ page }) => {
	await signIn(page, 'admin');
	for (const path of [
		'setup/departments/list.csv',
		'setup/services/list.csv',
		'setup/templates/list.csv',
		'setup/retention/list.csv',
		'audit/list.csv'
	]) {
		const answer = await page.request.get(`/office/${path}`);
		expect(answer.headers()['content-type'], path).toContain('text/csv');
		expect((await answer.text()).split('\r\n').length, path).toBeGreaterThan(1);
	}
});
