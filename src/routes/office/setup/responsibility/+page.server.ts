import * as v from 'valibot';
import { wardsOf } from '#lib/geography/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { responsibilityForm } from '#lib/referral/responsible.ts';
import {
	bodiesFor,
	endResponsibility,
	previewResponsibility,
	responsibilityTable,
	setResponsibility
} from '#lib/referral/server/index.ts';
import { look } from '#lib/web/look.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'service.manage');
	const { db, municipality } = locals;
	const services = (await allServices(db, municipality.id)).filter(({ active }) => active);
	return {
		now: new Date(),
		rows: await responsibilityTable(db, municipality.id),
		groups: [...new Set(services.map(({ group }) => group))],
		services: services.map(({ id, name }) => ({ id, name })),
		bodies: (await bodiesFor(db, municipality.id)).filter(({ kind }) => kind !== 'department'),
		wards: (await wardsOf(db, municipality.id)).map(
			({ code, number }) => [code, `Ward ${number}`] as const
		),
		saved: url.searchParams.has('saved')
	};
}

const saved = '/office/setup/responsibility?saved';

export const actions = {
	/** Shows what it would mean; nothing is saved yet. */
	look: async ({ request, locals }) => {
		mustReach(locals, 'service.manage');
		const { db, municipality } = locals;
		return look(request, responsibilityForm, (facts) =>
			previewResponsibility(db, { ...facts, municipalityId: municipality.id })
		);
	},
	save: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			responsibilityForm,
			(facts) => setResponsibility(db, actor, { ...facts, municipalityId: municipality.id }),
			saved
		),
	end: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({ id: v.string() }),
			({ id }) => endResponsibility(db, actor, { municipalityId: municipality.id, id }),
			saved
		)
};
