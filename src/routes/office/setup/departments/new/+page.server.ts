import { departmentForm } from '#lib/identity/municipality-form.ts';
import { addDepartment } from '#lib/identity/server/index.ts';
import { submit } from '#lib/web/submit.ts';

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			departmentForm,
			({ name, kind, email, phone, hours }) =>
				addDepartment(db, actor, {
					municipalityId: municipality.id,
					name,
					kind,
					email,
					phone,
					hours
				}),
			'/office/setup/departments'
		)
};
