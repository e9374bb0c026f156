import type { Actor } from '../../identity/permissions.ts';
import { createMunicipality, invite, type TellLink } from '../../identity/server/index.ts';
import type { NewMunicipality } from '../../identity/municipality-form.ts';
import type { Db } from '../../platform/server/db.ts';
import { applyServiceTemplate } from './apply-template.ts';

/** A new municipality, and who shall run it: the name and e-mail may be empty, then nobody is invited yet. */
export type Founding = NewMunicipality & { adminName: string; adminEmail: string };

/**
 * Makes a municipality of the actor's district with the departments and services of the template, and
 * invites its first administrator, all or nothing. Throws when a code is in use or the e-mail is wrong.
 */
export const foundMunicipality = (
	db: Db,
	actor: Actor,
	{ adminName, adminEmail, ...facts }: Founding,
	tell: TellLink,
	now = new Date()
) =>
	createMunicipality(
		db,
		actor,
		facts,
		async (tx, municipality) => {
			await applyServiceTemplate(tx, municipality.id, now, { actor });
			if (adminEmail)
				await invite(
					tx,
					actor,
					{ municipality, name: adminName, email: adminEmail, grant: { role: 'admin' } },
					tell,
					now
				);
		},
		now
	);
