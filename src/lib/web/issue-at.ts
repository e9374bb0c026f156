import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/i18n/index.ts';
import { readReference } from '#lib/issues/reference.ts';
import { issuePage, type IssuePage } from '#lib/issues/server/index.ts';
import { ask } from './attempt.ts';
import { askerOf } from './asker.ts';

/** The reference in an address as it is stored. @throws 404 when it cannot be one */
export function referenceIn(params: { reference: string }): string {
	return readReference(params.reference) ?? error(404, m.shell_not_found());
}

/** Leads every way of writing a reference to its one address, whatever stands behind it. */
export function keepToCanonical(params: { reference: string }, url: URL): string {
	const reference = referenceIn(params);
	if (params.reference !== reference) {
		const rest = url.pathname
			.split('/')
			.slice(3)
			.map((part) => `/${part}`);
		redirect(303, `/issues/${reference}${rest.join('')}${url.search}`);
	}
	return reference;
}

/** What the page of an issue shows to whoever asks. */
export const issueAt = (locals: App.Locals, reference: string): Promise<IssuePage> =>
	ask(() => issuePage(locals.db, askerOf(locals), locals.municipality, reference));
