import { expect, type Page } from '@playwright/test';
import { origin, report as send, signIn, test } from './demo.ts';

/** Somebody reports a burst pipe; answers the address of its page. */
const report = async (page: Page, place: string) =>
	`/issues/${await send(page, {
		service: 'burst-pipe',
		description: 'Water runs down the street into two yards.',
		place
	})}`;

/** Riaan of Water and Sanitation says that it is done. */
async function claim(riaan: Page, path: string) {
	const answer = await riaan.request.post(`/office/cases/${path.split('/').at(-1)}?/next`, {
		form: { what: 'claim', words: 'The joint was replaced.', audience: 'public' },
		headers: { origin: origin(), accept: 'text/html' }
	});
	expect(answer.ok()).toBe(true);
}

for (const javaScriptEnabled of [true, false])
	test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
		test.use({ javaScriptEnabled });

		test('Thandi confirms that it is fixed', async ({ page, visit }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Vlei Street, corner by the clinic');
			await claim(await visit('department-officer'), path);
			await page.goto('/');
			const card = page.locator('.ask', { hasText: path.split('/').at(-1) });
			await expect(card).toContainText('The Water and Sanitation team says this was fixed today.');
			await card.getByRole('button', { name: 'Yes, it is fixed' }).click();
			await expect(page).toHaveURL(path);
			await expect(page.locator('main .pill').first()).toHaveText('Fixed, confirmed');
			await expect(page.locator('.deeds li').first()).toContainText('Fixed, says the resident');
		});

		test('Thandi says no, and later opens it again with a reason', async ({ page, visit }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Mill Road 12');
			await claim(await visit('department-officer'), path);
			await page.goto(path);
			await page.getByRole('button', { name: 'No, it is not' }).click();
			await expect(page.locator('main .pill').first()).toHaveText('Received');
			await expect(page.locator('.deeds li').first()).toContainText('Opened again');

			await claim(await visit('department-officer'), path);
			await page.reload();
			await page.getByRole('button', { name: 'Yes, it is fixed' }).click();
			await page.getByRole('link', { name: 'It is not fixed: open it again' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open it again');
			await page.getByLabel('What is still wrong?').fill('It runs again since the night.');
			await page.getByRole('button', { name: 'Open it again' }).click();
			await expect(page).toHaveURL(path);
			await expect(page.locator('.deeds li').first()).toContainText('It runs again');
		});

		test('a neighbour without an account joins, follows, and takes it back', async ({
			page,
			visit
		}) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Sparrow Street');
			const neighbour = await visit(undefined, javaScriptEnabled);
			await neighbour.goto(path);
			await neighbour.getByText('Add my address').click();
			await neighbour.getByLabel('My address').fill('16 Sparrow Street');
			await neighbour.getByRole('button', { name: 'This affects me too' }).click();
			await expect(neighbour.getByText('You said this affects you too.')).toBeVisible();
			await expect(neighbour.locator('.facts')).toContainText('2 households');

			await neighbour.getByText('Tell me when it moves').click();
			await neighbour.getByLabel(/Cell phone number/).fill('call me');
			await neighbour.getByRole('button', { name: 'Tell me', exact: true }).click();
			await expect(neighbour).toHaveTitle(/^Error: /);
			await neighbour.getByLabel(/Cell phone number/).fill('082 000 0999');
			await neighbour.getByRole('button', { name: 'Tell me', exact: true }).click();
			await expect(neighbour.getByRole('status')).toContainText('We will tell you');

			await neighbour.getByRole('button', { name: 'Take that back' }).click();
			await expect(neighbour.getByRole('button', { name: 'This affects me too' })).toBeVisible();
		});

		test('Thandi takes a report back, giving a reason', async ({ page }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Ntaba Street 3');
			await page.goto(path);
			await page.getByRole('link', { name: 'Take it back' }).click();
			await page.getByRole('button', { name: 'Take my report back' }).click();
			await expect(page.getByRole('alert')).toContainText('Choose why');
			await page.getByLabel('It was reported by mistake').check();
			await page.getByRole('button', { name: 'Take my report back' }).click();
			await expect(page.locator('main .pill').first()).toHaveText('Taken back');
		});
	});

test('a receipt opens the report on another phone, which can forget it again', async ({
	page,
	visit
}) => {
	const path = await report(page, 'Old Mill bridge');
	await page.goto(path);
	// The redirect already showed the receipt to the request that reported; the phone keeps it.
	const cookies = await page.context().cookies();
	const receipt = cookies.find(({ name }) => name === 'receipts')?.value ?? '';
	const other = await visit(undefined, true);
	await other.goto('/mine');
	await other.getByLabel('Your receipt').fill('ABC');
	await other.getByRole('button', { name: 'Open my report' }).click();
	await expect(other.getByRole('alert')).toContainText('No report has this receipt');
	await other.getByLabel('Your receipt').fill(receipt.toLowerCase().replace(/(.{5})/g, '$1 '));
	await other.getByRole('button', { name: 'Open my report' }).click();
	await expect(other).toHaveURL(path);
	await expect(other.getByRole('heading', { name: 'Your report' })).toBeVisible();
	await other.goto('/mine');
	await other.getByRole('button', { name: 'Make this device forget' }).click();
	await expect(other.getByText('Nothing was reported from this device.')).toBeVisible();
});

test('however a number is typed, it leads to the one address', async ({ page }) => {
	const path = await report(page, 'Aloe Ridge');
	const typed = path.split('/').at(-1)!.toLowerCase().replaceAll('-', ' ');
	await page.goto('/issues');
	await page.getByLabel(/Search/).fill(typed);
	await page.getByRole('button', { name: 'Find' }).click();
	await expect(page).toHaveURL(path);
	await page.goto(path.toLowerCase());
	await expect(page).toHaveURL(path);
	expect((await page.goto('/issues/KHA-26-22222'))?.status()).toBe(404);
});

test('the keyboard alone leads through the page of an issue', async ({ page, visit }) => {
	const path = await report(page, 'Thembeni clinic');
	const neighbour = await visit(undefined, true);
	await neighbour.goto(path);
	await neighbour.keyboard.press('Tab');
	await expect(neighbour.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await neighbour.keyboard.press('Enter');
	const button = neighbour.getByRole('button', { name: 'This affects me too' });
	for (let i = 0; i < 15 && !(await button.evaluate((it) => it === document.activeElement)); i++)
		await neighbour.keyboard.press('Tab');
	await expect(button).toBeFocused();
	await neighbour.keyboard.press('Enter');
	await expect(neighbour.getByText('You said this affects you too.')).toBeVisible();
});
