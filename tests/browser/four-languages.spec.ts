import { expect, type Page } from '@playwright/test';
import { origin, report, test } from './demo.ts';

/** Words of English sentences that no other of the four languages spells alike. */
const english =
	/\b(the|this|that|your|you|who|with|without|report(ed|s)?|nobody|somebody|everybody|says|said|fixed|open|issues?|suggestions?|ward|today|yesterday|since|held|show|find|tell|what|where|why|has|been|photo|residents?|councillor|municipality|here)\b/i;

/**
 * What a page says itself: without names and words that are marked as another language, or that
 * the municipality wrote (services, departments, promises).
 */
const ownWords = (page: Page) =>
	page.evaluate(() => {
		const copy = document.documentElement.cloneNode(true) as HTMLElement;
		const others =
			'head, [lang], script, style, svg, option[value*="-"], .vow h3, .what, .meta span, .up';
		for (const each of copy.querySelectorAll(others)) each.remove();
		const labels = [...copy.querySelectorAll('[aria-label], [placeholder], [alt]')].flatMap(
			(each) => ['aria-label', 'placeholder', 'alt'].map((name) => each.getAttribute(name) ?? '')
		);
		const texts: string[] = [];
		const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '');
		return [...texts, ...labels].map((line) => line.trim());
	});

// An address to share is the same in every language.
const inEnglish = async (page: Page) =>
	(await ownWords(page)).filter((line) => english.test(line) && !/^https?:\S+$/.test(line));

for (const [language, walk] of Object.entries({
	zu: { open: 'izinkinga ezivuliwe manje', me: 'Nami ngiyathinteka', own: 'usubaliwe' },
	xh: { open: 'iingxaki ezivuliweyo ngoku', me: 'Nam ndichaphazelekile', own: 'sele ubaliwe' },
	af: { open: 'kwessies nou oop', me: 'Dit raak my ook', own: 'jy is reeds getel' }
}))
	test.describe(`in ${language}, without JavaScript`, () => {
		test.use({ javaScriptEnabled: false, locale: `${language}-ZA` });

		test('from home to the list to an issue there is no English of ours', async ({ page }) => {
			const reference = await report(page, {
				service: 'burst-pipe',
				description: 'Water runs over the corner and into the crèche.',
				place: 'Vlei Street 12'
			});
			await page.context().clearCookies();

			await page.goto('/');
			await expect(page.locator('html')).toHaveAttribute('lang', language);
			expect(await inEnglish(page)).toEqual([]);

			await page.getByRole('link', { name: walk.open }).click();
			expect(await inEnglish(page)).toEqual([]);
			await page.goto('/issues?more=1&state=all');
			expect(await inEnglish(page)).toEqual([]);
			await page.goto('/suggestions');
			expect(await inEnglish(page)).toEqual([]);

			await page.goto(`/issues/${reference}`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveAttribute('lang', 'en-ZA');
			expect(await inEnglish(page)).toEqual([]);
			await page.getByRole('button', { name: walk.me }).click();
			await expect(page).toHaveURL(`/issues/${reference}`);
			expect(await inEnglish(page)).toEqual([]);

			await page.goto(`/issues/${reference}/flag`);
			expect(await inEnglish(page)).toEqual([]);
		});

		test('a refusal comes in the language of whoever asked', async ({ page }) => {
			const reference = await report(page, {
				service: 'burst-pipe',
				description: 'Water runs over the corner and into the crèche.',
				place: 'Vlei Street 14'
			});
			const answer = await page.request.post(`/issues/${reference}?/support`, {
				headers: { origin: origin(), accept: 'text/html', 'accept-language': language },
				form: { deed: crypto.randomUUID() }
			});
			expect(answer.status()).toBe(409);
			expect(await answer.text()).toContain(walk.own);
			for (const each of ['', '/reopen', '/withdraw', '/objection', '/fixed']) {
				await page.goto(`/issues/${reference}${each}`);
				expect(await inEnglish(page), each).toEqual([]);
			}
		});
	});
