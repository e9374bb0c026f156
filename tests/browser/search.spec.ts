import { expect, type Page } from '@playwright/test';
import { report, test } from './demo.ts';

const roots = {
	service: 'pothole',
	description: 'Jacaranda roots lift the pavement beside the crèche.',
	place: 'Sparrow Street 21'
};

async function ask(page: Page, question: string) {
	await page.goto('/search');
	await page.getByRole('searchbox', { name: 'What are you looking for?' }).fill(question);
	await page.getByRole('button', { name: 'Search' }).click();
}
const inMain = (page: Page, reference: string) =>
	page.locator(`main a[href="/issues/${reference}"]`);

test('words find an issue however they are spelt, without JavaScript', async ({ visit }) => {
	const page = await visit();
	const reference = await report(page, roots);
	for (const question of ['jacaranda', 'JACARANDA pavement', 'jakaranda', 'jacarnda pavemnt']) {
		await ask(page, question);
		await expect(inMain(page, reference).first(), question).toBeVisible();
		await expect(page.getByRole('searchbox'), question).toHaveValue(question);
	}
	await ask(page, 'sparow st');
	const places = page.getByRole('listitem').filter({ hasText: 'Sparrow Street' });
	await places.getByRole('link', { name: 'Issues near there' }).first().click();
	await expect(page).toHaveURL(/\/issues\?q=Sparrow/);
});

test('a number leads to its page; one slip in it is offered back', async ({ visit }) => {
	const page = await visit();
	const reference = await report(page, roots);
	await ask(page, reference.toLowerCase().replaceAll('-', ' '));
	await expect(page).toHaveURL(`/issues/${reference}`);

	const last = reference.at(-1)!;
	const wrong = reference.slice(0, -1) + (last === 'K' ? 'M' : 'K');
	await ask(page, wrong);
	await expect(page.getByRole('heading', { name: 'Did you mean this number?' })).toBeVisible();
	await inMain(page, reference).click();
	await expect(page).toHaveURL(`/issues/${reference}`);
});

test('what is found nowhere comes with a way on', async ({ visit }) => {
	const page = await visit();
	await ask(page, 'qqzzxwv');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing found for “qqzzxwv”');
	await expect(page.getByText('Try one word instead of several')).toBeVisible();
	await page.getByRole('link', { name: 'Report it' }).click();
	await expect(page).toHaveURL('/report');

	await ask(page, 'a');
	await expect(page.getByText('Type at least two letters or digits.')).toBeVisible();
	await ask(page, '<b>&"');
	await expect(page.getByRole('searchbox')).toHaveValue('<b>&"');
});

test('from home by keys alone, with a script', async ({ visit }) => {
	const page = await visit(undefined, true);
	const reference = await report(page, roots);
	await page.goto('/');
	await page.getByRole('searchbox').focus();
	await page.keyboard.type('jacaranda');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/search?q=jacaranda');
	await expect(inMain(page, reference).first()).toBeVisible();
});
