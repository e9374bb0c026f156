import { departmentKindWords } from '#lib/identity/municipality-form.ts';
import { departmentsOf, staffByDepartment } from '#lib/identity/server/index.ts';
import { holdingsByDepartment } from '#lib/issues/server/index.ts';
import { csvFile } from '#lib/web/csv.ts';
import { mustReach } from '#lib/web/must-reach.ts';

/** The departments of the municipality as a file. */
export async function GET({ locals }) {
	mustReach(locals, 'municipality.manage');
	const { db, municipality } = locals;
	const holdings = await holdingsByDepartment(db, municipality.id);
	const staff = await staffByDepartment(db, municipality.id);
	return csvFile(`${municipality.code}-departments`, await departmentsOf(db, municipality.id), {
		Name: ({ name }) => name,
		Code: ({ code }) => code,
		'What it is': ({ kind }) => departmentKindWords[kind].name,
		'Takes work': ({ active }) => active,
		People: ({ id }) => staff.get(id) ?? 0,
		'Cases to finish': ({ id }) => holdings.get(id)?.cases ?? 0,
		Services: ({ id }) => holdings.get(id)?.services ?? 0,
		Telephone: ({ phone }) => phone,
		'E-mail': ({ email }) => email,
		Hours: ({ hours }) => hours
	});
}
