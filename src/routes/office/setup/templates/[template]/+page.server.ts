import { editTemplate, templateToManage } from '#lib/cases/server/index.ts';
import { templateForm } from '#lib/cases/template-form.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';
import { templateChoices } from '#lib/web/template-choices.ts';

export async function load({ locals, params }) {
	const { db, actor, municipality } = locals;
	const template = await ask(() =>
		templateToManage(db, actor, {
			municipalityId: municipality.id,
			templateId: params.template
		})
	);
	return { template, version: rowVersion(template), ...(await templateChoices(locals)) };
}

export const actions = {
	default: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			templateForm,
			(facts) =>
				editTemplate(db, actor, {
					...facts,
					municipalityId: municipality.id,
					templateId: params.template
				}),
			'/office/setup/templates'
		)
};
