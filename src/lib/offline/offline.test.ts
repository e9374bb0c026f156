import { expect, test } from 'vitest';
import { became } from './answer.ts';
import {
	essentials,
	isKeepable,
	isPast,
	mayKeep,
	partsOf,
	surplus,
	withFreshIds,
	withNote
} from './kept-page.ts';
import {
	apartFrom,
	bodyOf,
	patienceFor,
	photosOf,
	readable,
	textOf,
	verbOf,
	waitingOf,
	type Waiting
} from './later.ts';

const at = (path: string) => new URL(path, 'https://khanyisa.example');
const id = '0192b7a4-0000-7000-8000-000000000001';
const now = { reader: '', madeAt: 0 };

// prettier-ignore
test.each([
	['/report', 'report'], ['/report?kind=suggestion', 'report'],
	['/issues/KHA-26-7K3MQ?/note', 'note'], ['/issues/KHA-26-7K3MQ?/answer', 'answer'],
	['/issues/KHA-26-7K3MQ?/support', 'support'], ['/issues/KHA-26-7K3MQ?/follow', 'follow'],
	['/issues/KHA-26-7K3MQ?/unfollow', null], ['/issues/KHA-26-7K3MQ?/report', null],
	['/issues/KHA-26-7K3MQ/withdraw', null], ['/sign-in', null], ['/sign-out', null], ['/language', null],
	['/office/cases/KHA-26-7K3MQ?/note', null]
])('a form posted to %s waits as %s', (path, verb) => {
	expect(verbOf(at(path))).toBe(verb);
});

const report = (fields: Record<string, string | File>, facts = now) =>
	waitingOf('report', at('/report?service=pothole'), Object.entries(fields), facts);

test('a report keeps its own id, its photos, and not the empty file of a form without one', () => {
	const kept = report({
		client_id: id,
		description: 'Deep hole',
		photo: new File(['x'], 'hole.jpg'),
		none: new File([], '')
	});
	expect(kept).toMatchObject({ id, action: '/report', state: 'waiting' });
	expect(photosOf(kept.fields).map(({ name }) => name)).toEqual(['hole.jpg']);
	expect(textOf(kept.fields, 'client_id')).toBe(id);
});

test('a form that many pages share gets an id once, and keeps it for every try', () => {
	const kept = waitingOf('support', at('/issues/KHA-26-7K3MQ?/support'), [['address', '']], now);
	expect(kept.id).toMatch(/^[0-9a-f-]{36}$/);
	expect(bodyOf(kept).get('deed')).toBe(kept.id);
});

test('other words under the same id are kept beside the first; what is mended stays itself', () => {
	const first = report({ client_id: id, description: 'A tap drips' });
	const second = report({ client_id: id, description: 'A pole leans' });
	expect(apartFrom(second, first).id).not.toBe(id);
	expect(apartFrom(first, first).id).toBe(id);
	expect(apartFrom(second, { ...first, state: 'refused' }).id).toBe(id);
	expect(apartFrom(second, undefined).id).toBe(id);
});

test('what is sent from the phone asks no question nobody is there to answer', () => {
	const body = bodyOf(report({ client_id: id, check: '1', description: 'A tap drips' }));
	expect([...body.keys()]).toEqual(['client_id', 'description']);
});

