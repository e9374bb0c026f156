import * as v from 'valibot';
import { departmentForm } from '#lib/identity/municipality-form.ts';
import { departmentOf, editDepartment, reopenDepartment } from '#lib/identity/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, params }) {
	mustReach(locals, 'municipality.manage');
	const { db, municipality } = locals;
	const department = await ask(() => departmentOf(db, municipality.id, params.department));
	const services = await allServices(db, municipality.id);
	return {
		department,
		version: rowVersion(department),
		services: services
			.filter(({ departmentId }) => departmentId === department.id)
			.map(({ name }) => name)
	};
}

export const actions = {
	save: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			departmentForm,
			(fields) =>
				editDepartment(db, actor, {
					...fields,
					municipalityId: municipality.id,
					departmentId: params.department
				}),
			'/office/setup/departments'
		),
	reopen: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({}),
			() =>
				reopenDepartment(db, actor, {
					municipalityId: municipality.id,
					departmentId: params.department
				}),
			'/office/setup/departments'
		)
};
