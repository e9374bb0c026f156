import { previewLadder } from '#lib/cases/server/index.ts';
import { ladderForm } from '#lib/clocks/forms.ts';
import { laddersOf, setLadder } from '#lib/clocks/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { look } from '#lib/web/look.ts';
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
	/** Shows what it would change; nothing is saved yet. */
	look: ({ request, locals }) => {
		mustReach(locals, 'clock.manage');
		const { db, municipality } = locals;
		return look(request, ladderForm, (facts) =>
			previewLadder(db, municipality.id, facts, new Date())
		);
	},

	save: ({ request, locals: { db, actor, municipality } }) =>
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