const answer = (body: unknown, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

test('an answer is read: sent, refused in words, or not now', async () => {
	expect(
		await became(answer({ type: 'redirect', status: 303, location: '/issues/KHA-26-7K3MQ' }))
	).toEqual({ state: 'sent', said: [], at: '/issues/KHA-26-7K3MQ' });
	const data = JSON.stringify([
		{ problems: 1, sent: 5 },
		[2],
		{ field: 3, message: 4 },
		'phone',
		'Give a phone number with 10 digits.',
		{}
	]);
	expect(await became(answer({ type: 'failure', status: 400, data }))).toEqual({
		state: 'refused',
		said: ['Give a phone number with 10 digits.'],
		at: ''
	});
	const small = JSON.stringify([{ refusal: 1 }, 'This is closed.']);
	expect((await became(answer({ type: 'failure', status: 409, data: small })))?.said).toEqual([
		'This is closed.'
	]);
	expect(await became(answer({ type: 'failure', status: 429, data: small }))).toMatchObject({
		state: 'waiting'
	});
	expect(
		await became(answer({ type: 'error', status: 404, error: { message: 'Not here' } }, 404))
	).toEqual({
		state: 'refused',
		said: ['Not here'],
		at: ''
	});
	expect(await became(answer({ message: 'Away' }, 503))).toMatchObject({ state: 'waiting' });
});

test('the page of a hotspot, a redirect of a proxy and nonsense are no answers: it waits on', async () => {
	const html = { 'content-type': 'text/html' };
	expect(await became(new Response('<h1>Buy a voucher</h1>', { headers: html }))).toBeNull();
	expect(await became(new Response(null, { status: 302 }))).toBeNull();
	expect(await became(answer('nonsense'))).toBeNull();
	expect(await became(answer({ type: 'failure', status: 400, data: '{' }))).toMatchObject({
		said: []
	});
	const away = answer({ type: 'redirect', status: 303, location: '//evil.example' });
	expect((await became(away))?.at).toBe('');
});

// prettier-ignore
test.each([
	['/', true], ['/contacts', true], ['/wards/99901007', true], ['/issues/KHA-26-7K3MQ', true],
	['/issues?ward=99901007&state=open', true], ['/mine', true], ['/report?service=pothole', true],
	['/account', false], ['/account/messages', false], ['/office', false], ['/sign-in', false],
	['/issues/KHA-26-7K3MQ/fixed?t=secret', false], ['/issues/KHA-26-7K3MQ?t=secret', false],
	['/messages/secret', false], ['/demo', false], ['/privacy/request', false], ['/issues/KHA-26-7K3MQ?/note', false]
])('%s stays on the phone: %s', (path, kept) => {
	expect(isKeepable(at(path))).toBe(kept);
});

const page = (headers: Record<string, string>, status = 200) => ({
	status,
	headers: new Headers({ 'content-type': 'text/html', ...headers })
});

test('a receipt that is shown once, an error and a huge page are not kept', () => {
	expect(mayKeep(page({}), 9000)).toBe(true);
	expect(mayKeep(page({ 'cache-control': 'private, no-store, no-transform' }), 9000)).toBe(false);
	expect(mayKeep(page({}, 500), 9000)).toBe(false);
	expect(mayKeep(page({}), 900_000)).toBe(false);
	expect(mayKeep(page({ 'content-type': 'application/json' }), 10)).toBe(false);
});

test('past 60 pages or 5 MB the oldest go, never those everybody needs', () => {
	const own = essentials.map((path) => ({ url: at(path).href, bytes: 100_000 }));
	const read = Array.from({ length: 80 }, (_, n) => ({
		url: at(`/issues/KHA-26-A${n}`).href,
		bytes: 10_000
	}));
	const gone = surplus([...own, ...read]);
	expect(gone).toHaveLength(20 + own.length);
	expect(gone[0]).toBe(read[0].url);
	expect(surplus(read.map((each) => ({ ...each, bytes: 400_000 })))).toHaveLength(68);
	expect(surplus(own)).toEqual([]);
});

test('a page with a question in its address makes room like any other, whatever its name', () => {
	const asked = Array.from({ length: 80 }, (_, n) => ({
		url: at(`/report?service=s${n}`).href,
		bytes: 10_000
	}));
	expect(surplus([...asked, { url: at('/report').href, bytes: 10_000 }])).toHaveLength(21);
});

const day = 86_400_000;
test.each([
	['nobody', null, 400 * day, false],
	['Thandi, a month ago', 'mark', 30 * day, false],
	['Thandi, longer ago than a session lives', 'mark', 31 * day, true],
	['Thandi, by a clock that was turned back a year', 'mark', -365 * day, true],
	['Thandi, nobody knows when', 'mark', NaN, true]
])('a page that was read by %s', (_, reader, ago, past) => {
	const today = Date.UTC(2026, 10, 22);
	expect(isPast(reader, today - ago, today)).toBe(past);
});

test('a photo whose bytes the browser lost does not take the words with it', async () => {
	class Lost extends File {
		override arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
	}
	const kept = report({ client_id: id, description: 'x', photo: new Lost(['x'], 'hole.jpg') });
	expect((await readable(kept.fields)).map(([name]) => name)).toEqual(['client_id', 'description']);
	expect(
		await readable(report({ client_id: id, photo: new File(['x'], 'a') }).fields)
	).toHaveLength(2);
});

test('words may travel 20 s, a photo of 3 MB a quarter of an hour at 32 kbit/s', () => {
	const fields = report({
		client_id: id,
		photo: new File([new Uint8Array(3_000_000)], 'a')
	}).fields;
	expect(Math.round(patienceFor(fields) / 1000)).toBe(770);
});

test('a page shown twice from the phone sends two deeds, not one', () => {
	const html = `<input type="hidden" name="client_id" value="${id}"><input type="hidden" name="deed" value="${id}">`;
	expect(withFreshIds(html)).not.toContain(id);
	expect(withFreshIds(html)).not.toBe(withFreshIds(html));
	expect(withNote('<header></header><main id="main">', '<p>As of $1 14:02</p>')).toBe(
		'<header></header><p>As of $1 14:02</p><main id="main">'
	);
});

test('a clock that is wrong by years changes no id and no order of trying', () => {
	const wrong: Waiting = report({ client_id: id, description: 'x' }, { reader: '', madeAt: -9e12 });
	expect(wrong.id).toBe(id);
	expect([...bodyOf(wrong).values()].join()).not.toContain('-9');
});

test('a script brings along what it imports at once, not what it would ask for later', () => {
	const script =
		'import{a as b}from"./make-1.js";import"../chunks/x.js";const c=()=>import("./pin-map.js")';
	expect(partsOf(script, '/_app/immutable/workers/fill-in.js')).toEqual([
		'/_app/immutable/workers/make-1.js',
		'/_app/immutable/chunks/x.js'
	]);
});
