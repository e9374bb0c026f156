import { municipalityForm } from '#lib/identity/municipality-form.ts';
import { editMunicipality } from '#lib/identity/server/index.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export function load({ locals, url }) {
	mustReach(locals, 'municipality.manage');
	return {
		stored: locals.municipality,
		version: rowVersion(locals.municipality),
		saved: url.searchParams.has('saved')
	};
}

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			municipalityForm,
			(fields) => editMunicipality(db, actor, { id: municipality.id, ...fields }),
			'/office/setup/municipality?saved'
		)
};
