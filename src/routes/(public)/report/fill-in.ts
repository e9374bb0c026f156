/**
 * What the form gains when scripts run: a search as one types, a draft, small photos, a pin. The page is
 * whole without it, so nothing here draws it again; each helper works alone. Loaded as a file of its own.
 */
import { choose, findAsOneTypes } from './find-as-one-types.ts';
import { helpWithPlace } from './help-with-place.ts';
import { keepDraft } from './keep-draft.ts';
import { shrinkPhotos } from './shrink-photos.ts';
import type { Help } from './help-words.ts';

const form = document.querySelector<HTMLFormElement>('form#report');
const said = document.querySelector<HTMLElement>('[data-help]')?.dataset.help;
if (form && said) {
	const help: Help = JSON.parse(said);
	findAsOneTypes(help);
	keepDraft(form, help);
	chooseAsked(form);
	shrinkPhotos(form, help);
	helpWithPlace(form, help);
	// A page that came back with something to mend or to answer begins there, for readers out loud too.
	document.querySelector<HTMLElement>('.errors, #offer')?.focus();
}

/** The copy of this page that a phone keeps was made for no service: its address still names one. */
function chooseAsked(form: HTMLFormElement) {
	const asked = new URLSearchParams(location.search).get('service');
	const chosen = form.querySelector<HTMLInputElement>('[name=service]:checked')?.value;
	if (asked && !chosen) choose(asked);
}
