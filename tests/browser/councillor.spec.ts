import { expect, type Page } from '@playwright/test';
import { report, test } from './demo.ts';

// Each of these walks through a dozen pages, the office's without JavaScript.
test.describe.configure({ timeout: 60_000 });

const inDays = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

async function promise(page: Page, what: string) {
	await page.goto('/office/commitments/new?office=ward-99901007');
	await page.getByLabel('What do you promise?').fill(what);
	await page.getByLabel('By which day?').fill(inDays(10));
	await page.getByLabel('How will anyone see').fill('Water runs from it');
	await page.getByRole('button', { name: 'Promise this in public' }).click();
	await expect(page.getByRole('status')).toContainText('It is public');
}

test('Lindiwe promises without JavaScript, a resident reads and follows it', async ({ visit }) => {
	const lindiwe = await visit('councillor');
	await promise(lindiwe, 'A second standpipe for Lower Thembeni');
	const number = /P-\d+/.exec(lindiwe.url())![0];

	const thandi = await visit('resident');
	await thandi.goto('/commitments?ward=99901007');
	await thandi.getByRole('link', { name: 'A second standpipe for Lower Thembeni' }).first().click();
	await expect(thandi).toHaveURL(`/commitments/${number}`);
	await expect(thandi.getByText('Councillor Lindiwe Hartzen')).toBeVisible();
	await thandi.getByRole('button', { name: 'Tell me' }).click();
	await expect(thandi.getByRole('status')).toContainText('You follow it now');
	await expect(thandi.getByRole('heading', { level: 1 })).toHaveText(
		'A second standpipe for Lower Thembeni'
	);
});

test('a date slips: the old one and the reason stay for everyone to read', async ({ visit }) => {
	const lindiwe = await visit('councillor');
	await promise(lindiwe, 'Speed humps in Ntaba Street');
	const office = new URL(lindiwe.url()).pathname;
	await lindiwe.getByRole('link', { name: 'It will be late' }).click();
	await lindiwe.getByLabel('The new date').fill(inDays(5));
	await lindiwe.getByLabel('Why?').fill('The bricks came late');
	await lindiwe.getByRole('button', { name: 'Publish the new date' }).click();
	await expect(lindiwe.getByRole('alert')).toContainText('must be after');
	await expect(lindiwe.getByLabel('Why?')).toHaveValue('The bricks came late');
	await lindiwe.getByLabel('The new date').fill(inDays(20));
	await lindiwe.getByRole('button', { name: 'Publish the new date' }).click();
	await expect(lindiwe).toHaveURL(office);

	const anybody = await visit();
	await anybody.goto(office.replace('/office', ''));
	await expect(anybody.locator('.clock')).toContainText(/Was .+ Now /);
	await expect(anybody.locator('.deeds s')).toBeVisible();
	await expect(anybody.getByText('The bricks came late')).toBeVisible();
});

test('a form with nothing in it says what is missing, at the field', async ({ visit }) => {
	const lindiwe = await visit('councillor');
	await lindiwe.goto('/office/commitments/new');
	await lindiwe.getByRole('button', { name: 'Promise this in public' }).click();
	await expect(lindiwe).toHaveTitle(/^Error: /);
	await expect(lindiwe.getByRole('alert').getByRole('link')).toHaveAttribute('href', '#what');
});

test('the desk of another ward, the neighbour’s and a resident’s do not exist', async ({
	visit
}) => {
	for (const [account, path] of [
		['councillor', '/office/ward?ward=99901002'],
		['councillor', '/office/ward/list?ward=99902001'],
		['neighbour-councillor', '/office/ward?ward=99901007'],
		['department-officer', '/office/ward'],
		['department-officer', '/office/commitments'],
		['resident', '/office/ward']
	]) {
		const page = await visit(account);
		expect((await page.goto(path))?.status(), `${account} ${path}`).toBe(404);
	}
});

test('a proportional councillor goes from ward to ward', async ({ visit }) => {
	const themba = await visit('councillor-2');
	await themba.goto('/office/ward');
	await expect(themba.getByRole('heading', { level: 1 })).toContainText('Ward 3');
	await themba.getByRole('link', { name: 'Ward 7', exact: true }).click();
	await expect(themba.getByRole('heading', { level: 1 })).toContainText('Ward 7');
});

