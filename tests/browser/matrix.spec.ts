import { existsSync, readFileSync } from 'node:fs';
import { expect, request, test, type APIRequestContext } from '@playwright/test';
import { access, type Door } from '../../src/access.ts';
import { demoPeople } from '../../src/demo/khanyisa/people.ts';
import {
	permissions,
	type Permission,
	type Reach,
	type Role
} from '../../src/lib/identity/permissions.ts';
import { severalAtOnce } from './demo.ts';

const nowhere = '00000000-0000-7000-8000-000000000000';

interface Found {
	/** Who may see the list where it is found, and where that is. */
	as?: string;
	from: string;
	pattern: RegExp;
}

/**
 * What stands for each parameter: a text, or a thing of Khanyisa found in the demonstration. A route
 * with a parameter that is not here fails: add yours.
 */
// prettier-ignore
const things: Record<string, string | Found> = {
	token: 'made-up',
	gateway: 'main~made-up',
	municipality: 'KHA',
	code: 'KHA',
	size: 'small',
	version: '1',
	deed: 'report',
	id: nowhere,
	ward: '99901007',
	question: nowhere,
	photo: nowhere,
	template: nowhere,
	alert: nowhere,
	referral: nowhere,
	store: nowhere,
	waybill: nowhere,
	pair: nowhere,
	household: nowhere,
	file: 'map.png',
	timeFrame: 'current',
	planned: 'unplanned',
	clip: nowhere,
	z: '17',
	x: '75917',
	y: '78290',
	event: { as: 'disaster-officer', from: '/office/aid', pattern: /\/office\/aid\/([0-9a-f-]{36})/ },
	reference: { from: '/issues', pattern: /\/issues\/(KHA-[\w-]+)/ },
	outage: { from: '/outages', pattern: /\/outages\/(\d+)"/ },
	piece: { from: '/news', pattern: /\/news\/(\d+)"/ },
	number: { from: '/commitments', pattern: /\/commitments\/(?!new")([\w-]+)"/ },
	person: { as: 'admin', from: '/office/people', pattern: /\/office\/people\/([0-9a-f-]{36})/ },
	department: { as: 'admin', from: '/office/setup/departments', pattern: /\/setup\/departments\/(?!new")([\w-]+)"/ },
	calendar: { as: 'admin', from: '/office/setup/calendars', pattern: /\/setup\/calendars\/(?!new")([\w-]+)"/ },
	agreement: { as: 'admin', from: '/office/setup/agreements', pattern: /\/setup\/agreements\/(?!new")([\w-]+)"/ },
	service: { as: 'admin', from: '/office/setup/services', pattern: /\/setup\/services\/(?!new")([\w-]+)"/ }
};

const folder = (route: string) => `src/routes${route === '/' ? '' : route}`;
const reads = (route: string) =>
	existsSync(`${folder(route)}/+page.svelte`) ||
	(existsSync(`${folder(route)}/+server.ts`) &&
		/export (const|async function|function) GET/.test(
			readFileSync(`${folder(route)}/+server.ts`, 'utf8')
		));

/** Such a page is a file: a post to it does nothing and gets the file. */
const isPrerendered = (route: string) =>
	existsSync(`${folder(route)}/+page.ts`) &&
	/prerender = true/.test(readFileSync(`${folder(route)}/+page.ts`, 'utf8'));

const routes = Object.entries(access as Record<string, Door>).filter(([route]) => reads(route));
const named = (route: string) =>
	[...route.matchAll(/\[(?!x\+)([^\]]+)\]/g)].map(([, name]) => name);
const plain = routes.filter(([route]) => named(route).length === 0);

const found = new Map<string, string>();

/** A route as an address, with things of Khanyisa in the place of its parameters. */
const pathOf = (route: string) =>
	route
		.replace(/\/\(\w+\)/g, '')
		.replaceAll('[x+2e]', '.')
		.replace(/\[([^\]]+)\]/g, (_, name: string) => found.get(name) ?? nowhere) || '/';

test.beforeAll(async ({ baseURL }) => {
	for (const [name, thing] of Object.entries(things)) {
		if (typeof thing === 'string') {
			found.set(name, thing);
			continue;
		}
		const page = await (await as(baseURL!, thing.as)).get(`${thing.from}?m=KHA`);
		const one = thing.pattern.exec(await page.text())?.[1];
		if (one) found.set(name, one);
	}
});

test('every parameter of every route has a thing to stand for it', () => {
	const unknown = routes.flatMap(([route]) =>
		named(route)
			.filter((name) => !Object.hasOwn(things, name))
			.map((name) => `${route}: ${name}`)
	);
	expect(unknown).toEqual([]);
});

const isPermission = (door: Door): door is Permission => Object.hasOwn(permissions, door);
const holds = (role: Role | undefined, door: Door) =>
	door === 'anyone' ||
	door === 'signed_in' ||
	(door === 'staff' && role !== undefined) ||
	(isPermission(door) &&
		((role !== undefined &&
			(permissions[door] as Partial<Record<Role, Reach>>)[role] !== undefined) ||
			(permissions[door] as Partial<Record<Role, Reach>>).resident !== undefined));

async function as(baseURL: string, handle?: string): Promise<APIRequestContext> {
	const context = await request.newContext({
		baseURL,
		extraHTTPHeaders: { accept: 'text/html' }
	});
	if (handle)
		await context.post('/demo/sign-in', {
			form: { account: handle },
			headers: { origin: baseURL },
			maxRedirects: 0
		});
	return context;
}

const oneOfEachRole = demoPeople.filter(
	({ role, municipality }, index) =>
		demoPeople.findIndex((each) => each.role === role && each.municipality === municipality) ===
		index
);

test('nobody: every shut door leads to signing in, nothing breaks', async ({ baseURL }) => {
	test.setTimeout(120_000);
	const nobody = await as(baseURL!);
	await severalAtOnce(routes, async ([route, door]) => {
		const answer = await nobody.get(pathOf(route), { maxRedirects: 0 });
		const status = answer.status();
		expect.soft(status, `${route}: a fault`).toBeLessThan(500);
		if (door === 'machine' || door === 'anyone') return;
		expect.soft(status, route).toBe(303);
		expect.soft(answer.headers().location, route).toMatch(/^\/sign-in\?next=/);
	});
});

for (const person of oneOfEachRole)
	test(`${person.role ?? 'resident'} of ${person.municipality}: opens what the role holds, and nothing else is there`, async ({
		baseURL
	}) => {
		test.setTimeout(120_000);
		const visitor = await as(baseURL!, person.handle);
		await severalAtOnce(routes, async ([route, door]) => {
			if (door === 'machine' || route === '/(public)/sign-out') return;
			const status = (await visitor.get(pathOf(route), { maxRedirects: 0 })).status();
			expect.soft(status, `${route}: a fault`).toBeLessThan(500);
			if (!holds(person.role, door)) expect.soft(status, route).toBe(404);
		});
	});

test('people of one municipality are not there for the administrator of the next', async ({
	baseURL
}) => {
	const chris = await as(baseURL!, 'admin');
	const person = found.get('person');
	expect((await chris.get(`/office/people/${person}`)).status()).toBe(200);
	expect((await chris.get(`/office/people/${nowhere}`)).status()).toBe(404);

	const joyce = await as(baseURL!, 'neighbour-admin');
	expect((await joyce.get(`/office/people/${person}`)).status()).toBe(404);
	expect((await joyce.get(`/office/people/${person}?m=KHA`)).status()).toBe(404);
	// In the office the neighbour is always at home, whatever municipality the address names.
	for (const list of ['/office/people?m=KHA', '/office/people.csv?m=KHA']) {
		const answer = await (await joyce.get(list)).text();
		expect(answer).toContain('Joyce Tshabalala');
		expect(answer).not.toContain('Chris Majola');
	}

	const palesa = await as(baseURL!, 'district-admin');
	expect((await palesa.get(`/office/people/${person}?m=KHA`)).status()).toBe(200);
});

test('what is Khanyisa’s is not there for the office of Thokozani', async ({ baseURL }) => {
	const shut = routes.filter(
		([route, door]) => route.startsWith('/office/') && named(route).length && isPermission(door)
	);
	for (const handle of ['neighbour-admin', 'neighbour-councillor', 'neighbour-officer']) {
		const neighbour = await as(baseURL!, handle);
		for (const [route] of shut) {
			const status = (await neighbour.get(`${pathOf(route)}?m=KHA`, { maxRedirects: 0 })).status();
			expect.soft(status, `${route} for ${handle}`).toBe(404);
		}
	}
});

test('a post from another site is refused on every page', async ({ baseURL }) => {
	test.setTimeout(120_000);
	const admin = await as(baseURL!, 'admin');
	for (const [route] of plain.filter(([route]) => !isPrerendered(route)))
		for (const origin of ['https://evil.example', 'null']) {
			const answer = await admin.post(pathOf(route), {
				form: { name: 'x' },
				headers: { origin },
				maxRedirects: 0
			});
			expect.soft(answer.status(), `${route} from ${origin}`).toBe(403);
		}
});
