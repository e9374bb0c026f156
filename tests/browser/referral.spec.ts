import { expect } from '@playwright/test';
import { looksWell, report, test } from './demo.ts';

test('Riaan hands a burst pipe to Thokozani, Anele accepts and mends it, and residents see who had it', async ({
	visit
}) => {
	test.slow();
	const stranger = await visit();
	const reference = await report(stranger, {
		service: 'burst-pipe',
		description: `Water runs from the pipe under the border bridge. ${Date.now()}`
	});

	const riaan = await visit('department-officer');
	await riaan.goto(`/office/cases/${reference}`);
	await riaan.getByRole('link', { name: 'Hand it to another body' }).click();
	await riaan.getByRole('button', { name: 'Hand it over' }).click();
	await expect(riaan.getByRole('alert')).toContainText('Say why it is theirs.');
	await riaan.getByLabel('To whom?').selectOption({ label: 'Thokozani' });
	await riaan.getByLabel('Why is it theirs?').fill('The pipe lies on their side of the bridge.');
	await riaan.getByRole('button', { name: 'Hand it over' }).click();
	await expect(riaan.getByRole('status')).toContainText('Handed over');

	await stranger.goto(`/issues/${reference}`);
	await expect(stranger.getByRole('main')).toContainText('Not accepted yet');

	const anele = await visit('neighbour-officer');
	expect((await anele.goto(`/office/cases/${reference}`))!.status()).toBe(404);
	await anele.goto('/office/referrals');
	await anele.getByRole('link', { name: new RegExp(reference) }).click();
	await expect(anele.getByRole('main')).toContainText('under the border bridge');
	await anele.getByLabel('Give it back').check();
	await anele
		.getByLabel('Why does it go back?')
		.selectOption({ label: 'Another body is responsible' });
	await anele.getByLabel('What you write').fill('Not ours.');
	await anele.getByRole('button', { name: 'Send the answer' }).click();
	await expect(anele.getByRole('alert')).toContainText('Name the body that is responsible.');
	await anele.getByLabel('Accept it').check();
	await anele.getByLabel('What you write').fill('');
	await anele.getByRole('button', { name: 'Send the answer' }).click();
	await expect(anele.getByRole('status')).toContainText('Sent.');
	await anele.getByLabel('Say it is done').check();
	await anele.getByLabel('What you write').fill('The valve is closed and the pipe is mended.');
	await anele.getByRole('button', { name: 'Send the answer' }).click();
	await expect(anele.getByRole('status')).toContainText('Sent.');

	await stranger.goto(`/issues/${reference}`);
	const main = stranger.getByRole('main');
	await expect(main).toContainText('Thokozani accepted it and is responsible now');
	await expect(main).toContainText('the pipe is mended');
	await expect(main.getByRole('heading', { name: 'Who has had it' })).toBeVisible();

	await riaan.goto('/office/referrals');
	await expect(
		riaan.getByRole('table', { name: 'Bodies that cases were handed to' })
	).toContainText('Thokozani');
});

test('the pages of a referral look well on a telephone and on a desk', async ({ visit }) => {
	test.slow();
	const reference = await report(await visit(), {
		service: 'burst-pipe',
		description: `A second pipe runs under the border bridge. ${Date.now()}`
	});
	const riaan = await visit('department-officer', true);
	for (const width of [360, 1280]) {
		await riaan.setViewportSize({ width, height: 900 });
		await looksWell(riaan, [`/office/cases/${reference}/referral`, '/office/referrals']);
	}
	await riaan.goto(`/office/cases/${reference}/referral`);
	await riaan.getByLabel('To whom?').selectOption({ label: 'Thokozani' });
	await riaan.getByLabel('Why is it theirs?').fill('It lies on their side.');
	await riaan.getByRole('button', { name: 'Hand it over' }).click();
	await riaan.getByRole('link', { name: 'What they answered, or take it back' }).click();
	await riaan.setViewportSize({ width: 360, height: 900 });
	await looksWell(riaan, [riaan.url(), `/issues/${reference}`]);
});

test('Chris sees what a line of the table would mean, saves it, ends it, and reads the key of Khanyisa', async ({
	visit
}) => {
	test.slow();
	const chris = await visit('admin', true);
	await chris.goto('/office/setup/responsibility');
	await chris.getByRole('button', { name: 'Show what changes' }).click();
	await expect(chris.getByRole('alert')).toContainText('Choose what it is about.');
	await chris.getByLabel('What', { exact: true }).selectOption({ label: 'Cemetery not cared for' });
	await chris.getByLabel('Where').selectOption({ label: 'Ward 4' });
	await chris.getByLabel('Who is responsible?').selectOption({ label: 'Thokozani' });
	await chris.getByRole('button', { name: 'Show what changes' }).click();
	await expect(chris.getByRole('status')).toContainText('Nothing has been saved yet');
	await chris.getByRole('button', { name: 'Save it' }).click();
	await expect(chris.getByRole('table')).toContainText('Cemetery not cared for');
	await looksWell(chris, ['/office/setup/responsibility', '/office/setup/installations']);
	await chris.setViewportSize({ width: 360, height: 900 });
	await looksWell(chris, ['/office/setup/responsibility', '/office/setup/installations']);
	await chris.goto('/office/setup/responsibility');
	await chris.getByRole('button', { name: /Cemetery not cared for, Ward 4/ }).click();
	await expect(chris.getByRole('button', { name: /Cemetery not cared for, Ward 4/ })).toHaveCount(
		0
	);
});
