import { newMunicipalityForm } from '#lib/identity/municipality-form.ts';
import { foundMunicipality } from '#lib/issues/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { tellLink } from '#lib/web/staff-links.ts';
import { submit } from '#lib/web/submit.ts';

export const actions = {
	default: (event) =>
		submit(
			event.request,
			newMunicipalityForm,
			async (fields) => {
				if (fields.adminEmail && !fields.adminName)
					throw new Refusal(400, 'Give the name of who shall run it.', 'adminName');
				return foundMunicipality(event.locals.db, event.locals.actor, fields, tellLink(event));
			},
			({ code }) => `/office/setup/municipalities/${code}?made`
		)
};
