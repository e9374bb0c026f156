import type { RequestEvent } from './$types';
import { wardsOf } from '#lib/geography/server/index.ts';
import {
	colleague,
	decideFactorReset,
	departmentsOf,
	endGrant,
	endSessionsOf,
	giveGrant,
	openFactorResets,
	openGrantRequests,
	requestFactorReset,
	sendPasswordLink
} from '#lib/identity/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { readGrant } from '#lib/web/read-grant.ts';
import { tellLink } from '#lib/web/staff-links.ts';

export async function load({ locals: { db, actor, municipality }, params, url }) {
	const person = await ask(() => colleague(db, actor, municipality, params.person));
	const wards = await wardsOf(db, municipality.id);
	const departments = await departmentsOf(db, municipality.id);
	const resets = await openFactorResets(db, municipality.id);
	const reset = resets.find(({ personId }) => personId === person.id);
	return {
		person,
		wards: wards.map(({ code, number }) => ({ code, number })),
		departments: departments.map(({ id, name }) => ({ id, name })),
		requests: (await openGrantRequests(db, municipality.id)).filter(
			({ personId }) => personId === person.id
		),
		me: actor.id,
		reset: reset && { ...reset, mine: reset.requestedBy === actor.id },
		self: person.id === actor.id,
		now: new Date(),
		done: url.searchParams.has('done')
	};
}

type Run = (event: RequestEvent, form: FormData) => Promise<unknown>;

/** One form of the page. */
const deed = (run: Run) => async (event: RequestEvent) => {
	const form = await event.request.formData();
	return attempt(form, () => run(event, form), `/office/people/${event.params.person}?done`);
};

const about = ({ locals, params }: RequestEvent) => ({
	municipality: locals.municipality,
	personId: params.person
});
const text = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions = {
	give: deed(async (event, form) =>
		giveGrant(event.locals.db, event.locals.actor, { ...about(event), grant: readGrant(form) })
	),
	end: deed((event, form) =>
		endGrant(event.locals.db, event.locals.actor, {
			...about(event),
			grantId: text(form, 'grant')
		})
	),
	sessions: deed((event) => endSessionsOf(event.locals.db, event.locals.actor, about(event))),
	password: deed((event) =>
		sendPasswordLink(event.locals.db, event.locals.actor, about(event), tellLink(event))
	),
	lost: deed((event, form) =>
		requestFactorReset(event.locals.db, event.locals.actor, {
			...about(event),
			reason: text(form, 'reason')
		})
	),
	decide: deed((event, form) =>
		decideFactorReset(
			event.locals.db,
			event.locals.actor,
			{
				...about(event),
				id: text(form, 'reset'),
				approved: text(form, 'answer') === 'yes'
			},
			tellLink(event)
		)
	)
};
