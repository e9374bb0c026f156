import { expect, type Page } from '@playwright/test';
import { looksWell, test } from './demo.ts';

const relief = async (page: Page) => {
	await page.goto('/office/aid');
	await page.getByRole('link', { name: 'Wildfire at Lower Thembeni' }).click();
};

/** Letters of its own for each try, so that a family of an earlier one is not met again. */
const ownName = () =>
	`Z${[...String(Date.now())].map((digit) => 'abdefgklmo'[Number(digit)]).join('')}`;

async function registers(neo: Page, given: string, surname: string, site: string) {
	await relief(neo);
	await neo.getByRole('link', { name: 'Register a household' }).click();
	await neo.getByLabel('First names').fill(given);
	await neo.getByLabel('Surname').fill(surname);
	await neo.getByLabel('Birth date', { exact: true }).fill('1974-06-09');
	await neo.getByLabel('Document', { exact: true }).selectOption({ label: 'None' });
	await neo.getByLabel('Site that looks after them').selectOption({ label: site });
	await neo.getByLabel('With neighbours or family').check();
	await neo.getByLabel('Where exactly').fill('With the family at 9 Mill Road');
	await neo
		.getByLabel('What happened to their home?')
		.selectOption({ label: 'Their home is destroyed' });
	await neo.getByLabel('Food').check();
	await neo.getByRole('button', { name: 'Register them' }).click();
}

test('Neo registers a family without papers and without JavaScript, Precious looks at a look-alike, a lost card is replaced', async ({
	visit
}) => {
	test.slow();
	const surname = ownName();
	const neo = await visit('aid-registrar');
	await registers(neo, 'Nomvula', surname, 'Khanyisa Stadium');
	await expect(neo.getByRole('alert')).toContainText('Say why there is none');
	await expect(neo.getByLabel('Surname')).toHaveValue(surname);
	await neo.getByLabel('Why there is none').fill('Burnt with the house');
	await neo.getByRole('button', { name: 'Register them' }).click();
	await expect(neo.getByRole('status')).toContainText('Registered.');
	await expect(neo.getByRole('main')).toContainText('None: Burnt with the house');
	const first = /Household ([\w-]+)/.exec((await neo.locator('h1').textContent())!)![1];

	await neo.getByRole('link', { name: 'Show and print the card' }).click();
	await expect(neo.getByRole('img', { name: 'The code of this card' })).toBeVisible();
	const card = (await neo.locator('.code').textContent())!;
	await neo.getByLabel('What happened to it?').selectOption({ label: 'It is lost' });
	await neo.getByRole('button', { name: 'Replace the card' }).click();
	await expect(neo.getByRole('status')).toContainText('The old one is refused');
	const fresh = (await neo.locator('.code').textContent())!;
	expect(fresh).not.toBe(card);
	await relief(neo);
	await neo.getByLabel('Find one household').fill(card);
	await neo.getByRole('button', { name: 'Find it' }).click();
	await expect(neo.getByRole('search')).toContainText('This card is no longer valid');
	await neo.getByLabel('Find one household').fill(fresh);
	await neo.getByRole('button', { name: 'Find it' }).click();
	await expect(neo.getByRole('link', { name: first })).toBeVisible();

	// Heard by somebody else, at another site.
	await registers(neo, 'Nomvulla', surname, 'Lower Thembeni Hall');
	await neo.getByLabel('Why there is none').fill('Lost on the way');
	await neo.getByRole('button', { name: 'Register them' }).click();
	await expect(neo.getByRole('main')).toContainText('This looks like 1 other registration');
	const second = /Household ([\w-]+)/.exec((await neo.locator('h1').textContent())!)![1];

	const precious = await visit('aid-adjudicator');
	await relief(precious);
	await precious.getByRole('link', { name: /^Look-alikes/ }).click();
	await precious
		.getByRole('link', { name: new RegExp(`${first} and ${second}|${second} and ${first}`) })
		.click();
	const main = precious.getByRole('main');
	await expect(main).toContainText('A name that is written or sounds alike');
	await expect(main).toContainText('Nomvulla');
	await precious.getByRole('button', { name: 'Decide' }).click();
	await expect(precious.getByRole('alert')).toContainText('Choose whether they are one household');
	await precious.getByLabel('One household').check();
	await precious.getByLabel('Why?').fill('She says herself that she came twice.');
	await precious.getByRole('button', { name: 'Decide' }).click();
	await expect(precious.getByRole('status')).toContainText('Decided.');

	await neo.reload();
	await expect(neo.getByRole('main')).toContainText('This was joined with another registration');
});

test('a councillor, a distributor and the next town see no household', async ({ visit }) => {
	const neo = await visit('aid-registrar');
	await relief(neo);
	const path = new URL(neo.url()).pathname;
	for (const [account, list, register] of [
		['councillor', 404, 404],
		['aid-distributor', 200, 404],
		['neighbour-admin', 404, 404],
		['aid-adjudicator', 200, 404]
	] as const) {
		const page = await visit(account);
		expect((await page.goto(path))!.status(), account).toBe(list);
		expect((await page.goto(`${path}/register`))!.status(), account).toBe(register);
	}
	const mandla = await visit('aid-distributor');
	await mandla.goto(path);
	await expect(mandla.getByRole('main')).toContainText('Khanyisa Stadium');
	await expect(mandla.getByLabel('Find one household')).toHaveCount(0);
});

test('the pages of relief look well on a telephone and on a desk', async ({ visit }) => {
	test.slow();
	const neo = await visit('aid-registrar', true);
	await relief(neo);
	const event = new URL(neo.url()).pathname;
	const sipho = await visit('disaster-officer', true);
	const precious = await visit('aid-adjudicator', true);
	await precious.goto(`${event}/alike`);
	const pair = await precious
		.getByRole('main')
		.getByRole('link', { name: / and / })
		.first()
		.getAttribute('href');
	for (const size of [
		{ width: 360, height: 740 },
		{ width: 1280, height: 900 }
	]) {
		for (const page of [neo, sipho, precious]) await page.setViewportSize(size);
		await looksWell(neo, ['/office/aid', event, `${event}/register`]);
		await looksWell(sipho, ['/office/aid/new', `${event}/people`, `${event}/places`]);
		await looksWell(precious, [`${event}/alike`, pair!]);
	}
});
