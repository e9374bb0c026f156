import { departmentsOf, staffByDepartment } from '#lib/identity/server/index.ts';
import { holdingsByDepartment } from '#lib/issues/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals }) {
	mustReach(locals, 'municipality.manage');
	const { db, municipality } = locals;
	const [departments, holdings, staff] = [
		await departmentsOf(db, municipality.id),
		await holdingsByDepartment(db, municipality.id),
		await staffByDepartment(db, municipality.id)
	];
	return {
		departments: departments.map(({ id, name, kind, email, phone, active }) => ({
			id,
			name,
			kind,
			email,
			phone,
			active,
			people: staff.get(id) ?? 0,
			holds: holdings.get(id) ?? { cases: 0, services: 0 }
		}))
	};
}
