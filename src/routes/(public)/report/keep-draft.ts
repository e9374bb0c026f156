import { forgetPhotos, keepPhotos } from './keep-photos.ts';
import type { Help } from './help-words.ts';
import { make } from './make.ts';

type Draft = { at: number; fields: Array<[string, string]> };

/** A draft is kept for a week on this phone only. */
const longest = 7 * 86_400_000;

/** Fields that the page itself sets anew. */
const notKept = new Set([
	'municipality',
	'check',
	'mine_is_different',
	'photo',
	'photo_token',
	'notice',
	'capture'
]);

/**
 * Keeps what is written in this browser, through errors, the back button and a restart, until it was
 * sent. The page knows that by a cookie with the report's own id.
 */
export function keepDraft(form: HTMLFormElement, help: Help) {
	const { fresh, municipality } = help;
	const key = `report ${municipality} ${valueOf(form, 'kind')}`;
	const kept = read(key);
	const over = Boolean(kept && wasSent(kept));
	if (over) localStorage.removeItem(key);
	else if (kept && fresh && isUntouched(form)) restore(form, kept, key, help);
	void keepPhotos(form, key, { fresh, over });

	let timer = 0;
	form.addEventListener('input', () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => save(form, key), 300);
	});
	form.addEventListener('submit', () => save(form, key));
}

function read(key: string): Draft | null {
	try {
		const draft: Draft | null = JSON.parse(localStorage.getItem(key) ?? 'null');
		return draft && Date.now() - draft.at < longest ? draft : null;
	} catch {
		return null;
	}
}

function save(form: HTMLFormElement, key: string) {
	const fields = [...new FormData(form)].filter(
		(pair): pair is [string, string] =>
			typeof pair[1] === 'string' && pair[1] !== '' && !notKept.has(pair[0])
	);
	try {
		localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields } satisfies Draft));
	} catch {
		// A full or forbidden store: the form still works.
	}
}

const wasSent = ({ fields }: Draft) => {
	const id = fields.find(([name]) => name === 'client_id')?.[1];
	return Boolean(id) && document.cookie.split('; ').includes(`sent=${id}`);
};

const valueOf = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name) ?? '');
/** As it came: what the page itself filled in, such as one's own number, is nobody's writing. */
const isUntouched = (form: HTMLFormElement) =>
	['description', 'place', 'phone'].every((name) => {
		const field = form.elements.namedItem(name) as HTMLInputElement | null;
		return !field || field.value === field.defaultValue;
	});

function restore(form: HTMLFormElement, { fields }: Draft, key: string, { words }: Help) {
	for (const [name, value] of fields) put(form, name, value);
	form.querySelector('input[name=service]:checked')?.closest('details')?.setAttribute('open', '');
	if (fields.every(([name]) => ['client_id', 'kind', 'language'].includes(name))) return;

	const again = make('button', { class: 'linkish', type: 'button' }, words.again);
	again.addEventListener('click', async () => {
		localStorage.removeItem(key);
		await forgetPhotos(key);
		location.assign(location.pathname + location.search);
	});
	// An announcement is read out when words come into what is on the page already.
	const note = document.querySelector<HTMLElement>('[data-draft]');
	note?.append(make('p', { class: 'notice' }, `${words.kept} `, again));
}

function put(form: HTMLFormElement, name: string, value: string) {
	for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
		if (field.type === 'radio' || field.type === 'checkbox')
			field.checked ||= field.value === value;
		else field.value = value;
	}
}
