import { wardsOf } from '#lib/geography/server/index.ts';
import { spokenNow } from '#lib/i18n/index.ts';
import { ownWards } from '#lib/identity/server/index.ts';
import { followNews, newsWishes } from '#lib/noticeboard/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';
import { attempt } from '#lib/web/attempt.ts';

/** What can be followed, and what whoever is signed in follows already. */
export async function load({ locals, url }) {
	const { db, municipality, visitor } = locals;
	const wards = await wardsOf(db, municipality.id);
	const watched = visitor ? await ownWards(db, visitor.id) : [];
	return {
		wards: wards.map(({ code, number }) => [code, number] as const),
		asked: url.searchParams.get('ward') ?? '',
		wishes: visitor
			? await newsWishes(db, visitor.id, municipality.id)
			: { wardCodes: [], topics: [] },
		/** They follow from the account, and are changed there. */
		watched: watched
			.filter(({ municipalityId }) => municipalityId === municipality.id)
			.map(({ wardCode }) => wardCode),
		done: url.searchParams.has('done')
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const all = (name: string) =>
			form
				.getAll(name)
				.slice(0, 50)
				.map((value) => String(value).slice(0, 40));
		return attempt(
			form,
			() =>
				followNews(locals.db, askerOf(locals), {
					municipalityId: locals.municipality.id,
					wardCodes: all('ward'),
					topics: all('topic'),
					contact: String(form.get('contact') ?? '').slice(0, 200),
					language: spokenNow()
				}),
			'/news/follow?done'
		);
	}
};
