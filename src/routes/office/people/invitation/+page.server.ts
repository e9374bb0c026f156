import { can } from '#lib/identity/permissions.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { departmentsOf, invite } from '#lib/identity/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { readGrant } from '#lib/web/read-grant.ts';
import { tellLink } from '#lib/web/staff-links.ts';

export async function load({ locals: { db, actor, municipality } }) {
	await ask(async () => {
		const place = { municipalityId: municipality.id, districtId: municipality.districtId };
		if (!can(actor, 'people.manage', place)) throw notFound();
	});
	const wards = await wardsOf(db, municipality.id);
	const departments = await departmentsOf(db, municipality.id);
	return {
		wards: wards.map(({ code, number }) => ({ code, number })),
		departments: departments.map(({ id, name }) => ({ id, name }))
	};
}

export const actions = {
	default: async (event) => {
		const { db, actor, municipality } = event.locals;
		const form = await event.request.formData();
		return attempt(
			form,
			async () =>
				invite(
					db,
					actor,
					{
						municipality,
						name: String(form.get('name') ?? ''),
						email: String(form.get('email') ?? ''),
						grant: readGrant(form)
					},
					tellLink(event)
				),
			'/office/people#invitations'
		);
	}
};
