import { expect, type Page } from '@playwright/test';
import { newest, test } from './demo.ts';

/** Sentences and buttons that stand on these pages in English, and must not for who reads isiXhosa. */
const english = [
	'Good day',
	'Who you are',
	'How we reach you',
	'Wards you watch',
	'Where you are signed in',
	'What we keep about you',
	'What we told you',
	'How you hear from us',
	'Quiet from',
	'Who speaks for ward',
	'Promises',
	'Reported back',
	'said to be fixed',
	'questions wait',
	'Registered voters',
	'Which ward of',
	'The wards',
	'Whom to call',
	'Departments',
	'What was promised',
	'Follow this promise',
	'What happened',
	'My reports',
	'I have a receipt',
	'Everybody must be able',
	'What would you like to do',
	'Why we may',
	'Send the request',
	'Save',
	'Remove',
	'Sign out',
	'There is a problem'
];

/** What a page says itself: blocks that say they are in another language, such as old messages, apart. */
const saidBy = (page: Page) =>
	page.locator('body').evaluate((body) => {
		const copy = body.cloneNode(true) as HTMLElement;
		for (const other of copy.querySelectorAll('[lang], script, style')) other.remove();
		return copy.textContent ?? '';
	});

const pages = [
	'/account',
	'/account/messages',
	'/mine',
	'/wards',
	'/wards?place=Vlei Street',
	'/wards/99901007',
	'/commitments',
	'/contacts',
	'/help',
	'/accessibility',
	'/privacy/request'
];

test('Thandi signs in and walks her pages in isiXhosa, without JavaScript', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'xh-ZA' });
	const page = await context.newPage();
	await page.goto('/sign-in?next=/account');
	await expect(page.locator('html')).toHaveAttribute('lang', 'xh');
	await page.locator('#contact').fill('nobody');
	await page.locator('main form button').first().click();
	await expect(page.getByRole('alert')).toContainText('Kukho ingxaki');
	await expect(page.getByRole('alert')).toContainText('Asiyonombolo yefowuni');
	await page.locator('#contact').fill('082 000 0101');
	await page.locator('main form button').first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Chwetheza ikhowudi esiyithumeleyo'
	);

	const { text } = await newest(page.request, '0101');
	await page.locator('#code').fill(/\b\d{6}\b/.exec(text)![0]);
	await page.locator('main form button').first().click();
	// Her account says English; she chooses her own language at the foot, and keeps it.
	await page.getByRole('button', { name: 'isiXhosa' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Molo, Thandi Mokoena');

	for (const path of pages) {
		await page.goto(path);
		await expect(page.locator('html'), path).toHaveAttribute('lang', 'xh');
		const said = await saidBy(page);
		for (const words of english) expect.soft(said, path).not.toContain(words);
	}

	await page.goto('/commitments');
	await page.locator('.vow h3 a').first().click();
	await expect(page.getByText('Landela esi sithembiso')).toBeVisible();
	const promise = await saidBy(page);
	for (const words of english) expect.soft(promise).not.toContain(words);
	// The account remembers; whoever signs in as Thandi after this reads English again.
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en-ZA');
	await context.close();
});

test('the notice of the law says above a draft that its English text holds', async ({ visit }) => {
	const page = await visit();
	await page.goto('/privacy');
	await expect(page.getByText('The English text of this notice holds')).toHaveCount(0);
	await page.getByRole('button', { name: 'isiZulu' }).click();
	await expect(page.locator('main [lang=en-ZA]').first()).toContainText(
		'The English text of this notice holds'
	);
});

test('a closed door and a missing page answer in the reader’s language', async ({ visit }) => {
	const page = await visit();
	await page.goto('/help');
	await page.getByRole('button', { name: 'Afrikaans' }).click();
	for (const path of ['/councillors', '/nowhere']) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Hierdie blad bestaan nie');
		await expect(page.locator('html')).toHaveAttribute('lang', 'af');
	}
});

test('a half-filled form survives a change of language, but no code and no receipt does', async ({
	visit
}) => {
	const page = await visit(undefined, true);
	await page.goto('/privacy/request');
	await page.waitForLoadState('networkidle');
	await page.locator('input[name=kind][value=correction]').check();
	await page.locator('#words').fill('My street is Vlei, not Vley.');
	await page.locator('#receipt').fill('ABCDEFGHJKMN');
	await page.getByRole('button', { name: 'isiZulu' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'zu');
	await expect(page.locator('#words')).toHaveValue('My street is Vlei, not Vley.');
	await expect(page.locator('input[name=kind][value=correction]')).toBeChecked();
	await expect(page.locator('#receipt')).toHaveValue('');
	expect(await page.evaluate(() => sessionStorage.length)).toBe(0);

	await page.goto('/sign-in');
	await page.waitForLoadState('networkidle');
	await page.locator('#contact').fill('082 000 0199');
	await page.getByRole('button', { name: 'Afrikaans' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'af');
	await expect(page.locator('#contact')).toHaveValue('082 000 0199');
});
