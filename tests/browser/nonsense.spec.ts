import { existsSync, readFileSync } from 'node:fs';
import { expect, request, test, type APIRequestContext } from '@playwright/test';
import { access, type Door } from '../../src/access.ts';
import { demoPeople } from '../../src/demo/khanyisa/people.ts';
import { permissions, type Permission } from '../../src/lib/identity/permissions.ts';
import { queueSorts } from '../../src/lib/issues/queue.ts';
import { severalAtOnce } from './demo.ts';

const nowhere = '00000000-0000-7000-8000-000000000000';
const nonsense: Array<[string, string]> = [
	['NUL', 'a\0b'],
	['a huge number', '1e30'],
	['less than nothing', '-1'],
	['an emoji', '😀'],
	['10 000 characters', 'x'.repeat(10_000)],
	['SQL', `' or 1=1; --`]
];
/** What the office's addresses ask for, and a few it does not. */
const asked =
	'after before page view sort service ward department assignee q who deed thing from until state office show quarter saved what done choose next m'.split(
		' '
	);

const folder = (route: string) => `src/routes${route}`;
const sourceOf = (route: string) =>
	['+page.server.ts', '+server.ts']
		.map((file) => `${folder(route)}/${file}`)
		.filter((file) => existsSync(file))
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
const rooms = Object.entries(access as Record<string, Door>)
	.filter(([route, door]) => route.startsWith('/office') && door !== 'nobody' && sourceOf(route))
	.map(([route]) => route);

const pathOf = (route: string, reference: string, other: string) =>
	route.replace(/\[(\w+)\]/g, (_, name) =>
		name === 'reference' ? reference : name === 'deed' ? 'kept' : encodeURIComponent(other)
	);

async function as(baseURL: string, handle: string): Promise<APIRequestContext> {
	const context = await request.newContext({
		baseURL,
		extraHTTPHeaders: { accept: 'text/html', origin: baseURL }
	});
	await context.post('/demo/sign-in', { form: { account: handle }, maxRedirects: 0 });
	return context;
}

const aReference = async (visitor: APIRequestContext) =>
	/\/issues\/(KHA-[\w-]+)/.exec(await (await visitor.get('/issues?m=KHA')).text())![1];

const people = ['admin', 'agent', 'director', 'councillor', 'municipal-manager', 'district-admin'];

const roleOf = (handle: string) => demoPeople.find((each) => each.handle === handle)!.role!;
const opens = (handle: string, route: string) => {
	const door = (access as Record<string, Door>)[route];
	return door === 'staff' || roleOf(handle) in (permissions[door as Permission] ?? {});
};

/** Each room with the first of these people who may open it. */
async function roomsWithSomebody(baseURL: string) {
	const visitors = await Promise.all(people.map((handle) => as(baseURL, handle)));
	const reference = await aReference(visitors[0]);
	const found = [];
	for (const route of rooms) {
		for (const [at, visitor] of visitors.entries()) {
			if (!opens(people[at], route)) continue;
			found.push({ route, visitor, reference });
			break;
		}
	}
	return found;
}

test('nonsense in an address breaks no room of the office', async ({ baseURL }) => {
	test.setTimeout(300_000);
	for (const { route, visitor, reference } of await roomsWithSomebody(baseURL!))
		await severalAtOnce(nonsense, async ([what, value]) => {
			const query = new URLSearchParams(asked.map((name) => [name, value.slice(0, 400)]));
			query.append('page', 'and another');
			const path = `${pathOf(route, reference, nowhere)}?${query}`;
			const answer = await visitor.get(path, { maxRedirects: 0 });
			expect.soft(answer.status(), `${route} with ${what}`).toBeLessThan(500);
			if (!route.includes('[')) return;
			const odd = pathOf(route, value.slice(0, 2000), value.slice(0, 2000));
			const other = await visitor.get(odd, { maxRedirects: 0 });
			expect.soft(other.status(), `${route} at ${what}`).toBeLessThan(500);
		});
});

test('the queue begins at its first page when the place in the address is spoilt', async ({
	baseURL
}) => {
	const pumla = await as(baseURL!, 'agent');
	for (const sort of queueSorts)
		for (const at of ['1e30', '9999999999999', '99999999999999', '-5'])
			for (const rank of ['', '1e30_', '9999999999999_']) {
				const after = `${rank}${at}_${nowhere}`;
				const answer = await pumla.get(`/office/cases?sort=${sort}&after=${after}`);
				expect.soft(answer.status(), `${sort} after ${after}`).toBe(200);
			}
});

test('what cannot be is refused with a sentence', async ({ baseURL }) => {
	const lerato = await as(baseURL!, 'communications');
	const spoilt = await lerato.get('/office/moderation?q=%00');
	expect(spoilt.status()).toBe(400);
	expect(await spoilt.text()).toContain('This address is spoilt.');
	const reference = await aReference(lerato);
	const form = { reason: 'insult', event: 'nonsense', photo: '1e30' };
	for (const action of ['hideWords', 'editWords', 'restoreWords', 'removePhoto', 'restorePhoto']) {
		const path = `/office/moderation/${reference}?/${action}`;
		const answer = await lerato.post(path, { form: { ...form, text: 'Other words' } });
		expect.soft(answer.status(), action).toBe(404);
	}
});

const actionsOf = (source: string) => {
	const [, block = ''] = /export const actions = \{\n([\s\S]*?)\n\};/.exec(source) ?? [];
	return [...block.matchAll(/^\t(\w+):/gm)].map(([, name]) => name);
};
const fieldsOf = (source: string) => [
	...new Set([
		...[...source.matchAll(/(?:get|getAll|text|id)\((?:form, )?'(\w+)'/g)].map(([, name]) => name),
		...'id case version reset grant invitation leave act event photo department service question template ban request role person from to'.split(
			' '
		)
	])
];
/** They need nothing but a press of the button: nonsense does not stop them, nor should it. */
const needNothing = ['release', 'keep', 'restore', 'sessions', 'password'];

test('nonsense in a form breaks no room of the office', async ({ baseURL }) => {
	test.setTimeout(300_000);
	for (const { route, visitor, reference } of await roomsWithSomebody(baseURL!)) {
		const source = sourceOf(route);
		for (const action of actionsOf(source).filter((each) => !needNothing.includes(each)))
			await severalAtOnce(nonsense, async ([what, value]) => {
				const form = new FormData();
				for (const field of fieldsOf(source)) {
					form.append(field, value);
					if (field === 'case' || field === 'role') form.append(field, value);
				}
				// Nothing is made of nonsense: without a name no form of the setup is complete.
				form.set('name', '');
				form.set('words', '');
				const at = pathOf(route, reference, nowhere);
				const answer = await visitor.post(action === 'default' ? at : `${at}?/${action}`, {
					multipart: form,
					maxRedirects: 0
				});
				expect.soft(answer.status(), `${route} ${action} with ${what}`).toBeLessThan(500);
			});
	}
});
