import { error } from '@sveltejs/kit';
import { isDemo } from '../../../demo/index.ts';
import { languages, type Language } from '#lib/i18n/languages.ts';
import { openOutbox } from '#lib/delivery/server/index.ts';

export async function load({ locals, url }) {
	if (!isDemo()) error(404, 'This page does not exist, or it is not yours to see.');
	const to = url.searchParams.get('to') ?? '';
	const kept = await openOutbox(locals.db);
	return {
		to,
		messages: kept
			.filter((each) => each.to.toLowerCase().includes(to.trim().toLowerCase()))
			.slice(0, 100)
			.map((each) => ({ ...each, languageName: languages[each.language as Language] })),
		now: new Date()
	};
}
