import * as v from 'valibot';
import { assignmentForm } from '#lib/aid/event.ts';
import { assign, candidatesFor, endAssignment, overview } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, params, url }) {
	mustReach(locals, 'aid.manage');
	const { db, actor } = locals;
	const found = await ask(() => overview(db, actor, params.event));
	const candidates = await candidatesFor(db, found.event.municipalityId);
	return {
		now: new Date(),
		...found,
		candidates: candidates.filter(({ id }) => id !== actor.id),
		saved: url.searchParams.has('saved')
	};
}

export const actions = {
	give: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			assignmentForm,
			(facts) => assign(db, actor, { ...facts, eventId: params.event }),
			`/office/aid/${params.event}/people?saved`
		),
	end: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			v.object({ id: v.string() }),
			({ id }) => endAssignment(db, actor, { id }),
			`/office/aid/${params.event}/people?saved`
		)
};
