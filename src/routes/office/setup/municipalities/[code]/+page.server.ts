import { municipalityForm } from '#lib/identity/municipality-form.ts';
import { editMunicipality, municipalityInReach } from '#lib/identity/server/index.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	const stored = await ask(() => municipalityInReach(db, actor, params.code));
	return { stored, version: rowVersion(stored), made: url.searchParams.has('made') };
}

export const actions = {
	default: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			municipalityForm,
			async (fields) => {
				const { id } = await municipalityInReach(db, actor, params.code);
				await editMunicipality(db, actor, { id, ...fields });
			},
			'/office/setup/municipalities'
		)
};
