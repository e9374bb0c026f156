import { templatesToManage } from '#lib/cases/server/index.ts';
import { stateWords } from '#lib/cases/wording.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { csvFile } from '#lib/web/csv.ts';

/** The ready answers somebody may change, as a file. */
export async function GET({ locals: { db, actor, municipality } }) {
	const departments = await departmentsOf(db, municipality.id);
	const services = await allServices(db, municipality.id);
	const templates = await templatesToManage(db, actor, { municipalityId: municipality.id });
	return csvFile(`${municipality.code}-ready-answers`, templates, {
		Name: ({ name }) => name,
		Answer: ({ text }) => text,
		Department: ({ departmentId }) => departments.find(({ id }) => id === departmentId)?.name,
		Service: ({ serviceId }) => services.find(({ id }) => id === serviceId)?.name,
		'When it stands at': ({ state }) => state && stateWords[state].label,
		Language: ({ language }) => language,
		Offered: ({ active }) => active
	});
}
