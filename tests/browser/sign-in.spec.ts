import { expect, test, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { newest, signIn } from './demo.ts';

const codeIn = (text: string) => /\b\d{6}\b/.exec(text)![0];

async function askForCode(page: Page, contact: string) {
	await page.goto('/sign-in?next=/account');
	await page.getByLabel('Your cell phone number or e-mail').fill(contact);
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Type the code we sent');
}

test('a resident signs in with the code from an SMS, on a page without JavaScript', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await askForCode(page, '082 000 0101');
	const code = codeIn((await newest(page.request, '0101')).text);

	await page.getByLabel('Six digits').fill(String((Number(code) + 1) % 1e6).padStart(6, '0'));
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page.getByRole('alert')).toContainText('You have 4 tries left');

	await page.getByLabel('Six digits').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
	await page.getByRole('button', { name: 'Go on' }).click();
	await expect(page).toHaveURL('/account');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Thandi Mokoena');
	await page.goto('/office');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('does not exist');
	await context.close();
});

test('by keyboard alone: ask, type, come in, sign out', async ({ page }) => {
	await page.goto('/sign-in?next=/account');
	await page.getByLabel('Your cell phone number or e-mail').focus();
	await page.keyboard.type('082 000 0101');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/sign-in\/code/);
	const code = codeIn((await newest(page.request, '0101')).text);
	await page.getByLabel('Six digits').focus();
	await page.keyboard.type(code);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/account');
	await page.getByRole('link', { name: 'Sign out' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Sign out' }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/');
	await page.goto('/account');
	await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test('after signing in nobody is led to another site', async ({ page }) => {
	await signIn(page, 'resident');
	await page.goto('/sign-in?next=https://evil.example/');
	await expect(page).toHaveURL('/account');
});

test('somebody new is invited, sets up the second factor, and signs in with both', async ({
	page,
	browser
}) => {
	await signIn(page, 'admin');
	await page.goto('/office/people/invitation');
	await page.getByLabel('Name', { exact: true }).fill('Boitumelo Arends');
	await page.getByLabel('Work e-mail').fill('boitumelo@khanyisa.example');
	await page.getByLabel('Role').selectOption('communications');
	await page.getByRole('button', { name: 'Send the invitation' }).click();
	await expect(page.getByText('Boitumelo Arends').first()).toBeVisible();
	const link = /\/sign-in\/invitation\/[\w-]+/.exec(
		(await newest(page.request, 'boitumelo@khanyisa.example')).text
	)![0];

	const work = await browser.newContext();
	const desk = await work.newPage();
	await desk.goto(link);
	await desk.getByLabel('Password').fill('short');
	await desk.getByLabel('Password').evaluate((input) => input.removeAttribute('minlength'));
	await desk.getByRole('button', { name: 'Begin' }).click();
	await expect(desk.getByRole('alert')).toContainText('at least 12 characters');
	await desk.getByLabel('Password').fill('rain on a tin roof');
	await desk.getByRole('button', { name: 'Begin' }).click();

	await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Set up your second factor');
	await desk.goto('/office');
	await expect(desk).toHaveURL(/second-factor/);
	await desk.getByText('I cannot scan it').click();
	const secret = (await desk.locator('details strong').innerText()).replace(/\s/g, '');
	const app = new TOTP({ secret: Secret.fromBase32(secret) });
	await desk.getByLabel('Type the six digits').fill(app.generate());
	await desk.getByRole('button', { name: 'Turn it on' }).click();
	await expect(desk.getByRole('heading', { level: 1 })).toContainText('ten recovery codes');
	const recovery = await desk.locator('ol.codes li').allInnerTexts();
	expect(recovery).toHaveLength(10);
	await desk.getByRole('link', { name: /I have kept them/ }).click();
	await expect(desk).toHaveURL('/office');

	await work.clearCookies({ name: 'session' });
	await desk.goto('/sign-in/staff');
	await desk.getByLabel('Work e-mail').fill('boitumelo@khanyisa.example');
	await desk.getByLabel('Password').fill('rain on a tin roof');
	await desk.getByRole('button', { name: 'Go on' }).click();
	await expect(desk.getByRole('heading', { level: 1 })).toHaveText('Now the code of your app');
	await desk.goto('/office');
	await expect(desk).toHaveURL(/\/sign-in\?next=/);
	await desk.goto('/sign-in/staff/code');
	await desk.getByLabel(/Six digits/).fill(recovery[0]);
	await desk.getByRole('button', { name: 'Sign in' }).click();
	await expect(desk).toHaveURL('/office');
	await work.close();
});
