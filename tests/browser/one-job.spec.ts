import { expect } from '@playwright/test';
import { report, test } from './demo.ts';

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('Farida makes one job of two reports, works on it once, and takes one out again', async ({
		visit
	}) => {
		test.setTimeout(120_000);
		const mark = `tap ${Date.now().toString(36)}`;
		const thandi = await visit('resident');
		const about = (words: string) => ({
			service: 'low-pressure',
			description: `${words}, ${mark}.`,
			place: 'Vlei Street 12'
		});
		const first = await report(thandi, about('Hardly any water'));
		const ayanda = await visit('resident-2');
		const second = await report(ayanda, about('Only drops'));

		const farida = await visit('supervisor');
		await farida.goto(`/office/cases?q=${encodeURIComponent(mark)}`);
		await farida.getByRole('checkbox').nth(0).check();
		await farida.getByRole('checkbox').nth(1).check();
		await farida.getByRole('button', { name: 'Make one job of them' }).click();
		await expect(farida.getByText(`${first} leads`)).toBeVisible();
		await farida.getByLabel('What the one job is').fill('');
		await farida.getByRole('button', { name: 'Make one job of them' }).click();
		await expect(farida.getByRole('alert')).toContainText('Say in a few words');
		await farida.getByLabel('What the one job is').fill(`Closed valve, ${mark}`);
		await farida.getByRole('button', { name: 'Make one job of them' }).click();
		await expect(farida.getByRole('region', { name: 'One job' })).toContainText('2 reports');
		await expect(farida.getByRole('main')).toContainText('2 households, one job');

		const nobody = await visit();
		await nobody.goto(`/incidents/${first}`);
		await expect(nobody.getByRole('heading', { level: 1 })).toHaveText(`Closed valve, ${mark}`);
		await expect(nobody.getByRole('link', { name: /Only drops/ })).toBeVisible();
		await ayanda.goto(`/issues/${second}`);
		await expect(ayanda.locator(`a[href="/incidents/${first}"]`)).toBeVisible();

		await farida.goto(`/office/cases/${second}`);
		await farida.getByRole('link', { name: 'Take it out of the job' }).click();
		await farida.getByRole('button', { name: 'Take it out' }).click();
		await expect(farida.getByRole('alert')).toContainText('Say why');
		await farida.getByLabel('Why it is something else').fill('It is the meter.');
		await farida.getByRole('button', { name: 'Take it out' }).click();
		await expect(farida.getByRole('status')).toContainText('no longer part of the job');
		await nobody.goto(`/incidents/${first}`);
		await expect(nobody).toHaveURL(new RegExp(`/issues/${first}$`));
	});
});
