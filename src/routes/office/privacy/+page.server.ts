import { answerRequest, privacyDesk } from '#lib/issues/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const desk = await ask(() => privacyDesk(db, actor, municipality.id));
	return {
		...desk,
		now: new Date(),
		done: url.searchParams.has('done'),
		taken: url.searchParams.has('taken')
	};
}

export const actions = {
	default: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			() =>
				answerRequest(db, actor, {
					municipalityId: municipality.id,
					requestId: text('request'),
					outcome: text('outcome'),
					answer: text('answer'),
					publicWords: text('public') === 'erase' ? 'erase' : 'keep'
				}),
			'/office/privacy?done'
		);
	}
};
