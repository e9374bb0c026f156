import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { wardsOf } from '#lib/geography/server/index.ts';
import { assessmentForm, memberForm, moveForm } from '#lib/aid/household.ts';
import {
	addMember,
	assessHousehold,
	householdPage,
	memberDied,
	moveHousehold,
	overview,
	splitHousehold
} from '#lib/aid/server/index.ts';
import { list } from '#lib/platform/fields.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params }) {
	const { household, registers } = await ask(() => householdPage(db, actor, params.household));
	if (!registers) error(404, 'This page does not exist, or it is not yours to see.');
	const { sites } = await ask(() => overview(db, actor, household.eventId));
	return {
		household,
		sites: sites.filter(({ closedAt }) => !closedAt).map(({ id, name }) => [id, name] as const),
		wards: (await wardsOf(db, household.municipalityId)).map(
			({ code, number }) => [code, `Ward ${number}`] as const
		)
	};
}

const saved = ({ household }: { household: string }) => `/office/aid/households/${household}?saved`;

export const actions = {
	member: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			memberForm,
			(facts) => addMember(db, actor, { ...facts, householdId: params.household }),
			saved(params)
		),
	assess: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			assessmentForm,
			(facts) => assessHousehold(db, actor, { ...facts, householdId: params.household }),
			saved(params)
		),
	// Whoever moved it away may have no place where it went.
	move: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			moveForm,
			async (facts) => {
				const { household } = await householdPage(db, actor, params.household);
				await moveHousehold(db, actor, { ...facts, householdId: params.household });
				return household.eventId;
			},
			(eventId) => `/office/aid/${eventId}?moved`
		),
	split: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			v.object({ memberIds: list }),
			({ memberIds }) => splitHousehold(db, actor, { householdId: params.household, memberIds }),
			(id) => `/office/aid/households/${id}?saved`
		),
	died: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			v.object({ memberId: v.string() }),
			({ memberId }) => memberDied(db, actor, { householdId: params.household, memberId }),
			saved(params)
		)
};
