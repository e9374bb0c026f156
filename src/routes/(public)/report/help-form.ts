import { keepDraft } from './keep-draft.ts';
import { helpWithPlace } from './help-with-place.ts';
import { shrinkPhotos } from './shrink-photos.ts';

/** What the page needs to know to help while somebody fills it in. */
export interface Help {
	/** Nothing was sent yet: an earlier draft may be put back. */
	fresh: boolean;
	municipality: string;
}

/** With JavaScript the form becomes quicker, never different: each helper works alone. */
export const helpForm = (help: Help) => (form: HTMLFormElement) => {
	keepDraft(form, help);
	shrinkPhotos(form);
	helpWithPlace(form, help.municipality);
};
