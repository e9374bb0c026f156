import { findServices, type Searchable } from '#lib/issues/service-search.ts';
import type { Help } from './help-words.ts';
import { make } from './make.ts';

/** Shows what fits while one types, and chooses in place: nothing that was written is lost. */
export function findAsOneTypes({ words }: Help) {
	const field = document.querySelector<HTMLInputElement>('#find');
	const list = document.querySelector<HTMLElement>('[data-found]');
	if (!field || !list) return;
	const groups = offered();

	field.addEventListener('input', () => {
		const found = findServices(groups, field.value);
		const nothing = field.value.trim().length > 2 ? [make('p', {}, words.nothing)] : [];
		list.replaceChildren(...(found.length ? [listOf(found, words.found)] : nothing));
	});
	list.addEventListener('click', (event) => {
		const code = (event.target as Element).closest('a')?.dataset.service;
		const radio = code && !event.ctrlKey && !event.metaKey ? choose(code) : null;
		if (!radio) return;
		event.preventDefault();
		radio.focus();
	});
	field.form?.addEventListener('submit', (event) => {
		event.preventDefault();
		list.querySelector('a')?.focus();
	});
}

/** The services of the page, read from the page. */
const offered = () =>
	[...document.querySelectorAll('#service details')].map((group) => ({
		name: textOf(group, 'summary'),
		services: [...group.querySelectorAll<HTMLElement>('.choice')].map((choice): Searchable => ({
			code: choice.querySelector('input')!.value,
			name: textOf(choice, 'label'),
			keywords: [choice.dataset.keywords ?? '']
		}))
	}));

const textOf = (inside: Element, what: string) =>
	inside.querySelector(what)?.textContent?.trim() ?? '';

const listOf = (found: Searchable[], label: string) =>
	make(
		'ul',
		{ class: 'found', 'aria-label': label },
		...found.map(({ code, name }) =>
			make(
				'li',
				{},
				make('a', { href: `/report?service=${code}#service`, 'data-service': code }, name)
			)
		)
	);

/** Chooses a service and opens what it belongs to; null where the page offers none of that code. */
export function choose(code: string): HTMLInputElement | null {
	const radio = document.querySelector<HTMLInputElement>(`#s-${CSS.escape(code)}`);
	radio?.closest('details')?.setAttribute('open', '');
	radio?.click();
	return radio;
}
