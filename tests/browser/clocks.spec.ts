import { expect } from '@playwright/test';
import { report, test } from './demo.ts';

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('Thandi reads when her report is promised to be done, and why then; Farida sees it coming', async ({
		visit
	}) => {
		const thandi = await visit('resident');
		const reference = await report(thandi, {
			service: 'low-pressure',
			description: 'The water comes in drops since Monday, on the whole street.',
			place: 'Vlei Street 12'
		});
		await thandi.goto(`/issues/${reference}`);
		const promised = thandi.getByRole('region', { name: 'What was promised' });
		await expect(promised.getByText('Somebody looks at it')).toBeVisible();
		await expect(promised.getByText('In time so far')).toHaveCount(3);
		await promised.locator('summary').last().click();
		await expect(promised.getByText(/^80 h of working time from .*skips .*Sun/)).toBeVisible();

		const farida = await visit('supervisor');
		await farida.goto('/office/cases?sort=due&q=drops');
		await expect(farida.getByRole('table')).toContainText(/Due \w{3} \d/);
		await farida.getByRole('link', { name: /The water comes in drops/ }).click();
		await expect(farida.getByRole('region', { name: 'What was promised' })).toBeVisible();

		const riaan = await visit('department-officer');
		await riaan.goto(`/office/cases/${reference}`);
		await expect(riaan.getByRole('region', { name: 'What was promised' })).toContainText(
			'First answer'
		);
		const ended = await riaan.request.get('/office/clocks');
		expect(ended.status()).toBe(404);
	});

	test('Farida asks what a promise would mean, and what a pause would do to it', async ({
		visit
	}) => {
		const farida = await visit('supervisor');
		await farida.goto('/office/clocks');
		await expect(farida.getByRole('heading', { level: 1 })).toContainText(
			/late|in time|open cases/
		);
		await farida.getByRole('link', { name: 'What looks like a clock being gamed' }).click();
		await expect(farida.getByRole('heading', { level: 1 })).toContainText('a clock being gamed');
		await farida.getByRole('link', { name: 'Clocks' }).first().click();
		await farida.getByRole('link', { name: /Try a promise/ }).click();
		await farida.getByLabel('Hours of work').selectOption({ label: 'Civic Centre' });
		await farida.getByLabel('From the day').fill('2026-09-23');
		await farida.getByLabel('At', { exact: true }).fill('15:00');
		await farida.getByRole('button', { name: 'Reckon' }).click();
		await expect(farida.getByRole('alert')).toContainText('Give how long it may take');
		await farida.getByLabel('Working hours it may take').fill('8');
		await farida.getByRole('button', { name: 'Reckon' }).click();
		await expect(farida.getByRole('heading', { level: 1 })).toHaveText(
			/Due Fri 25 Sep( 2026)?, 15:00/
		);
		await expect(farida.getByRole('status')).toContainText('skips Heritage Day');

		await farida.getByText('It stands still for a while').click();
		await farida.getByLabel('Pause from').fill('2026-09-25T08:00');
		await farida.getByLabel('to', { exact: true }).fill('2026-09-25T09:00');
		await farida.getByRole('button', { name: 'Reckon' }).click();
		await expect(farida.getByRole('heading', { level: 1 })).toHaveText(
			/Due Fri 25 Sep( 2026)?, 16:00/
		);
	});

	test('Chris sets hours and a promise, sees first what would move, and is refused by name', async ({
		visit
	}) => {
		const chris = await visit('admin');
		await chris.goto('/office/setup/calendars/new');
		await chris.getByLabel('Name').fill('Cash office');
		await chris.getByLabel('For').selectOption({ label: 'Finance and Accounts' });
		await chris.getByLabel('Monday').fill('08:00–13:00, 12:00–15:00');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('alert')).toContainText(
			'Monday: 08:00–13:00 and 12:00–15:00 overlap'
		);
		await chris.getByLabel('Monday').fill('08:00–13:00, 14:00–15:00');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('status')).toContainText('What this would change');
		await chris.getByRole('button', { name: 'Save these hours' }).click();
		await expect(chris.getByRole('main')).toContainText('Cash office');

		await chris.goto('/office/setup/agreements/new');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('alert')).toContainText('Promise at least one of the three');
		await chris.getByLabel('Service').selectOption({ label: 'Fire hydrant broken or leaking' });
		await chris.getByLabel('Done', { exact: true }).fill('12');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('status')).toContainText('Nothing has been saved yet');
		await chris.getByRole('button', { name: 'Save this promise' }).click();
		await expect(chris.getByRole('table')).toContainText('Fire hydrant broken or leaking');

		await chris.goto('/office/setup/ladders');
		await chris.getByLabel('For').selectOption({ label: 'Fire hydrant broken or leaking' });
		await chris.getByLabel('Supervisor: at so many percent').fill('100');
		await chris.getByLabel('Director: at so many percent').fill('80');
		await chris.getByLabel('Municipal manager: at so many percent').fill('');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('alert')).toContainText('A higher desk hears of it after');
		await chris.getByLabel('Director: at so many percent').fill('150');
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('status')).toContainText('Nothing has been saved yet');
		await chris.getByRole('button', { name: 'Save these steps' }).click();
		await expect(chris.getByRole('status')).toContainText('Saved');
		await expect(chris.getByLabel('For').locator('option:checked')).toHaveText(
			'Fire hydrant broken or leaking'
		);

		await chris.goto('/office/setup');
		await chris.getByRole('link', { name: 'Between departments' }).click();
		// A first try of this test may have left it there.
		const left = chris.getByRole('button', { name: /End it: Finance and Accounts/ });
		if (await left.count()) await left.click();
		await chris.getByLabel('Who does its part').selectOption({ label: 'Finance and Accounts' });
		await chris.getByLabel('For whom').selectOption({ label: 'Finance and Accounts' });
		await chris.getByLabel('Hours of work before the promise').fill('16');
		await chris.getByRole('button', { name: 'Agree it' }).click();
		await expect(chris.getByRole('alert')).toContainText('A department cannot promise itself');
		await chris.getByLabel('For whom').selectOption({ index: 1 });
		const whom = await chris.locator('#forDepartmentId option:checked').textContent();
		await chris.getByRole('button', { name: 'Show what changes' }).click();
		await expect(chris.getByRole('status')).toContainText('Nothing has been saved yet');
		await expect(chris.locator('#minutes')).toHaveValue('16');
		await expect(chris.locator('#forDepartmentId option:checked')).toHaveText(whom!);
		await chris.getByRole('button', { name: 'Agree it' }).click();
		await expect(chris.getByRole('table')).toContainText('16 h of work');
		await chris.getByRole('button', { name: `Finance and Accounts, for ${whom}` }).click();
		await expect(chris.getByRole('status')).toContainText('Saved');

		await chris.goto('/office/audit');
		await expect(chris.getByRole('table')).toContainText('changed what is promised');
	});
});
