/** The page /waiting: shows what waits on this phone, and lets its owner read, send, mend, keep or delete it. */
import { dayAndTime } from '../platform/time.ts';
import { photosOf, textOf, type Field, type Waiting } from './later.ts';
import { allWaiting, dropWaiting, oneWaiting } from './outbox.ts';
import { notedReader } from './marks.ts';
import { mend } from './mend.ts';
import { saveAsFile } from './save-file.ts';
import { noteCount, tellOfRoom } from './room.ts';

const list = document.querySelector<HTMLElement>('[data-waiting]')!;
const template = document.querySelector('template')!;
const none = document.querySelector<HTMLElement>('[data-none]')!;
const names: Record<string, string> = JSON.parse(list.dataset.fields!);

/** Fields that a form carries for itself. */
const own = new Set([
	'client_id',
	'deed',
	'told',
	'button',
	'municipality',
	'check',
	'notice',
	'kind',
	'claim',
	'for'
]);

let shown = '';
let urls: string[] = [];

async function show() {
	const reader = await notedReader().catch(() => '');
	const all = (await allWaiting().catch(() => [])).map((each) => shownTo(reader, each)).reverse();
	const now = JSON.stringify(
		all.map(({ id, state, said, fields }) => [id, state, said, fields.length])
	);
	none.hidden = all.length > 0;
	if (now === shown) return;
	shown = now;
	urls.forEach((url) => URL.revokeObjectURL(url));
	urls = [];
	list.replaceChildren(...all.map(card));
	forgetDrafts(all);
	const here = all.filter(({ state }) => state !== 'sent');
	noteCount(here.length, all.length);
	await tellOfRoom(here.length > 0);
}

/** What is shown of one: nothing but that it is there, when somebody else who was signed in wrote it. */
type Shown = Omit<Waiting, 'state'> & { state: Waiting['state'] | 'other' };
const shownTo = (reader: string, waiting: Waiting): Shown =>
	waiting.reader && waiting.reader !== reader
		? { ...waiting, state: 'other', fields: [], said: [] }
		: waiting;

function card(waiting: Shown): Node {
	const { state, verb, fields, said, at, madeAt } = waiting;
	const item = template.content.cloneNode(true) as DocumentFragment;
	const one = (name: string) => item.querySelector<HTMLElement>(`[data-${name}]`)!;
	item.querySelector('li')!.id = `w-${waiting.id}`;
	for (const part of item.querySelectorAll<HTMLElement>('[data-when]'))
		if (!part.dataset.when!.split(' ').includes(state)) part.remove();
	for (const part of item.querySelectorAll<HTMLElement>('[data-verb]'))
		if (part.dataset.verb !== verb) part.remove();

	one('title').textContent = state === 'other' ? list.dataset.other! : titleOf(waiting);
	fill(
		one('said'),
		said.map((words) => element('li', words))
	);
	fill(one('photos'), photosOf(fields).map(picture));
	one('made').textContent = list.dataset.made!.replace('…', dayAndTime(new Date(madeAt)));
	item.querySelector('[data-all]')?.append(...fields.flatMap(line));
	if (at) item.querySelector<HTMLAnchorElement>('[data-at]')?.setAttribute('href', at);
	for (const button of item.querySelectorAll<HTMLButtonElement>('[data-do]'))
		button.addEventListener('click', () => acts[button.dataset.do!](waiting));
	return item;
}

function titleOf({ verb, fields, action }: Shown): string {
	const words = textOf(fields, 'description') || textOf(fields, 'words');
	const reference = /^\/issues\/([^?/]+)/.exec(action)?.[1] ?? '';
	const answer = verb === 'answer' ? (names[textOf(fields, 'fixed')] ?? '') : '';
	return (
		words.slice(0, 300) ||
		[reference, answer].filter(Boolean).join(': ') ||
		textOf(fields, 'place') ||
		textOf(fields, 'service')
	);
}

function fill(place: HTMLElement, parts: Node[]) {
	place.append(...parts);
	place.hidden = !parts.length;
}

function picture(file: File): Node {
	const item = document.createElement('li');
	const image = document.createElement('img');
	urls.push((image.src = URL.createObjectURL(file)));
	image.alt = `${names.photo}: ${file.name}`;
	item.append(image);
	return item;
}

function line([name, value]: Field): Node[] {
	if (typeof value !== 'string' || !value || own.has(name)) return [];
	const said = name === 'fixed' ? (names[value] ?? value) : value;
	return [element('dt', names[name] ?? name.replaceAll('_', ' ')), element('dd', said)];
}

function element(tag: string, words: string): HTMLElement {
	const made = document.createElement(tag);
	made.textContent = words;
	return made;
}

const acts: Record<string, (waiting: Shown) => unknown> = {
	send: async () => (await navigator.serviceWorker?.ready)?.active?.postMessage({ send: true }),
	// Another tab may have mended, sent or deleted it meanwhile.
	mend: async ({ id }) => {
		const now = await oneWaiting(id);
		if (now?.state === 'refused') mend(now);
		else await show();
	},
	save: (waiting) => saveAsFile(waiting, { names, language: document.documentElement.lang }),
	drop: async ({ id }) => {
		await dropWaiting(id);
		await show();
	}
};

/** The report form keeps drafts: one that lies here now is no draft any more. */
function forgetDrafts(all: Shown[]) {
	const ids = new Set(all.map(({ id }) => id));
	try {
		for (const key of Object.keys(localStorage))
			if (
				key.startsWith('report ') &&
				[...ids].some((id) => localStorage.getItem(key)?.includes(id))
			)
				localStorage.removeItem(key);
	} catch {
		// A browser that forbids the store has no drafts either.
	}
}

navigator.serviceWorker?.addEventListener('message', ({ data }) => {
	if (data?.changed) void show();
});
document.addEventListener('visibilitychange', () => document.hidden || void show());
void show().then(() => document.getElementById(location.hash.slice(1))?.scrollIntoView());