test('she answers a suggestion and makes it a promise; the author reads both', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const reference = await report(thandi, {
		kind: 'suggestion',
		description: 'Put a second standpipe in Lower Thembeni, near the crèche.'
	});

	const lindiwe = await visit('councillor');
	await lindiwe.goto('/office/ward/list?ward=99901007&show=waiting');
	await lindiwe.locator(`a[href$="${reference}"]`).click();
	await lindiwe.getByText('Accepted', { exact: false }).first().click();
	await lindiwe.getByLabel('Your reasons').fill('Council agreed on the money.');
	await lindiwe.getByRole('button', { name: 'Publish my answer' }).click();
	await expect(lindiwe.getByRole('status')).toContainText('Your answer is public');
	await lindiwe.getByRole('link', { name: 'Promise something' }).click();
	await lindiwe.getByLabel('What do you promise?').fill(`A standpipe, as asked in ${reference}`);
	await lindiwe.getByLabel('By which day?').fill(inDays(14));
	await lindiwe.getByRole('button', { name: 'Promise this in public' }).click();
	await expect(lindiwe.getByText('It answers 1 issue')).toBeVisible();

	await thandi.goto(`/issues/${reference}`);
	await expect(thandi.getByText('Council agreed on the money.')).toBeVisible();
	await expect(thandi.getByText('A promise was made about this')).toBeVisible();
});

test('chosen questions get one answer, and an empty one is refused', async ({ visit }) => {
	const anybody = await visit();
	const some = [
		await report(anybody, { kind: 'suggestion', description: 'Who decides on speed humps?' }),
		await report(anybody, { kind: 'suggestion', description: 'When is the next ward meeting?' })
	];
	const lindiwe = await visit('councillor');
	await lindiwe.goto('/office/ward/list?ward=99901007&show=waiting');
	for (const reference of some) await lindiwe.locator(`input[value="${reference}"]`).check();
	await lindiwe.getByText('Answer those chosen at once').click();
	await lindiwe.getByRole('button', { name: 'Answer them all' }).click();
	await expect(lindiwe.getByRole('alert')).toBeVisible();
	for (const reference of some)
		await expect(lindiwe.locator(`input[value="${reference}"]`)).toBeChecked();
	await lindiwe.getByLabel('Your answer').fill('At the hall, on the 26th.');
	await lindiwe.getByRole('button', { name: 'Answer them all' }).click();
	await expect(lindiwe.getByRole('status')).toContainText('2 questions answered');
});

test('she reports back, and the ward reads her words beside the figures', async ({ visit }) => {
	const lindiwe = await visit('councillor');
	await lindiwe.goto('/office/ward/report-back?ward=99901007');
	await lindiwe
		.getByLabel('Your words to ward 7')
		.fill('The standpipe is late. I ask for it at every council meeting.');
	await lindiwe.getByRole('button', { name: 'Publish my report-back' }).click();
	await expect(lindiwe).toHaveURL('/wards/99901007#report-back');
	await expect(lindiwe.getByText('The standpipe is late.')).toBeVisible();
	await lindiwe.getByRole('link', { name: 'Lindiwe Hartzen' }).first().click();
	await expect(lindiwe.getByRole('heading', { level: 1 })).toHaveText('Lindiwe Hartzen');
});

test('by keyboard alone, from the desk to a promise', async ({ visit }) => {
	const page = await visit('councillor', true);
	await page.goto('/office/commitments/new');
	await page.getByLabel('What do you promise?').focus();
	await page.keyboard.type('A light at the taxi rank, every night');
	await page.keyboard.press('Tab');
	await expect(page.getByLabel('By which day?')).toBeFocused();
	await page.getByLabel('By which day?').fill(inDays(7));
	const button = page.getByRole('button', { name: 'Promise this in public' });
	for (let i = 0; i < 12 && !(await button.evaluate((e) => e === document.activeElement)); i++)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('status')).toContainText('It is public');
});
