import { moderationsOfMine, objectTo } from '#lib/issues/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

const placeOf = (locals: App.Locals, reference: string) => ({
	municipalityId: locals.municipality.id,
	reference
});

/** Only the reporter comes here: with the account or the receipt it was reported with. */
export const load = ({ locals, params, url }) => {
	const reference = keepToCanonical(params, url);
	return ask(() => moderationsOfMine(locals.db, askerOf(locals), placeOf(locals, reference)));
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		return attempt(
			form,
			() =>
				objectTo(locals.db, askerOf(locals), {
					...placeOf(locals, reference),
					moderationId: String(form.get('act') ?? ''),
					words: String(form.get('words') ?? '')
				}),
			`/issues/${reference}/objection`
		);
	}
};
