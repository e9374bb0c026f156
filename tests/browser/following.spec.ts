import { expect, type Page } from '@playwright/test';
import { newest, outbox, report, signIn, test, type Message } from './demo.ts';

const leak = {
	service: 'burst-pipe',
	description: 'Water runs down the street into two yards.',
	place: 'Sparrow Street 4'
};

/** Where the link of a message leads, in this installation. */
const linkOf = ({ text }: Message) => /\/messages\/[\w-]+/.exec(text)![0];

/** Riaan of Water and Sanitation tells everybody who follows. */
async function answer(riaan: Page, reference: string, words: string) {
	await riaan.goto(`/office/cases/${reference}`);
	await riaan.getByRole('radio', { name: 'Tell the residents' }).check();
	await riaan.getByLabel('What you write').fill(words);
	await riaan.getByRole('button', { name: 'Send', exact: true }).click();
	await expect(riaan.getByRole('status')).toContainText('Tell the residents');
}

/** How many messages about something an address got. */
const got = async (page: Page, to: string, about: string) =>
	(await outbox(page.request)).filter(
		(each) => each.to.endsWith(to) && `${each.subject} ${each.text}`.includes(about)
	).length;

test('a stranger reports with an address, says yes, changes the language and stops it, without JavaScript', async ({
	visit
}) => {
	const address = 'nosipho@mail.example';
	const nosipho = await visit();
	const reference = await report(nosipho, { ...leak, email: address });
	const riaan = await visit('department-officer');
	const receipt = await newest(nosipho.request, address, reference);
	await answer(riaan, reference, 'The first answer.');
	expect(await got(nosipho, address, `${reference}: an answer`)).toBe(0);

	await nosipho.goto(linkOf(receipt));
	await nosipho.getByRole('button', { name: 'Yes, tell me what happens next' }).click();
	await expect(nosipho.getByRole('status')).toContainText('Confirmed');
	await nosipho.getByLabel('Language of your messages').selectOption('isiZulu');
	await nosipho.getByRole('button', { name: 'Save' }).click();
	await expect(nosipho.getByRole('status')).toContainText('Saved');

	await answer(riaan, reference, 'The second answer.');
	await expect
		.poll(async () => (await newest(nosipho.request, address, reference)).language)
		.toBe('zu');
	const news = await newest(nosipho.request, address, reference);
	await nosipho.goto(linkOf(news));
	await nosipho.getByRole('button', { name: 'Stop messages about this' }).click();
	await expect(nosipho.getByRole('status')).toContainText('Stopped');
	const before = await got(nosipho, address, reference);

	// Thandi follows too: once she has it, everybody has been told.
	const thandi = await visit('resident');
	await thandi.goto(`/issues/${reference}`);
	await thandi.getByRole('button', { name: 'Tell me when it moves' }).click();
	await answer(riaan, reference, 'The third answer.');
	await newest(thandi.request, 'Thandi Mokoena', `${reference}: an answer`);
	expect(await got(nosipho, address, reference)).toBe(before);
});

test('Ayanda signs in with a code, follows a neighbour’s issue, and finds it among her own', async ({
	visit
}) => {
	const reference = await report(await visit('resident'), leak);
	const ayanda = await visit();
	await ayanda.goto(`/issues/${reference}`);
	await ayanda.getByText('Tell me when it moves').click();
	await ayanda.getByRole('link', { name: 'I have an account' }).click();
	await ayanda.getByLabel('Your cell phone number or e-mail').fill('ayanda@mail.example');
	await ayanda.getByRole('button', { name: 'Send me a code' }).click();
	const { text } = await newest(ayanda.request, 'ayanda@mail.example', 'sign-in code');
	await ayanda.getByLabel('Six digits').fill(/\b\d{6}\b/.exec(text)![0]);
	await ayanda.getByRole('button', { name: 'Go on' }).click();
	await expect(ayanda).toHaveURL(`/issues/${reference}`);
	// Her account reads isiZulu; here she reads on in English.
	await expect(ayanda.locator('html')).toHaveAttribute('lang', 'zu');
	await ayanda.getByRole('button', { name: 'English' }).click();
	await expect(ayanda).toHaveURL(`/issues/${reference}`);

	await ayanda.getByRole('button', { name: 'Tell me when it moves' }).click();
	await expect(ayanda.getByRole('status')).toContainText('We will tell you');
	await ayanda.goto('/mine');
	await expect(ayanda.getByRole('heading', { name: 'What you follow' })).toBeVisible();
	await expect(ayanda.locator(`main a[href="/issues/${reference}"]`)).toBeVisible();
	await ayanda.goto(`/issues/${reference}`);
	await ayanda.getByRole('button', { name: 'Stop telling me' }).click();
	await expect(ayanda.getByRole('button', { name: 'Tell me when it moves' })).toBeVisible();
});

test('Thandi asks for what is kept about her, takes it out, and Chris answers in writing', async ({
	visit
}) => {
	const thandi = await visit(undefined, true);
	await thandi.goto('/privacy');
	await thandi.getByRole('link', { name: 'Ask here' }).click();
	await thandi.getByLabel('To correct it').check();
	await thandi.getByRole('button', { name: 'Send the request' }).click();
	await expect(thandi.getByRole('alert')).toBeVisible();
	await signIn(thandi, 'resident');
	await thandi.goto('/privacy/request');
	await thandi.getByLabel('To correct it').check();
	const words = `My name is spelled Mokoena. ${Date.now()}`;
	await thandi.getByLabel('What is it about?').fill(words);
	await thandi.getByRole('button', { name: 'Send the request' }).click();
	await expect(thandi.getByRole('status')).toContainText('within 30 days');

	const [file] = await Promise.all([
		thandi.waitForEvent('download'),
		thandi.getByRole('link', { name: 'take out everything we keep about you' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);

	const chris = await visit('admin');
	await chris.goto('/office/privacy');
	const request = chris.locator('section', { hasText: words });
	await request.getByLabel('Outcome').selectOption('Done as asked');
	await request.getByLabel('The answer, in writing').fill('It now says Mokoena.');
	await request.getByRole('button', { name: 'Answer' }).click();
	await expect(chris.getByRole('status')).toContainText('Answered');
	await expect(chris.getByText(words)).toHaveCount(0);
	await thandi.reload();
	await expect(thandi.getByText('It now says Mokoena.')).toBeVisible();
	await newest(thandi.request, 'thandi@mail.example', 'The answer to your request');
});
