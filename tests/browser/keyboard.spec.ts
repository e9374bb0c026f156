import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './demo.ts';

/** Presses Tab until something has the focus, as somebody does who uses no pointer. */
async function tabTo(page: Page, wanted: Locator, most = 40) {
	for (let presses = 0; presses < most; presses++) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	await expect(wanted).toBeFocused();
}

/** Whatever can be used has a name for those who hear the page. */
async function everythingIsNamed(page: Page) {
	const tree = await page.locator('body').ariaSnapshot();
	const nameless = tree.match(
		/^\s*- (button|link|textbox|searchbox|radio|checkbox|combobox|img|navigation|figure)(:?| \[.*)$/gm
	);
	expect(nameless, tree).toBeNull();
}

for (const javaScript of [true, false])
	test(`a report by keys alone, its mistakes heard, ${javaScript ? 'with' : 'without'} a script`, async ({
		visit
	}) => {
		const page = await visit(undefined, javaScript);
		await page.goto('/report');
		await everythingIsNamed(page);
		await tabTo(page, page.getByRole('link', { name: 'Skip to content' }), 2);
		await page.keyboard.press('Enter');

		const kind = page.locator('summary', { hasText: /^Water$/ });
		await tabTo(page, kind);
		await page.keyboard.press('Enter');
		const service = page.getByRole('radio', { name: 'Burst pipe or water running' });
		await expect(service).toBeVisible();
		await page.keyboard.press('Tab');
		await expect(page.locator('input[name=service]:focus')).toHaveCount(1);
		await page.keyboard.press('Space');
		for (let presses = 0; presses < 20 && !(await service.isChecked()); presses++)
			await page.keyboard.press('ArrowDown');
		await expect(service).toBeChecked();

		await tabTo(page, page.getByRole('textbox', { name: 'Where is it?' }));
		await page.keyboard.type('Corner by the clinic');
		const phone = page.getByRole('textbox', { name: 'Your phone number' });
		await tabTo(page, phone);
		await page.keyboard.type('072 000 00');
		const send = page.getByRole('button', { name: 'Send my report' });
		await tabTo(page, send);
		await page.keyboard.press('Enter');

		const alert = page.getByRole('alert');
		await expect(alert.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
		await everythingIsNamed(page);
		if (javaScript) await expect(page.locator('.errors')).toBeFocused();
		const problem = alert.getByRole('link', { name: /phone number with 10 digits/ });
		await tabTo(page, problem);
		await page.keyboard.press('Enter');
		await expect(phone).toHaveAttribute('aria-invalid', 'true');
		await expect(phone).toHaveAccessibleDescription(/10 digits/);
		await expect(page).toHaveURL(/#phone$/);
		// The next key goes on from the field that was named.
		if (!(await phone.evaluate((field) => field === document.activeElement)))
			await page.keyboard.press('Tab');
		await expect(phone).toBeFocused();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.press('Delete');
		const words = page.getByRole('textbox', { name: 'Tell us what you see' });
		await words.focus();
		await page.keyboard.type('Water runs down the street');
		await tabTo(page, send);
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/\/issues\/KHA-/);
		await expect(page.getByRole('region', { name: /^We have it/ })).toBeVisible();
		await expect(page.getByRole('complementary', { name: 'How it stands' })).toBeVisible();
		await everythingIsNamed(page);
	});
