import { departmentsOf } from '#lib/identity/server/index.ts';
import { priorityWords } from '#lib/issues/service-form.ts';
import { allServices, reportsByService } from '#lib/issues/server/index.ts';
import { csvFile } from '#lib/web/csv.ts';
import { mustReach } from '#lib/web/must-reach.ts';

/** The services of the municipality, and where each goes, as a file. */
export async function GET({ locals }) {
	mustReach(locals, 'service.manage');
	const { db, municipality } = locals;
	const departments = await departmentsOf(db, municipality.id);
	const reports = await reportsByService(db, municipality.id);
	return csvFile(`${municipality.code}-services`, await allServices(db, municipality.id), {
		Group: ({ group }) => group,
		Service: ({ name }) => name,
		Code: ({ code }) => code,
		'Goes to': ({ departmentId }) => departments.find(({ id }) => id === departmentId)?.name,
		Usually: ({ priority }) => priorityWords[priority],
		'On the form': ({ active }) => active,
		Private: (service) => service.private,
		'Without a name': ({ anonymousAllowed }) => anonymousAllowed,
		'Stops the form with': ({ stopAdvice }) => stopAdvice,
		'Offers reports within metres': ({ duplicateMetres }) => duplicateMetres,
		'Offers reports of days': ({ duplicateDays }) => duplicateDays,
		'Reports so far': ({ id }) => reports.get(id) ?? 0
	});
}
