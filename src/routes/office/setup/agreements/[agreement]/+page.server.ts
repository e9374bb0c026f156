import * as v from 'valibot';
import { previewClocks } from '#lib/cases/server/index.ts';
import { agreementForm } from '#lib/clocks/forms.ts';
import { withAgreement } from '#lib/clocks/policy.ts';
import { agreementsOf, endAgreement, setAgreement } from '#lib/clocks/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { look } from '#lib/web/look.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

const idIn = (params: { agreement: string }) =>
	params.agreement === 'new' ? undefined : params.agreement;

async function agreementAt({ db, municipality }: App.Locals, params: { agreement: string }) {
	if (!idIn(params)) return null;
	const agreements = await agreementsOf(db, { municipalityId: municipality.id });
	return (
		agreements.find(({ agreementId }) => agreementId === params.agreement) ??
		(await ask(() => Promise.reject(notFound())))
	);
}

export async function load({ locals, params }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const agreement = await agreementAt(locals, params);
	const services = await allServices(db, municipality.id);
	return {
		agreement,
		version: agreement ? rowVersion(agreement) : '',
		services: services.filter(({ active }) => active).map(({ id, name }) => [id, name] as const),
		wards: (await wardsOf(db, municipality.id)).map(
			({ code, number }) => [code, `Ward ${number}`] as const
		)
	};
}

const saved = '/office/setup/agreements?saved';

export const actions = {
	/** Shows what it would change; nothing is saved yet. */
	look: async ({ request, params, locals }) => {
		mustReach(locals, 'clock.manage');
		const stands = await agreementAt(locals, params);
		return look(request, agreementForm, (facts) =>
			previewClocks(
				locals.db,
				locals.municipality.id,
				(rows) => withAgreement(rows, facts, stands?.id),
				new Date()
			)
		);
	},

	save: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			agreementForm,
			({ version, ...facts }) =>
				setAgreement(db, actor, {
					...facts,
					municipalityId: municipality.id,
					agreementId: idIn(params),
					version: idIn(params) && version
				}),
			saved
		),

	end: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({ version: v.string() }),
			({ version }) =>
				endAgreement(db, actor, {
					municipalityId: municipality.id,
					agreementId: params.agreement,
					version
				}),
			saved
		)
};
