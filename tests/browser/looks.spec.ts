import { existsSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { expect, type Page } from '@playwright/test';
import { access } from '../../src/access.ts';
import { kerb, newest, origin, report, test } from './demo.ts';

const ward = '99901007';
const leak = {
	service: 'burst-pipe',
	description: 'Water runs down the street into two yards, since the night before last.',
	place: 'Vlei Street 40'
};

/** Things of Khanyisa that pages are about, made or found before anything is looked at. */
const things: Record<string, string> = {};

const found = async (page: Page, address: string, pattern: RegExp) => {
	const one = pattern.exec(await (await page.request.get(address)).text())?.[1];
	expect(one, `${pattern} on ${address}`).toBeDefined();
	return one!;
};

test('what the pages are about is there', async ({ visit }) => {
	const [thandi, stranger] = [await visit('resident'), await visit()];
	const photo = { name: 'kerb.jpg', mimeType: 'image/jpeg', buffer: await kerb() };
	things.open = await report(thandi, { ...leak, photo });
	things.suggestion = await report(thandi, {
		kind: 'suggestion',
		description: 'Put a second standpipe in Lower Thembeni, near the crèche.'
	});
	things.claimed = await report(thandi, leak);
	const riaan = await visit('department-officer');
	const claim = await riaan.request.post(`/office/cases/${things.claimed}?/next`, {
		form: { what: 'claim', words: 'The joint was replaced.', audience: 'public' },
		headers: { origin: origin(), accept: 'text/html' }
	});
	expect(claim.ok()).toBe(true);

	const letter = 'looks@mail.example';
	await report(stranger, { ...leak, email: letter });
	things.message = /\/messages\/[\w-]+/.exec((await newest(stranger.request, letter)).text)![0];
	things.news = await found(stranger, '/news', /\/news\/(\d+)"[^>]*>Refuse is fetched/);
	things.warning = await found(stranger, '/alerts', /\/alerts\/([A-Z0-9]{3}-[A-Z0-9]{3})"/);
	things.promise = await found(stranger, `/commitments?ward=${ward}`, /\/commitments\/(P-\d+)/);
	things.councillor = await found(stranger, `/wards/${ward}`, /\/councillors\/([\w-]{36})/);
	const [chris, lerato] = [await visit('admin'), await visit('communications')];
	const sipho = await visit('disaster-officer');
	things.alert = await found(sipho, '/office/alerts', /[^]*\/office\/alerts\/([0-9a-f-]{36})"/);
	const setup = '/office/setup';
	things.person = await found(chris, '/office/people', /\/people\/([0-9a-f-]{36})/);
	things.department = await found(
		chris,
		`${setup}/departments`,
		/departments\/(?!new|list)([\w-]+)"/
	);
	things.service = await found(chris, `${setup}/services`, /services\/(?!new|list)([\w-]+)"/);
	things.template = await found(chris, `${setup}/templates`, /templates\/(?!new|list)([\w-]+)"/);
	const moderation = `/office/moderation/${things.open}`;
	things.photo = await found(lerato, moderation, /photos\/([\w-]{36})"/);
});

/** Pages by who looks at them. `[thing]` is one of `things`. */
// prettier-ignore
const pages: Record<string, string[]> = {
	'': [
		'/', '/report', '/report?service=burst-pipe', '/mine', '/map', '/map?q=water',
		'/issues', '/issues?more=1&state=all', '/issues/[open]', '/issues/[suggestion]', '/issues/[open]/flag', '/suggestions',
		'/wards', '/wards?place=Vlei Street', `/wards/${ward}`, '/councillors/[councillor]',
		'/commitments', '/commitments/[promise]', '/contacts',
		'/news', '/news/[news]', '/news/follow',
		'/alerts', '/alerts/[warning]', '/alerts/[warning]/1', '/alerts/[warning]/heard', '/alerts/[warning]/record', '/alerts/[warning]/check-in', '/alerts/[warning]/family', '/alerts/planned', '/verify', '/verify?c=[warning]',
		'/search', '/search?q=water', '/search?q=qqzzx', '/search?q=a',
		'/sign-in', '/sign-in/staff', '/sign-in/staff/forgotten', '/language',
		'/privacy', '/privacy/request', '/accessibility', '/help', '[message]',
		'/nowhere', '/offline', '/demo', '/demo/outbox'
	],
	resident: [
		'/', '/mine', '/issues/[claimed]', '/issues/[claimed]/fixed', '/issues/[claimed]/reopen', '/issues/[open]/withdraw',
		'/account', '/account/contact', '/account/messages', '/account/hand', '/account/neighbours', '/news/follow', '/sign-out'
	],
	councillor: [
		'/office', '/office/ward', '/office/ward/[suggestion]', '/office/ward/list?show=open', '/office/ward/report-back', '/office/ward/record',
		'/office/commitments', '/office/commitments/[promise]', '/office/commitments/[promise]/slip', '/office/commitments/new'
	],
	supervisor: ['/office', '/account/second-factor', '/office/cases', '/office/cases/[open]', '/office/leave', '/office/setup/templates', '/office/clocks', '/office/clocks/signs', '/office/clocks/what-if'],
	communications: [
		'/office/moderation', '/office/moderation/[open]', '/office/moderation/[open]/photos/[photo]',
		'/office/rumours', '/office/alerts/relay',
		'/office/news', '/office/news/new', '/office/news/[news]', '/office/news/[news]/correct'
	],
	'disaster-officer': [
		'/office/alerts', '/office/alerts/[alert]', '/office/alerts/[alert]/monitor', '/office/alerts/[alert]/outputs',
		'/office/alerts/import', '/office/alerts/planned', '/office/alerts/drills', '/office/alerts/templates', '/office/alerts/roster'
	],
	admin: [
		'/office', '/office/privacy', '/office/privacy/new', '/office/people', '/office/people/[person]', '/office/people/invitation',
		'/office/alerts/keys', '/office/terms', '/office/terms/acting', '/office/audit', '/office/setup', '/office/setup/municipality',
		'/office/setup/departments', '/office/setup/departments/[department]', '/office/setup/departments/new',
		'/office/setup/services', '/office/setup/services/[service]', '/office/setup/services/new',
		'/office/setup/calendars', '/office/setup/calendars/new', '/office/setup/agreements', '/office/setup/agreements/new', '/office/setup/ladders', '/office/setup/internal',
		'/office/setup/routing', '/office/setup/templates/[template]', '/office/setup/templates/new', '/office/setup/retention'
	],
	'district-admin': ['/office/setup/municipalities', '/office/setup/municipalities/new']
};

/** Public pages nobody listed above: whoever adds one need not think of this file. */
const others = Object.entries(access)
	.filter(([route, door]) => door === 'anyone' && !route.includes('['))
	.filter(([route]) => existsSync(`src/routes${route}/+page.svelte`))
	.map(([route]) => route.replace(/^\/\(\w+\)/, '') || '/')
	.filter((path) => !Object.values(pages).flat().includes(path));

const addressOf = (path: string) => path.replace(/\[(\w+)\]/g, (_, name: string) => things[name]);
/** What stands over the right edge, when the page can be moved sideways. */
const over = (page: Page) =>
	page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const wide = [...document.querySelectorAll('body *')]
			.filter((each) => each.getBoundingClientRect().right > clientWidth)
			.map((each) => each.outerHTML.slice(0, 120));
		return [`${scrollWidth - clientWidth} px`, ...wide];
	});
const check = (rules: object) =>
	`axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...rules })})`;
const everything = check({ rules: { 'target-size': { enabled: true } } });
/** All that changes with light and dark. */
const colours = check({ runOnly: ['color-contrast', 'link-in-text-block'] });
/** Pins may lie on one another: each has its card in the list beside the map (WCAG 2.2, 2.5.8). */
const isPin = (html: string) => /^<a class="at\b/.test(html);

/** One visit: one h1, no fault for axe on a phone and a desk, light and dark, nothing over the edge. */
async function look(page: Page, path: string) {
	await page.goto(addressOf(path));
	await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
	await page.evaluate(axe.source);
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		for (const colorScheme of ['light', 'dark'] as const) {
			// Without motion: no colour is half-way when it is measured.
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			const run = colorScheme === 'light' ? everything : colours;
			const { violations } = (await page.evaluate(run)) as AxeResults;
			const faults = violations
				.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)] as const)
				.map(([id, html]) => [id, html.filter((each) => id !== 'target-size' || !isPin(each))])
				.filter(([, html]) => html.length);
			expect.soft(faults, `${path} at ${width}, ${colorScheme}`).toEqual([]);
		}
		expect.soft(await over(page), `${path} at ${width}`).toEqual([]);
	}
	// 400 % of a screen of 1280 (WCAG 2.2, 1.4.10).
	await page.setViewportSize({ width: 320, height: 800 });
	expect.soft(await over(page), `${path} at 320`).toEqual([]);
}

for (const [who, paths] of Object.entries(pages))
	test(`the pages of ${who || 'a stranger'} have no fault for axe`, async ({ visit }) => {
		test.setTimeout(300_000);
		const page = await visit(who || undefined, true);
		for (const path of paths) await look(page, path);
	});

test('nor have the other public pages', async ({ visit }) => {
	const page = await visit(undefined, true);
	for (const path of others) await look(page, path);
});

for (const language of ['af', 'xh', 'zu'])
	test(`the public pages fit the narrowest phone in ${language}`, async ({ visit }) => {
		for (const who of ['', 'resident']) {
			const page = await visit(who || undefined);
			await page.setViewportSize({ width: 320, height: 800 });
			await page.context().addCookies([{ name: 'lang', value: language, url: origin() }]);
			for (const path of pages[who]) {
				await page.goto(addressOf(path));
				if (path === '/') await expect(page.locator(`html[lang=${language}]`)).toHaveCount(1);
				expect.soft(await over(page), `${path} in ${language}`).toEqual([]);
			}
		}
	});
