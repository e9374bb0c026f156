import { wardsOf } from '#lib/geography/server/index.ts';
import { writeNews } from '#lib/noticeboard/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { newsFactsOf, ticked } from '#lib/web/news-form.ts';

export async function load({ locals: { db, municipality } }) {
	const wards = await wardsOf(db, municipality.id);
	return { wards: wards.map(({ code, number }) => [code, number] as const), deed: newId() };
}

export const actions = {
	default: async ({ locals, request }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		let number = 0;
		const answer = await attempt(
			form,
			async () => {
				const facts = { ...newsFactsOf(form), id: deedOf(form), municipalityId: municipality.id };
				({ number } = await writeNews(db, actor, facts));
			},
			() => `/office/news/${number}?kept`
		);
		Object.assign(answer.data, { ticked: ticked(form) });
		return answer;
	}
};
