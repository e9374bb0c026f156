import * as v from 'valibot';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { allServices, moveService, reportsByService } from '#lib/issues/server/index.ts';
import { line } from '#lib/platform/fields.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals }) {
	mustReach(locals, 'service.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	const departments = await departmentsOf(db, municipality.id);
	const reports = await reportsByService(db, municipality.id);

	const listed = services.map((service) => ({
		id: service.id,
		name: service.name,
		group: service.group,
		icon: service.icon,
		priority: service.priority,
		private: service.private,
		active: service.active,
		stops: Boolean(service.stopAdvice),
		department: departments.find(({ id }) => id === service.departmentId)?.name ?? null,
		reports: reports.get(service.id) ?? 0
	}));
	return {
		groups: [...new Set(listed.map(({ group }) => group))].map((name) => ({
			name,
			services: listed.filter(({ group }) => group === name)
		})),
		all: listed.length
	};
}

const moving = v.object({ service: line('Service', 36), by: v.picklist(['-1', '1']) });

export const actions = {
	move: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			moving,
			async ({ service, by }) => {
				await moveService(db, actor, {
					municipalityId: municipality.id,
					serviceId: service,
					by: by === '1' ? 1 : -1
				});
				return service;
			},
			(service) => `/office/setup/services#s-${service}`
		)
};
