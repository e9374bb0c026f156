import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { questionForm } from '#lib/issues/service-form.ts';
import {
	editQuestion,
	questionsToManage,
	removeQuestion,
	serviceToManage
} from '#lib/issues/server/index.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor, municipality }, params }) {
	const service = await ask(() => serviceToManage(db, actor, municipality.id, params.service));
	const questions = await questionsToManage(db, {
		municipalityId: municipality.id,
		serviceId: service.id
	});
	const question = questions.find(({ id }) => id === params.question);
	if (!question) error(404, 'This page does not exist, or it is not yours to see.');
	return {
		service: { id: service.id, name: service.name },
		question,
		version: rowVersion(question)
	};
}

const which = (params: { service: string; question: string }, municipalityId: string) => ({
	municipalityId,
	serviceId: params.service,
	questionId: params.question
});

export const actions = {
	save: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			questionForm,
			({ version, facts }) =>
				editQuestion(db, actor, { ...facts, version, ...which(params, municipality.id) }),
			`/office/setup/services/${params.service}#questions`
		),
	remove: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({}),
			() => removeQuestion(db, actor, which(params, municipality.id)),
			`/office/setup/services/${params.service}#questions`
		)
};
