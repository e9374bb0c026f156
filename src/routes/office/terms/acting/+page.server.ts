import { wardsOf } from '#lib/geography/server/index.ts';
import { appointActing, councillorsToAsk, councillorTerms } from '#lib/identity/server/index.ts';
import { vacancies } from '#lib/identity/vacancy.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isoDay } from '#lib/platform/time.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { endOfDay, startOfDay } from '#lib/web/read-grant.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const now = new Date();
	const terms = await ask(() => councillorTerms(db, actor, municipality));
	const wards = await wardsOf(db, municipality.id);
	const vacant = vacancies(wards, terms, now).filter(({ acting }) => !acting);
	return {
		vacant: vacant.map(({ wardCode }) => wardCode),
		councillors: await councillorsToAsk(db, actor, municipality, now),
		ward: url.searchParams.get('ward') ?? '',
		today: isoDay(now)
	};
}

export const actions = {
	default: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			async () => {
				const startsAt = startOfDay(text('from'), 'from');
				if (!startsAt) throw new Refusal(400, 'Give the first day.', 'from');
				await appointActing(db, actor, {
					municipality,
					wardCode: text('ward'),
					personId: text('person'),
					startsAt,
					endsAt: endOfDay(text('until'), 'until')
				});
			},
			'/office/terms?acting'
		);
	}
};
