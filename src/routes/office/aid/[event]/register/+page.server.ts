import { error } from '@sveltejs/kit';
import { wardsOf } from '#lib/geography/server/index.ts';
import { registrationForm } from '#lib/aid/household.ts';
import { eventOf, registerHousehold, sitesToRegisterAt } from '#lib/aid/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params }) {
	const event = await ask(() => eventOf(db, actor, params.event));
	const sites = await sitesToRegisterAt(db, actor, event.id);
	if (!sites.length) error(404, 'This page does not exist, or it is not yours to see.');
	return {
		event: { id: event.id, name: event.name },
		sites: sites.map(({ id, name }) => [id, name] as const),
		wardCode: sites[0].wardCode,
		wards: (await wardsOf(db, event.municipalityId)).map(
			({ code, number }) => [code, `Ward ${number}`] as const
		),
		formId: newId()
	};
}

export const actions = {
	default: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			registrationForm,
			(facts) => registerHousehold(db, actor, { ...facts, eventId: params.event }),
			(id) => `/office/aid/households/${id}?registered`
		)
};
