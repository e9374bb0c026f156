import assert from 'node:assert/strict';
import { eventually, type Driver } from './driver.ts';

interface Journey {
	name: string;
	walk(browser: Driver, home: string): Promise<void>;
}

const says = (browser: Driver, words: RegExp) =>
	eventually(`${words} at the page`, async () => words.test(await browser.text()));
async function at(browser: Driver, where: RegExp) {
	try {
		await eventually(`the address ${where}`, async () => where.test(await browser.url()));
	} catch (reason) {
		const [problem] = /There is a problem[^]{0,300}/.exec(await browser.text()) ?? [];
		throw new Error(`${await browser.url()} is not ${where}. ${problem ?? ''}`, { cause: reason });
	}
}

const issue = /\/issues\/KHA-\d\d-\w{5}/;
const send = '#report .send button';

/** What somebody else reported, in another browser; answers the address of its page. */
async function neighbourReports(home: string, place: string): Promise<string> {
	const answer = await fetch(`${home}/report`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: home, accept: 'text/html' },
		body: new URLSearchParams({
			service: 'burst-pipe',
			description: 'Water runs down the street into two yards.',
			place,
			ward: '99901007'
		})
	});
	const path = answer.headers.get('location');
	assert.ok(path, `a neighbour's report was answered ${answer.status}`);
	return new URL(path, home).href;
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
			await at(browser, issue);
			await says(browser, /KHA-\d\d-\w{5}/);
		}
	},
	{
		name: 'reads a ward, its councillor and the contacts',
		async walk(browser, home) {
			await browser.open(`${home}/wards/99901007`);
			await says(browser, /Lindiwe/);
			await browser.press('main a[href*="/councillors/"]');
			await at(browser, /\/councillors\/[\w-]{36}/);
			await says(browser, /Ward 7/);
			await browser.open(`${home}/contacts`);
			await says(browser, /112/);
		}
	},
	{
		name: 'reports a pothole without an account and reads its number',
		async walk(browser, home) {
			await browser.open(`${home}/report?service=pothole`);
			await browser.fill('#description', 'A hole as wide as a door.');
			await browser.fill('#place', `Corner by the clinic, ${browser.name}`);
			await browser.press(send);
			await at(browser, issue);
			await says(browser, /Your number is\s+KHA-/);
			await browser.open(await browser.url());
			await says(browser, /A hole as wide as a door/);
		}
	},
	{
		name: 'is told which field is wrong, and keeps the words',
		async walk(browser, home) {
			await browser.open(`${home}/report?service=pothole`);
			await browser.fill('#description', 'A hole in the road.');
			await browser.fill('#place', 'Mill Road 3');
			await browser.fill('#phone', '072 000 00');
			await browser.press(send);
			await eventually('the title to say so', async () => /^Error: /.test(await browser.title()));
			assert.match(await browser.value('#place'), /Mill Road 3/);
		}
	},
	{
		name: 'reads in isiZulu and goes back to English',
		async walk(browser, home) {
			await browser.open(home);
			await browser.press('footer button[name=language][value=zu]');
			await eventually('isiZulu', async () => (await browser.language()) === 'zu');
			await says(browser, /Ekhaya/);
			await browser.press('footer button[name=language][value=en]');
			await eventually('English', async () => (await browser.language()) === 'en-ZA');
		}
	},
	{
		name: 'supports what a neighbour reported, and takes it back',
		async walk(browser, home) {
			await browser.open(await neighbourReports(home, `Vlei Street, ${browser.name}`));
			await browser.press('form[action*="/support"] button');
			await says(browser, /You said this affects you too/);
			await browser.press('form[action*="/unsupport"] button');
			await says(browser, /This affects me too/);
		}
	},
	{
		name: 'follows what a neighbour reported, by phone number',
		async walk(browser, home) {
			await browser.open(await neighbourReports(home, `Sparrow Street, ${browser.name}`));
			await browser.fill('[name=contact]', '082 000 0999');
			await browser.press('form[action*="/follow"] button');
			await says(browser, /We will tell you/);
		}
	}
];
