import * as v from 'valibot';
import { departmentOf, departmentsOf, staffByDepartment } from '#lib/identity/server/index.ts';
import { closeDepartment, holdingsByDepartment } from '#lib/issues/server/index.ts';
import { line } from '#lib/platform/fields.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, params }) {
	mustReach(locals, 'municipality.manage');
	const { db, municipality } = locals;
	const department = await ask(() => departmentOf(db, municipality.id, params.department));
	const holdings = await holdingsByDepartment(db, municipality.id);
	const staff = await staffByDepartment(db, municipality.id);
	return {
		department: { id: department.id, name: department.name },
		holds: holdings.get(department.id) ?? { cases: 0, services: 0 },
		people: staff.get(department.id) ?? 0,
		others: (await departmentsOf(db, municipality.id))
			.filter(({ id, active }) => active && id !== department.id)
			.map(({ id, name }) => ({ id, name }))
	};
}

const form = v.object({ moveTo: line('Who takes over', 36) });

export const actions = {
	default: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			form,
			({ moveTo }) =>
				closeDepartment(db, actor, {
					municipalityId: municipality.id,
					departmentId: params.department,
					moveTo
				}),
			'/office/setup/departments'
		)
};
