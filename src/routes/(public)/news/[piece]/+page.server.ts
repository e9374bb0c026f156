import { redirect } from '@sveltejs/kit';
import { getNews } from '#lib/noticeboard/server/index.ts';
import { readNewsNumber } from '#lib/noticeboard/rules.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';

/** One piece of news, with everything that was ever corrected in it. */
export async function load({ locals, params, url }) {
	const { db, municipality } = locals;
	const piece = await ask(async () => {
		const number = readNewsNumber(params.piece);
		if (!number) throw notFound();
		return getNews(db, municipality.id, number);
	});
	if (params.piece !== String(piece.number)) redirect(308, `/news/${piece.number}`);
	return { piece, address: url.origin + url.pathname };
}
