import { error, fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/platform/refusal.ts';

/** What a form page needs to show again after a refusal: the words, and the field they belong to. */
export interface Refused {
	refusal: string;
	field?: string;
	sent: Record<string, string>;
	[other: string]: unknown;
}

/** Files cannot be sent back into a form, and a password must not be; everything else can. */
export const sentTexts = (form: FormData): Record<string, string> =>
	Object.fromEntries(
		[...form].filter(
			(pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== 'password'
		)
	);

/**
 * Runs a deed for a form: go on when it is done, stay and say why when it is refused.
 * What the person typed comes back to the page as `form.sent`.
 */
export async function attempt(
	form: FormData,
	deed: () => Promise<unknown>,
	next: string | (() => string)
) {
	try {
		await deed();
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		if (reason.status === 404) error(404, reason.message);
		return fail<Refused>(reason.status, {
			refusal: reason.message,
			field: reason.field,
			sent: sentTexts(form)
		});
	}

	redirect(303, typeof next === 'string' ? next : next());
}

/** Fetches what a page shows, or answers with the refusal's own status and words. */
export async function ask<Answer>(question: () => Promise<Answer>) {
	try {
		return await question();
	} catch (reason) {
		if (reason instanceof Refusal) error(reason.status, reason.message);
		throw reason;
	}
}
