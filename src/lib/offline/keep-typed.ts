/** What is typed again after a change of language: nothing secret rests in the browser. */
const secret = /passw|code|factor|receipt|token|seal/i;
const store = 'typed';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Every field that may be kept, in an order that is the same in every language. The report keeps its own. */
const fields = () =>
	[
		...document.querySelectorAll<Field>('main form:not(#report) :is(input, textarea, select)[name]')
	].filter(
		({ type, name, autocomplete }) =>
			!/^(password|hidden|file|submit)$/.test(type) && !secret.test(name + autocomplete)
	);

const here = () => location.pathname + location.search;
const isTicked = (field: Field): field is HTMLInputElement => /^(radio|checkbox)$/.test(field.type);

/** Keeps half-filled forms over a change of language, in this tab, until the page stands again. */
export function keepTyped() {
	document.addEventListener('submit', ({ target }) => {
		if ((target as HTMLFormElement).getAttribute('action') !== '/language') return;
		const typed = fields().map((each) => [each.name, isTicked(each) ? each.checked : each.value]);
		sessionStorage.setItem(store, JSON.stringify({ at: here(), typed }));
	});

	const { at, typed } = JSON.parse(sessionStorage.getItem(store) ?? '{}');
	sessionStorage.removeItem(store);
	if (at !== here()) return;
	fields().forEach((field, nth) => {
		const [name, value] = typed[nth] ?? [];
		if (name !== field.name) return;
		const before = isTicked(field) ? field.checked : field.value;
		if (before === value) return;
		if (isTicked(field)) field.checked = value;
		else field.value = value;
		field.closest('details')?.setAttribute('open', '');
	});
}
