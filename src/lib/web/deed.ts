import { isId, newId } from '#lib/platform/ids.ts';

/** The name the page gave a deed, so that sending it twice does it once; a fresh one when it has none. */
export function deedOf(form: FormData): string {
	const sent = form.get('deed');
	return typeof sent === 'string' && isId(sent) ? sent : newId();
}
