import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import type { Driver } from './driver.ts';

export const firefoxProgram = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** Firefox ESR over WebDriver BiDi, or null where it is not installed. */
export async function firefox({ javaScript = true } = {}): Promise<Driver | null> {
	if (!existsSync(firefoxProgram)) return null;
	const browser = await puppeteer.launch({
		browser: 'firefox',
		executablePath: firefoxProgram,
		headless: true,
		extraPrefsFirefox: {
			'javascript.enabled': javaScript,
			'intl.accept_languages': 'en-ZA',
			'app.update.enabled': false,
			'network.captive-portal-service.enabled': false
		}
	});
	const page = await browser.newPage();
	await page.setViewport({ width: 360, height: 740 });
	const settled = () => page.waitForNavigation({ timeout: 3000 }).catch(() => null);
	return {
		name: javaScript ? 'Firefox ESR' : 'Firefox ESR without JavaScript',
		async open(url) {
			await page.goto(url);
		},
		url: async () => page.url(),
		text: () => page.$eval('body', (body) => (body as HTMLElement).innerText),
		title: () => page.title(),
		value: (selector) => page.$eval(selector, (field) => (field as HTMLInputElement).value),
		fill: (selector, words) => page.$eval(selector, setValue, words),
		async press(selector) {
			const going = settled();
			await page.$eval(selector, (element) => (element as HTMLElement).click());
			await going;
		},
		language: () => page.$eval('html', (html) => html.lang),
		close: () => browser.close()
	};
}

function setValue(element: Element, words: string) {
	(element as HTMLInputElement).value = words;
	element.dispatchEvent(new Event('input', { bubbles: true }));
	element.dispatchEvent(new Event('change', { bubbles: true }));
}
