import { redirect } from '@sveltejs/kit';
import { isAsked, readQuestion } from '#lib/search/question.ts';
import { meantIssues, pageOfNumber, search } from '#lib/search/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';

/** What somebody looks for: a number leads to its page, anything else to a list. */
export async function load({ locals, url }) {
	const { db, municipality } = locals;
	const typed = readQuestion(url.searchParams.get('q'));
	if (!isAsked(typed))
		return {
			...{ question: typed, asked: false, hits: [], perhaps: [], places: [], meant: [] },
			now: new Date()
		};

	const page = await pageOfNumber(db, askerOf(locals), municipality.id, typed);
	if (page) redirect(303, page);
	const meant = await meantIssues(db, municipality.id, typed);
	const found = await search(db, municipality.id, typed);
	return { ...found, asked: true, meant, now: new Date() };
}
