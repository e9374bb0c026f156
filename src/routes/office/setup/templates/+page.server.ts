import { templatesToManage } from '#lib/cases/server/index.ts';
import { stateWords } from '#lib/cases/wording.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { isLanguage, languages } from '#lib/i18n/languages.ts';
import { shorten } from '#lib/platform/text.ts';

export async function load({ locals: { db, actor, municipality } }) {
	const templates = await templatesToManage(db, actor, { municipalityId: municipality.id });
	const departments = await departmentsOf(db, municipality.id);
	const services = await allServices(db, municipality.id);
	return {
		templates: templates.map(({ id, name, text, language, active, ...of }) => ({
			id,
			name,
			text: shorten(text, 140),
			active,
			code: language,
			language: isLanguage(language) ? languages[language] : language,
			department: departments.find(({ id }) => id === of.departmentId)?.name ?? 'all',
			service: services.find(({ id }) => id === of.serviceId)?.name ?? 'all',
			state: of.state ? stateWords[of.state].label : 'any'
		}))
	};
}
