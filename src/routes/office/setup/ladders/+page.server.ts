import { ladderForm } from '#lib/clocks/forms.ts';
import { laddersOf, setLadder } from '#lib/clocks/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	const rungs = await laddersOf(db, { municipalityId: municipality.id });
	const chosen = url.searchParams.get('service') ?? '';
	return {
		services: services.filter(({ active }) => active).map(({ id, name }) => [id, name] as const),
		own: services
			.filter(({ id }) => rungs.some(({ serviceId }) => serviceId === id))
			.map(({ id, name }) => ({ id, name })),
		chosen: services.find(({ id }) => id === chosen)?.id ?? '',
		rungs: rungs.filter(({ serviceId }) => (serviceId ?? '') === chosen),
		saved: url.searchParams.has('saved')
	};
}

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			ladderForm,
			async ({ serviceId, steps }) => {
				await setLadder(db, actor, { municipalityId: municipality.id, serviceId, steps });
				return serviceId;
			},
			(serviceId) =>
				`/office/setup/ladders?saved${serviceId ? `&service=${encodeURIComponent(serviceId)}` : ''}`
		)
};
