import * as v from 'valibot';
import { addTemplate } from '#lib/cases/server/index.ts';
import { templateForm } from '#lib/cases/template-form.ts';
import { mustWriteFor } from '#lib/web/template-choices.ts';
import { submit } from '#lib/web/submit.ts';

export const load = ({ locals }) => mustWriteFor(locals);

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.omit(templateForm, ['version']),
			(facts) => addTemplate(db, actor, { ...facts, municipalityId: municipality.id }),
			(id) => `/office/setup/templates/${id}`
		)
};
