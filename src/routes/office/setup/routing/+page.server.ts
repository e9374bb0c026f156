import { error, fail, redirect } from '@sveltejs/kit';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { allServices, changedRoutes, saveRouting } from '#lib/issues/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'service.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	return {
		services: services.map(({ id, name, group, departmentId, active }) => ({
			id,
			name,
			group,
			departmentId: departmentId ?? '',
			active
		})),
		departments: (await departmentsOf(db, municipality.id)).map(({ id, name, active }) => ({
			id,
			name,
			active
		})),
		saved: Number(url.searchParams.get('saved')) || 0
	};
}

/** Every line of the table as it was sent: `to-SERVICE` beside `from-SERVICE`, which is what was seen. */
const routesIn = (form: FormData) =>
	[...form.keys()]
		.filter((name) => name.startsWith('to-'))
		.map((name) => name.slice(3))
		.map((serviceId) => ({
			serviceId,
			from: String(form.get(`from-${serviceId}`) ?? ''),
			to: String(form.get(`to-${serviceId}`) ?? '')
		}));

export const actions = {
	/** Shows what would change; nothing is saved yet. */
	look: async ({ request }) => ({ changes: changedRoutes(routesIn(await request.formData())) }),

	save: async ({ request, locals: { db, actor, municipality } }) => {
		const changes = changedRoutes(routesIn(await request.formData()));
		try {
			await saveRouting(db, actor, { municipalityId: municipality.id, routes: changes });
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			if (reason.status === 404) error(404, reason.message);
			return fail(reason.status, {
				changes: [],
				problems: [{ field: reason.field ? `to-${reason.field}` : '', message: reason.message }]
			});
		}
		redirect(303, `/office/setup/routing?saved=${changes.length}`);
	}
};
