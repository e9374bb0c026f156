import { expect, type Page } from '@playwright/test';
import { test } from './demo.ts';

/** Pages many read are kept; a deed drops them a moment after it. */
const reads = (page: Page, address: string, words: string | RegExp) =>
	expect(async () => {
		await page.goto(address);
		await expect(page.locator('main')).toContainText(words, { timeout: 1000 });
	}).toPass();

test('Lerato writes news for ward 7; it is read, corrected in sight of everyone, and withdrawn', async ({
	visit
}) => {
	const title = `The clinic of Thembeni opens at six, says test ${Date.now()}`;
	const lerato = await visit('communications');
	await lerato.goto('/office/news');
	await lerato.getByRole('link', { name: 'Write news' }).click();
	await lerato.getByLabel('What people need to know').fill('From Monday. Bring your card.');
	await lerato.getByLabel('Ward 7').check();
	await lerato.getByRole('button', { name: 'Keep the draft' }).click();
	await expect(lerato).toHaveTitle(/^Error: /);
	await expect(lerato.getByRole('alert').getByRole('link')).toHaveAttribute('href', '#title');
	await expect(lerato.getByLabel('Ward 7')).toBeChecked();
	await lerato.getByLabel('Title').fill(title);
	await lerato.getByLabel('Health').check();
	await lerato.getByRole('button', { name: 'Keep the draft' }).click();
	await expect(lerato.getByRole('status')).toHaveText('Kept.');
	const desk = new URL(lerato.url()).pathname;
	const address = desk.replace('/office', '');

	const thandi = await visit();
	expect((await thandi.goto(address))?.status()).toBe(404);

	await lerato.getByRole('link', { name: 'Publish it now' }).click();
	await lerato.getByRole('button', { name: 'Publish it' }).click();
	await expect(lerato.locator('main .pill').first()).toHaveText('Public');
	await reads(thandi, '/news?ward=99901007', title);
	await thandi.goto('/news?ward=99901003');
	await expect(thandi.getByRole('link', { name: title })).toHaveCount(0);
	await thandi.goto('/news?ward=99901007&topic=health');
	await thandi.getByRole('link', { name: title }).click();
	await expect(thandi).toHaveURL(address);
	await expect(thandi.getByText('From Monday. Bring your card.')).toBeVisible();

	await lerato.getByRole('link', { name: 'Correct it' }).click();
	await lerato
		.getByLabel('What people need to know')
		.fill('From Monday. Bring your card and your ID.');
	await lerato.getByRole('button', { name: 'Publish the correction' }).click();
	await expect(lerato.getByRole('alert')).toContainText('Say why');
	await lerato.getByLabel('What was wrong?').fill('We forgot the ID.');
	await lerato.getByRole('button', { name: 'Publish the correction' }).click();
	await expect(lerato).toHaveURL(`${desk}?kept`);
	await reads(thandi, address, 'Bring your card and your ID.');
	await thandi.getByRole('link', { name: /^Corrected/ }).click();
	await expect(thandi).toHaveURL(`${address}#corrections`);
	await expect(thandi.getByText('What was wrong: We forgot the ID.')).toBeVisible();
	await thandi.getByText('What it said before').click();
	await expect(thandi.locator('.old')).toContainText('Bring your card.');

	const picture = `/share/picture.png?of=${address}`;
	expect((await thandi.request.get(picture)).status()).toBe(200);
	await lerato.getByRole('link', { name: 'Withdraw it' }).click();
	await lerato.getByLabel('Why?').fill('The clinic stays as it was.');
	await lerato.getByRole('button', { name: 'Withdraw it' }).click();
	await reads(thandi, address, 'The clinic stays as it was.');
	await expect(thandi.getByRole('heading', { level: 1 })).toHaveText(title);
	await expect(thandi.getByText('Bring your card')).toHaveCount(0);
	expect((await thandi.request.get(picture)).status()).toBe(404);
	await thandi.goto('/news?ward=99901007');
	await expect(thandi.getByRole('link', { name: title })).toHaveCount(0);
});

test('what waits for its hour is nobody else’s to read, and can be taken back', async ({
	visit
}) => {
	const lerato = await visit('communications');
	await lerato.goto('/office/news/new');
	await lerato.getByLabel('Title').fill('Mill Road opens again for taxis');
	await lerato.getByLabel('What people need to know').fill('From Thursday on, in both directions.');
	await lerato.getByRole('button', { name: 'Keep the draft' }).click();
	const desk = new URL(lerato.url()).pathname;

	await lerato.getByRole('link', { name: 'Publish it later' }).click();
	// The browser would not send it either; the server must not rely on that.
	const day = lerato.getByLabel('On which day?');
	await day.evaluate((input) => input.removeAttribute('min'));
	await day.fill('2020-01-01');
	await lerato.getByRole('button', { name: 'Publish it then' }).click();
	await expect(lerato.getByRole('alert')).toContainText('still to come');
	const later = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
	await lerato.getByLabel('On which day?').fill(later);
	await lerato.getByRole('button', { name: 'Publish it then' }).click();
	await expect(lerato.locator('main .pill').first()).toHaveText('Waits for its hour');
	const stranger = await visit();
	expect((await stranger.goto(desk.replace('/office', '')))?.status()).toBe(404);
	await lerato.getByRole('link', { name: 'Do not publish it then' }).click();
	await lerato.getByRole('button', { name: 'Make it a draft again' }).click();
	await expect(lerato.locator('main .pill').first()).toHaveText('Draft');
	await lerato.getByRole('link', { name: 'Throw the draft away' }).click();
	await lerato.getByRole('button', { name: 'Throw it away' }).click();
	await expect(lerato.getByRole('status')).toHaveText('The draft is gone.');
});
