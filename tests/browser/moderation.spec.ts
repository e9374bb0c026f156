import { expect, type Page } from '@playwright/test';
import { kerb, newest, report, test } from './demo.ts';

const accusation = {
	service: 'pothole',
	description: 'Mr Nkosi of number 12 broke the road with his truck.',
	place: 'Ntaba Street'
};

/** A moderator at the page of an issue opens one of the folded forms and gives the reason everybody reads. */
async function because(page: Page, form: string, reason: string) {
	const folded = page.locator('details', { hasText: form }).first();
	await folded.locator('summary').click();
	await folded.getByLabel('Why? Everybody reads it').selectOption({ label: reason });
	return folded;
}

test('a neighbour flags, Lerato hides with a reason, Thandi is told and objects, a colleague answers', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const reference = await report(thandi, accusation);

	const neighbour = await visit();
	await neighbour.goto(`/issues/${reference}`);
	await neighbour.getByRole('link', { name: 'Something here is wrong' }).click();
	await neighbour.getByRole('button', { name: 'Send' }).click();
	await expect(neighbour.getByRole('alert')).toBeVisible();
	await neighbour.getByLabel('It accuses somebody wrongly').check();
	await neighbour.getByRole('button', { name: 'Send' }).click();
	await expect(neighbour.getByRole('heading', { level: 1 })).toContainText('Thank you');

	const lerato = await visit('communications');
	await lerato.goto('/office/moderation');
	await lerato.getByRole('row', { name: reference }).getByRole('link').click();
	await expect(lerato.getByText('It accuses somebody wrongly').last()).toBeVisible();
	const form = await because(lerato, 'Hide it', 'it accuses somebody without showing it');
	await form.getByRole('button', { name: 'Hide it' }).click();
	await expect(lerato.getByRole('status')).toContainText('Done');
	expect((await neighbour.goto(`/issues/${reference}`))?.status()).toBe(404);

	const told = await newest(thandi.request, 'Thandi Mokoena', `${reference}: we changed`);
	expect(told.text).toContain('If you do not agree');
	await thandi.goto(`/issues/${reference}`);
	await thandi.getByRole('link', { name: /how to object/ }).click();
	await thandi.getByLabel('Why should it be shown').fill('I saw the truck. He says so himself.');
	await thandi.getByRole('button', { name: 'Object' }).click();
	await expect(thandi.getByText('You objected:')).toBeVisible();

	await lerato.goto(`/office/moderation/${reference}`);
	await expect(lerato.getByText('a colleague answers')).toBeVisible();
	const pumla = await visit('agent');
	await pumla.goto(`/office/moderation/${reference}`);
	await pumla.getByLabel(/Your answer/).fill('It stays hidden: the police must say who did it.');
	await pumla.getByRole('button', { name: 'Answer' }).click();
	await thandi.reload();
	await expect(thandi.getByText('the police must say who did it')).toBeVisible();
});

test('Lerato takes a name out of the words; the original stays with her and the reporter', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const reference = await report(thandi, accusation);
	const lerato = await visit('communications');
	await lerato.goto(`/office/moderation/${reference}`);
	const form = await because(lerato, 'Change its words', 'it shows personal details of somebody');
	await form.getByLabel('What is shown instead').fill('A truck broke the road.');
	await form.getByRole('button', { name: 'Change the words' }).click();
	await expect(lerato.getByRole('status')).toContainText('Done');

	const neighbour = await visit();
	await neighbour.goto(`/issues/${reference}`);
	await expect(neighbour.locator('blockquote').first()).toHaveText('A truck broke the road.');
	await expect(neighbour.getByText('Mr Nkosi')).toHaveCount(0);
	await thandi.goto(`/issues/${reference}/objection`);
	await expect(thandi.getByText('Mr Nkosi of number 12')).toBeVisible();

	await lerato.getByRole('button', { name: /Back to the words as they were/ }).click();
	await neighbour.reload();
	await expect(neighbour.locator('blockquote').first()).toContainText('Mr Nkosi');
});

test('Lerato covers a number plate; others get the copy, the original is not theirs', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const picture = { name: 'plate.jpg', mimeType: 'image/jpeg', buffer: await kerb() };
	const reference = await report(thandi, { ...accusation, photo: picture });
	const neighbour = await visit();
	const shown = async () => {
		await neighbour.goto(`/issues/${reference}`);
		const address = await neighbour.locator('img[src^="/photos/"]').first().getAttribute('src');
		return (await neighbour.request.get(address!)).body();
	};
	const before = await shown();

	const lerato = await visit('communications');
	await lerato.goto(`/office/moderation/${reference}`);
	await lerato.getByRole('link', { name: 'Cover parts of it' }).click();
	await lerato.getByRole('checkbox', { name: 'Row 2, column 3' }).check();
	await lerato.getByRole('checkbox', { name: 'Row 2, column 4' }).check();
	await lerato
		.getByLabel('Why? Everybody reads it')
		.selectOption({ label: 'a person can be recognised in a photo' });
	const original = await lerato.locator('.cover img').getAttribute('src');
	await lerato.getByRole('button', { name: 'Cover them' }).click();
	await expect(lerato.getByText('Others see it covered in part.')).toBeVisible();

	expect((await shown()).equals(before)).toBe(false);
	expect((await neighbour.request.get(original!, { maxRedirects: 0 })).status()).not.toBe(200);
});
