import { expect, test } from '@playwright/test';
import { signIn } from './demo.ts';

test.use({ javaScriptEnabled: false });

test('Chris decides what SMS may cost, and what is wrong is said beside its field', async ({
	page
}) => {
	await signIn(page, 'admin');
	await page.goto('/office/setup');
	await page.getByRole('link', { name: 'What SMS may cost' }).click();
	await page.getByLabel('Price of a thousand parts, in rand').fill('a lot');
	await page.getByLabel('Water and Sanitation: parts a month').fill('12.5');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page).toHaveTitle('Error: What SMS may cost');
	const problems = page.getByRole('alert');
	await expect(problems).toContainText('The price: write it like 1250.00');
	await expect(problems).toContainText('Water and Sanitation: a whole number of parts, or nothing');
	await expect(page.getByLabel('Price of a thousand parts, in rand')).toHaveValue('a lot');

	await page.getByLabel('Price of a thousand parts, in rand').fill('225');
	await page.getByLabel('Water and Sanitation: parts a month').fill('1250');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('status')).toContainText('Saved');
	await expect(page.getByLabel('Water and Sanitation: parts a month')).toHaveValue('1250');
	await expect(page.getByLabel('Price of a thousand parts, in rand')).toHaveValue('225.00');
	await page.goto('/office/audit');
	await expect(page.getByRole('cell', { name: 'changed what SMS may cost' }).first()).toBeVisible();
});

test('Chris sees how every channel stands; without gateways none leads out', async ({ page }) => {
	await signIn(page, 'admin');
	await page.goto('/office/channels');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Messages stay here: no channel leads out'
	);
	await expect(page.getByRole('row', { name: /^SMS/ })).toContainText('not connected');
});

test('an agent keeps no budgets and no watch', async ({ page }) => {
	await signIn(page, 'agent');
	for (const path of [
		'/office/setup/budgets',
		'/office/setup/budgets/list.csv',
		'/office/channels'
	])
		expect((await page.goto(path))?.status()).toBe(404);
});

test('whoever does not show a gateway’s secret is nobody, and a report needs no origin', async ({
	request
}) => {
	for (const path of ['/hooks/sms/main', '/hooks/sms/main~made-up', '/hooks/mail/bounce']) {
		const answer = await request.post(path, { form: { id: 'x', status: 'delivered' } });
		expect([path, answer.status()]).toEqual([path, 404]);
	}
});
