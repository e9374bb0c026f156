import { dropHand, keepHand, myHand } from '#lib/alerts/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const wards = await wardsOf(db, municipality.id);
	return {
		hand: await myHand(db, actor, municipality.id),
		wards: wards.map(({ code, number, areas }) => ({ code, number, areas })),
		done: url.searchParams.get('done')
	};
}

export const actions = {
	keep: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return await attempt(
			form,
			() =>
				keepHand(db, actor, {
					municipalityId: municipality.id,
					wardCode: text('ward'),
					people: text('people'),
					place: text('place'),
					words: text('words'),
					phone: text('phone'),
					agreed: form.has('agreed')
				}),
			'/account/hand?done=kept'
		);
	},
	drop: async ({ locals: { db, actor, municipality }, request }) =>
		attempt(
			await request.formData(),
			() => dropHand(db, actor, municipality.id),
			'/account/hand?done=dropped'
		)
};
