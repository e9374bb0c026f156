import { eventForm } from '#lib/aid/event.ts';
import { openEvent } from '#lib/aid/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export const load = ({ locals }) => mustReach(locals, 'aid.manage');

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			eventForm,
			(facts) => openEvent(db, actor, { ...facts, municipalityId: municipality.id }),
			(id) => `/office/aid/${id}/places`
		)
};
