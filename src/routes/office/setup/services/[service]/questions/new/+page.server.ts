import { questionForm } from '#lib/issues/service-form.ts';
import { addQuestion, serviceToManage } from '#lib/issues/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor, municipality }, params }) {
	const { id, name } = await ask(() => serviceToManage(db, actor, municipality.id, params.service));
	return { service: { id, name } };
}

export const actions = {
	default: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			questionForm,
			({ facts }) =>
				addQuestion(db, actor, {
					...facts,
					municipalityId: municipality.id,
					serviceId: params.service
				}),
			`/office/setup/services/${params.service}#questions`
		)
};
