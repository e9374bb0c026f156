import * as v from 'valibot';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { serviceForm } from '#lib/issues/service-form.ts';
import {
	allServices,
	editService,
	moveQuestion,
	questionsToManage,
	serviceToManage
} from '#lib/issues/server/index.ts';
import { line } from '#lib/platform/fields.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor, municipality }, params }) {
	const service = await ask(() => serviceToManage(db, actor, municipality.id, params.service));
	const services = await allServices(db, municipality.id);
	const questions = await questionsToManage(db, {
		municipalityId: municipality.id,
		serviceId: service.id
	});
	return {
		service,
		version: rowVersion(service),
		departments: await departmentsOf(db, municipality.id),
		groups: [...new Set(services.map(({ group }) => group))],
		questions: questions.map(({ id, question, hint, datatype, required, values }) => ({
			id,
			question,
			hint,
			datatype,
			required,
			values
		}))
	};
}

const moving = v.object({ question: line('Question', 36), by: v.picklist(['-1', '1']) });

export const actions = {
	save: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			serviceForm,
			(fields) =>
				editService(db, actor, {
					...fields,
					municipalityId: municipality.id,
					serviceId: params.service
				}),
			'/office/setup/services'
		),
	move: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			moving,
			({ question, by }) =>
				moveQuestion(db, actor, {
					municipalityId: municipality.id,
					serviceId: params.service,
					questionId: question,
					by: by === '1' ? 1 : -1
				}),
			`/office/setup/services/${params.service}#questions`
		)
};
