import * as v from 'valibot';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { serviceForm } from '#lib/issues/service-form.ts';
import { addService, allServices } from '#lib/issues/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals }) {
	mustReach(locals, 'service.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	return {
		departments: await departmentsOf(db, municipality.id),
		groups: [...new Set(services.map(({ group }) => group))]
	};
}

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.omit(serviceForm, ['version']),
			(facts) => addService(db, actor, { municipalityId: municipality.id, ...facts }),
			(id) => `/office/setup/services/${id}`
		)
};
