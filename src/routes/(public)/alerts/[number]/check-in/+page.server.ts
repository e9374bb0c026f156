import { redirect } from '@sveltejs/kit';
import { isSaying } from '#lib/alerts/people.ts';
import { checkIn, latestOf } from '#lib/alerts/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

export async function load({ locals: { db, municipality }, params, url, setHeaders }) {
	const number = params.number.toUpperCase();
	if (number !== params.number) redirect(308, `/alerts/${number}/check-in${url.search}`);
	setHeaders({ 'cache-control': 'private, no-store' });
	const alert = await ask(async () => {
		const found = await latestOf(db, municipality.id, number);
		if (!found) throw notFound();
		return found;
	});
	const said = url.searchParams.get('said');
	return {
		number,
		headline: alert.texts[0].headline,
		language: alert.texts[0].language,
		wards: alert.wards,
		places: alert.places,
		said: isSaying(said) ? said : null,
		before: Number(url.searchParams.get('before')) || 0,
		wish: url.searchParams.get('wish'),
		forOther: url.searchParams.get('for') === 'other',
		deed: newId()
	};
}

export const actions = {
	check_in: async ({ locals, params, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		let before = 0;
		return attempt(
			form,
			async () => {
				const done = await checkIn(locals.db, askerOf(locals), {
					id: deedOf(form),
					municipalityId: locals.municipality.id,
					number: params.number.toUpperCase(),
					said: form.get('said'),
					wardCode: text('ward'),
					people: text('people'),
					place: text('place'),
					words: text('words'),
					phone: text('phone'),
					told: text('told'),
					byButton: form.has('button'),
					forOther: text('for') === 'other',
					family: form.has('family')
						? { name: text('family_name'), phone: text('family_phone') }
						: null,
					lat: text('lat') || null,
					lon: text('lon') || null
				});
				before = done.before;
			},
			() =>
				`/alerts/${params.number.toUpperCase()}/check-in?said=${text('said')}${before ? `&before=${before}` : ''}`
		);
	}
};
