import { expect } from '@playwright/test';
import { looksWell, test } from './demo.ts';

test('Thandi gives Ayanda a code on paper; they knock for each other until one of them ends it', async ({
	visit
}) => {
	const thandi = await visit('resident');
	await thandi.goto('/account');
	await thandi.getByRole('link', { name: 'Neighbours who knock' }).click();
	// What an earlier try left.
	while (await thandi.getByRole('button', { name: 'End it' }).count())
		await thandi.getByRole('button', { name: 'End it' }).first().click();
	await thandi.getByRole('button', { name: /^Make a/ }).click();
	await expect(thandi.getByRole('status')).toHaveText('The code is below.');
	const code = /[2-9A-Z]{3}-[2-9A-Z]{3}/.exec(
		await thandi.locator('section', { hasText: 'Your code' }).locator('.num').innerText()
	)![0];

	const ayanda = await visit('resident-2');
	await ayanda.goto('/account/neighbours');
	const typed = ayanda.locator('#code');
	await typed.fill('B2B-B2B');
	await typed.press('Enter');
	await expect(ayanda.getByRole('alert').getByRole('link')).toHaveAttribute('href', '#code');
	await expect(typed).toHaveValue('B2B-B2B');
	await typed.fill(code.toLowerCase());
	await typed.press('Enter');
	await expect(ayanda.getByRole('main')).toContainText('Thandi Mokoena');

	await thandi.reload();
	await thandi.goto('/account/neighbours');
	await expect(thandi.getByRole('main')).toContainText('Ayanda Booysen');
	await thandi.getByRole('button', { name: /End it.*Ayanda Booysen/ }).click();
	await expect(thandi.getByRole('main')).toContainText('Nobody yet');
	await ayanda.goto('/account/neighbours');
	await expect(ayanda.getByRole('main')).not.toContainText('Thandi Mokoena');
});

for (const width of [360, 1280])
	for (const colorScheme of ['light', 'dark'] as const)
		test(`axe finds nothing on it at ${width}, ${colorScheme}`, async ({ visit }) => {
			const page = await visit('resident', true);
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await looksWell(page, ['/account/neighbours']);
			await page.screenshot({
				path: `test-results/neighbours-${width}-${colorScheme}.png`,
				fullPage: true
			});
		});
