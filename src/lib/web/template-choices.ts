import { error } from '@sveltejs/kit';
import { departmentsToWriteFor } from '#lib/cases/server/index.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { servicesOf } from '#lib/issues/server/index.ts';

/** What somebody can choose while writing a ready answer: departments they write for, services, languages. */
export async function templateChoices({ db, actor, municipality }: App.Locals) {
	const departments = (await departmentsOf(db, municipality.id)).filter(({ active }) => active);
	const mine = departmentsToWriteFor(
		actor,
		municipality.id,
		departments.map(({ id }) => id)
	);
	return {
		everybody: mine.includes(''),
		departments: departments
			.filter(({ id }) => mine.includes(id))
			.map(({ id, name }) => ({ id, name })),
		services: (await servicesOf(db, municipality.id)).map(({ id, name }) => ({ id, name })),
		languages: municipality.languages
	};
}

/** The same, closed to whoever writes for nobody here. */
export async function mustWriteFor(locals: App.Locals) {
	const choices = await templateChoices(locals);
	if (!choices.everybody && !choices.departments.length)
		error(404, 'This page does not exist, or it is not yours to see.');
	return choices;
}
