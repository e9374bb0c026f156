import { closeness } from '#lib/clocks/policy.ts';
import { agreementsOf } from '#lib/clocks/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	const agreements = (await agreementsOf(db, { municipalityId: municipality.id })).sort(
		(one, other) => closeness(one) - closeness(other)
	);
	return {
		agreements: agreements.map(
			({ agreementId, serviceId, priority, segment, acknowledge, reply, resolve }) => ({
				agreementId,
				service: services.find(({ id }) => id === serviceId)?.name ?? null,
				priority,
				segment,
				promised: { acknowledge, reply, resolve }
			})
		),
		saved: url.searchParams.has('saved')
	};
}
