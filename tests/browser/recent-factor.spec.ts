import { expect, test, type Browser } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { newest, signIn } from './demo.ts';

/** The tests' server counts a second factor as recent for eight seconds (RECENT_FACTOR_SECONDS). */
const tooLong = 9_000;

/** A new administrator, invited and signed in with a second factor, without JavaScript. */
async function newAdministrator(browser: Browser) {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await signIn(page, 'admin');
	await page.goto('/office/people/invitation');
	await page.getByLabel('Name', { exact: true }).fill('Naledi Fortuin');
	await page.getByLabel('Work e-mail').fill('naledi@khanyisa.example');
	await page.getByLabel('Role').selectOption('admin');
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	const { text } = await newest(page.request, 'naledi@khanyisa.example');
	const [link] = /\/sign-in\/invitation\/[\w-]+/.exec(text)!;

	await context.clearCookies();
	await page.goto(link);
	await page.getByLabel('Password').fill('rain on a tin roof');
	await page.getByRole('button', { name: 'Begin' }).click();
	const secret = (await page.locator('details strong').textContent())!.replace(/\s/g, '');
	const app = new TOTP({ secret: Secret.fromBase32(secret) });
	await page.getByLabel('Type the six digits').fill(app.generate());
	await page.getByRole('button', { name: 'Turn it on' }).click();
	const recovery = await page.locator('ol.codes li').allInnerTexts();
	return { page, recovery };
}

test('a role, an answer and a file wait for a second factor that was just shown, and nothing typed is lost', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const { page, recovery } = await newAdministrator(browser);
	const h1 = page.getByRole('heading', { level: 1 });
	const lock = 'Show your second factor';

	await page.goto('/office/people');
	await page.getByRole('link', { name: 'Pumla Jantjies' }).click();
	await expect(h1).toHaveText('Pumla Jantjies');
	const pumla = page.url();
	await page.waitForTimeout(tooLong);
	await page.getByText('Give another role').click();
	await page.getByLabel('Role').selectOption('communications');
	await page.getByRole('button', { name: 'Give this role' }).click();
	await expect(h1).toHaveText(lock);

	// Left without a code, nothing was done.
	await page.getByRole('link', { name: /back to the page/ }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Communications' })).toHaveCount(0);

	await page.getByText('Give another role').click();
	await page.getByLabel('Role').selectOption('communications');
	await page.getByRole('button', { name: 'Give this role' }).click();
	await page.getByLabel(/Six digits/).fill('000000');
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page.getByRole('alert')).toContainText('This is not the code.');
	await page.getByLabel(/Six digits/).fill(recovery[0]);
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page.getByRole('status')).toHaveText('Done.');
	expect(page.url()).toContain(pumla);
	await expect(page.getByRole('listitem').filter({ hasText: 'Communications' })).toHaveCount(1);

	// How long things are kept: the changed number arrives with the code.
	await page.goto('/office/setup/retention');
	const months = page.locator('input[name=messages]');
	await months.fill('13');
	await page.waitForTimeout(tooLong);
	await months.press('Enter');
	await expect(h1).toHaveText(lock);
	await page.getByLabel(/Six digits/).fill(recovery[1]);
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page).toHaveURL(/retention\?saved/);
	await expect(months).toHaveValue('13');

	// A file that takes names out asks first, and then goes on to the file.
	await page.waitForTimeout(tooLong);
	const asked = await page.request.get('/office/people.csv', { maxRedirects: 0 });
	expect([asked.status(), asked.headers().location]).toEqual([
		303,
		'/account/second-factor?next=%2Foffice%2Fpeople.csv'
	]);
	await page.context().close();
});

test('the page that asks for the code holds nothing when it is opened by its address', async ({
	page
}) => {
	await signIn(page, 'admin');
	await page.goto('/account/second-factor/deed?to=https://evil.example/');
	await expect(page).toHaveURL('/office');
	await page.goto('/account/second-factor/deed?to=/office/people');
	await expect(page).toHaveURL('/office/people');
});
