import assert from 'node:assert/strict';
import { eventually, type Driver } from './driver.ts';

interface Journey {
	name: string;
	walk(browser: Driver, home: string): Promise<void>;
}

const says = (browser: Driver, words: RegExp) =>
	eventually(`${words} at the page`, async () => words.test(await browser.text()));

/** Files a report by hand and answers the address of its page. */
async function report(browser: Driver, home: string, words: string): Promise<string> {
	await browser.open(`${home}/report?service=pothole`);
	await browser.fill('[name=description]', words);
	await browser.fill('[name=place]', 'Bus stop in Long Street');
	await browser.press('#report button.full');
	await eventually('the page of the report', async () =>
		/\/issues\/KHA-\d\d-\w{5}/.test(await browser.url())
	);
	return browser.url();
}

/** What must go in every browser there is; the finer journeys run in Chromium. */
export const journeys: Journey[] = [
	{
		name: 'reads home, the list and an issue',
		async walk(browser, home) {
			await browser.open(home);
			await says(browser, /Khanyisa/);
			await browser.open(`${home}/issues`);
			await says(browser, /KHA-\d\d-\w{5}/);
			await browser.press('main a[href*="/issues/KHA-"]');
			await says(browser, /KHA-\d\d-\w{5}/);
		}
	},
	{
		name: 'reports a pothole without an account and reads its number',
		async walk(browser, home) {
			const address = await report(browser, home, 'A hole as wide as a door.');
			await says(browser, /Your number is\s+KHA-/);
			await browser.open(address);
			await says(browser, /A hole as wide as a door/);
		}
	},
	{
		name: 'is told which field is wrong, and keeps the words',
		async walk(browser, home) {
			await browser.open(`${home}/report?service=pothole`);
			await browser.fill('[name=place]', 'Mill Road 3');
			await browser.press('#report button.full');
			await eventually('the title to say so', async () => /^Error: /.test(await browser.title()));
			assert.match(await browser.value('[name=place]'), /Mill Road 3/);
		}
	},
	{
		name: 'reads in isiZulu and goes back to English',
		async walk(browser, home) {
			await browser.open(home);
			await browser.press('button[name=language][value=zu]');
			await eventually('isiZulu', async () => (await browser.language()) === 'zu');
			await says(browser, /Ekhaya/);
			await browser.press('button[name=language][value=en]');
			await eventually('English', async () => (await browser.language()) === 'en-ZA');
		}
	},
	{
		name: 'supports what a neighbour reported',
		async walk(browser, home) {
			await browser.open(`${home}/issues?state=open`);
			await browser.press('main a[href*="/issues/KHA-"]');
			const address = await browser.url();
			assert.match(address, /\/issues\/KHA-/);
			await browser.press('form[action*="support"] button');
			await says(browser, /You said this affects you too/);
		}
	}
];
