import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { photo, report, test } from './demo.ts';

const desk = (reference: string) => `/office/cases/${reference}`;
const leak = {
	service: 'burst-pipe',
	description: 'Water runs down the street into two yards.',
	place: 'Vlei Street 11'
};

/** Fills in and sends the form at the bottom of a case. */
async function write(page: Page, what: string, words: string) {
	await page.getByRole('radio', { name: what }).check();
	await page.getByLabel('What you write').fill(words);
	await page.getByRole('button', { name: 'Send', exact: true }).click();
}

test('Bheki takes a case, leaves a note and shows that it is fixed, without JavaScript', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const reference = await report(thandi, leak);

	const bheki = await visit('field-worker');
	await bheki.goto(desk(reference));
	await bheki.getByRole('button', { name: 'Take it' }).click();
	await expect(bheki.getByRole('status')).toContainText('Done: Take it');
	await expect(bheki.getByRole('definition').filter({ hasText: 'Bheki Nkosi' })).toBeVisible();

	await bheki.getByLabel('Who reads your words').selectOption('Only colleagues');
	await write(bheki, 'Tell the residents', 'The dog of number 12 bites.');
	await expect(bheki.getByRole('status')).toContainText('Leave a note for colleagues');

	await write(bheki, 'Say it is fixed', ' ');
	await expect(bheki.getByRole('alert')).toContainText('photo');
	await bheki.getByLabel('Start from a ready answer').selectOption('The joint is replaced');
	await bheki.getByRole('button', { name: 'Use it' }).click();
	await expect(bheki.getByLabel('What you write')).toHaveValue(
		/^The joint at Vlei Street 11 is new .+ the page of KHA-/
	);
	await expect(bheki.getByRole('radio', { name: 'Say it is fixed' })).toBeChecked();
	await bheki.getByLabel('Photos, as proof or to show').setInputFiles(await photo('joint.jpg'));
	await bheki.getByRole('button', { name: 'Send', exact: true }).click();
	await expect(bheki.locator('main .pill').first()).toHaveText('Said to be fixed');

	await thandi.goto(`/issues/${reference}`);
	await expect(thandi.getByRole('heading', { name: 'Is it fixed?' })).toBeVisible();
	const claim = thandi.locator('.deeds li', { hasText: 'The joint at Vlei Street 11 is new' });
	await expect(claim.locator('img')).toBeVisible();
	await expect(thandi.getByText('The dog of number 12 bites.')).toHaveCount(0);
});

test('two at one case see each other, and the later save is refused with both versions shown', async ({
	visit
}) => {
	const reference = await report(await visit(), leak);
	const riaan = await visit('department-officer');
	await riaan.goto(desk(reference));
	const farida = await visit('supervisor');
	await farida.goto(desk(reference));
	await expect(farida.getByText('Riaan Mabuza is looking at this too.')).toBeVisible();
	await riaan.reload();
	await expect(riaan.getByText('Farida Solomons-Nkosi is looking at this too.')).toBeVisible();

	await write(riaan, 'Tell the residents', 'The team comes tomorrow morning.');
	await expect(riaan.getByRole('status')).toContainText('Tell the residents');
	await write(farida, 'Tell the residents', 'The team is on its way now.');

	const theirs = farida.getByRole('region', { name: 'Changed while you were writing' });
	await expect(theirs).toContainText('Riaan Mabuza');
	await expect(theirs).toContainText('The team comes tomorrow morning.');
	await expect(farida.getByLabel('What you write')).toHaveValue('The team is on its way now.');
	await expect(farida).toHaveTitle(/^Error: /);

	await farida.getByRole('button', { name: 'Send', exact: true }).click();
	await expect(farida.getByRole('status')).toContainText('Tell the residents');
	await expect(farida.locator('.deeds')).toContainText('The team is on its way now.');
});

test('Farida hands out chosen cases at once, and keeps the list as a file', async ({ visit }) => {
	const thandi = await visit('resident');
	const some = [await report(thandi, leak), await report(thandi, { ...leak, place: 'Mill Road' })];
	const farida = await visit('supervisor', true);
	await farida.goto('/office/cases?sort=newest');
	const boxes = some.map((each) => farida.getByRole('checkbox', { name: each }));
	for (const box of boxes) await box.check();

	await farida.getByRole('button', { name: 'Give them', exact: true }).click();
	await expect(farida.getByRole('alert')).toContainText('Choose who does it');
	for (const box of boxes) await expect(box).toBeChecked();
	await farida.getByLabel('Give them to').selectOption('Bheki Nkosi');
	await farida.getByRole('button', { name: 'Give them', exact: true }).click();
	await expect(farida.getByRole('status')).toContainText('2 cases changed');

	const bheki = await visit('field-worker', true);
	await bheki.goto('/office/cases?view=mine&sort=newest');
	for (const each of some) await expect(bheki.getByRole('table')).toContainText(each);
	const [file] = await Promise.all([
		bheki.waitForEvent('download'),
		bheki.getByRole('link', { name: 'Save as CSV' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/^queue-mine-\d{4}-\d\d-\d\d\.csv$/);
	const text = await readFile(await file.path(), 'utf8');
	expect(text).toMatch(/^\ufeff?reference,title,state/);
	for (const each of some) expect(text).toContain(`${each},`);
});
