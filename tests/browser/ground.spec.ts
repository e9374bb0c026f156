import { expect, test } from '@playwright/test';

test('the demo signs in as a councillor, who comes to her office', async ({ page }) => {
	await page.goto('/demo');
	await page.getByRole('button', { name: /Lindiwe Hartzen/ }).click();
	await expect(page).toHaveURL('/office');
});

test('an unknown page says so and offers ways on', async ({ page }) => {
	const answer = await page.goto('/nowhere');
	expect(answer?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('does not exist');
});

test('the page for no signal names its styles from the root: it stands in for any address', async ({
	request
}) => {
	const page = await (await request.get('/offline')).text();
	expect(page).toMatch(/<link href="\/_app\/[^"]+\.css"/);
	expect(page).not.toContain('"./');
});
