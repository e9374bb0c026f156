import { expect } from '@playwright/test';
import { lynx, w3m, type TextBrowser } from '../support/text-browsers.ts';
import { origin, report, test } from './demo.ts';

/**
 * At a terminal everything takes its time. The name puts this file first: what stands over every page
 * once other journeys warn of something would push what is looked for off the screen.
 */
test.describe.configure({ timeout: 120_000 });

interface Journey {
	name: string;
	/** `issue`: the page of what a neighbour reported. */
	walk(browser: TextBrowser, home: string, issue: string): Promise<void>;
}

/** What must go without pictures, colours and scripts: the same in every such browser. */
const journeys: Journey[] = [
	{
		name: 'reads the list and an issue',
		async walk(browser, home) {
			browser.open(`${home}/issues`);
			await browser.see(/Khanyisa/);
			// Words of this one alone: neighbours report burst pipes too.
			await browser.press(`past the ${browser.name} hydrant`);
			await browser.see(/Held by/);
		}
	},
	{
		name: 'reports a pothole and reads the number',
		async walk(browser, home) {
			browser.open(`${home}/report?service=pothole`);
			await browser.see(/Report a problem/);
			await browser.writeLong('Tell us what you see', 'A hole as deep as a bath');
			await browser.write('Where is it', 'Corner by the clinic, at the gate');
			await browser.press('Send my report');
			expect(await browser.see(/Your number is/)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
		}
	},
	{
		// From an address with a query, as above, neither says where its form came from: our own proof is believed.
		name: 'makes a suggestion',
		async walk(browser, home) {
			browser.open(`${home}/report?kind=suggestion`);
			await browser.see(/Make a suggestion/);
			await browser.writeLong('What would make it better', 'A bench at the clinic gate');
			await browser.press('Send my suggestion');
			expect(await browser.see(/Your number is/)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
		}
	},
	{
		name: 'follows an issue by phone number',
		async walk(browser, _, issue) {
			browser.open(issue);
			await browser.see(/Khanyisa/);
			await browser.write('Cell phone number', '082 000 0998');
			await browser.press('Tell me');
			await browser.see(/We will tell you/);
		}
	}
];

for (const open of [w3m, lynx]) {
	const { name, missing, close } = open();
	close();
	test.describe(`in ${name}, at a terminal`, () => {
		test.skip(missing !== null, `not installed: ${missing}`);
		for (const journey of journeys)
			test(`somebody ${journey.name}`, async ({ visit }) => {
				const neighbour = await visit();
				const reference = await report(neighbour, {
					service: 'burst-pipe',
					description: `Water runs past the ${name} hydrant.`,
					place: `Mill Road, ${name}`
				});
				const browser = open();
				try {
					await journey.walk(browser, origin(), `${origin()}/issues/${reference}`);
				} finally {
					browser.close();
				}
			});
	});
}

test('a form that says nothing of its origin and proves nothing is refused', async () => {
	const answer = await fetch(`${origin()}/report?from=${'f'.repeat(32)}`, {
		method: 'POST',
		body: new URLSearchParams({ kind: 'suggestion', description: 'Sent by another site' }),
		headers: { 'x-imbizo-unproven': '' },
		redirect: 'manual'
	});
	expect(answer.status).toBe(403);
});
