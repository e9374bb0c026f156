import { expect } from '@playwright/test';
import { looksWell, test } from './demo.ts';

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('Thandi says whether Lindiwe answered; Lindiwe reads her record and says something to it', async ({
		visit
	}) => {
		test.slow();
		const thandi = await visit('resident');
		await thandi.goto('/mine');
		await thandi.getByRole('link', { name: /Can the library stay open/ }).click();
		await thandi.getByRole('link', { name: 'Did an answer come? Tell us' }).click();
		await expect(thandi.getByRole('heading', { level: 1 })).toHaveText(
			'Did Lindiwe Hartzen answer you?'
		);
		const address = new URL(thandi.url()).pathname;
		// On a second try of this test she has chosen already.
		if (test.info().retry === 0) {
			await thandi.getByRole('button', { name: 'Send my answer' }).click();
			await expect(thandi.getByRole('alert')).toContainText('Choose what came of it.');
		}
		await thandi.getByLabel('Yes, an answer came').check();
		await thandi.getByLabel('No, I wrote before').check();
		await thandi.getByRole('button', { name: 'Send my answer' }).click();
		await expect(thandi.getByRole('status')).toContainText('Thank you');
		await expect(thandi.getByLabel('Yes, an answer came')).toBeChecked();

		for (const account of [undefined, 'resident-2', 'councillor']) {
			const other = await visit(account);
			expect((await other.request.get(address)).status(), account ?? 'nobody').toBe(404);
		}
		const forged = await visit();
		await forged.goto(`${address}?t=made-up`);
		await expect(forged.getByRole('heading', { level: 1 })).toHaveText(
			'This link is too old, or not complete'
		);

		const lindiwe = await visit('councillor');
		await lindiwe.goto('/office/ward');
		await lindiwe.getByRole('link', { name: 'What those who wrote to you say' }).click();
		await expect(lindiwe.getByRole('region', { name: 'Your record' })).toContainText(
			'Too few to say'
		);
		const said = `Many speak to me at the hall instead. ${Date.now()}`;
		await lindiwe.getByLabel('What you say to this').fill(said);
		await lindiwe.getByRole('button', { name: 'Publish' }).click();
		await lindiwe.getByRole('link', { name: 'Read it as residents do' }).click();
		const nobody = await visit();
		await nobody.goto(new URL(lindiwe.url()).pathname);
		await expect(nobody.getByRole('main')).toContainText('What Lindiwe Hartzen says to this');
		await expect(nobody.getByRole('main')).toContainText(said);

		await looksWell(await visit('resident', true), [address]);
		await looksWell(await visit('councillor', true), ['/office/ward/record']);
	});
});
