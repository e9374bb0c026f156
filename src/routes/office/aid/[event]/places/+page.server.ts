import * as v from 'valibot';
import { wardsOf } from '#lib/geography/server/index.ts';
import { programmeForm, siteForm } from '#lib/aid/event.ts';
import { addProgramme, addSite, agenciesOf, closePlace, overview } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, params, url }) {
	mustReach(locals, 'aid.manage');
	const { db, actor } = locals;
	const found = await ask(() => overview(db, actor, params.event));
	const { municipalityId } = found.event;
	return {
		...found,
		agencies: await agenciesOf(db, municipalityId),
		wards: (await wardsOf(db, municipalityId)).map(
			({ code, number }) => [code, `Ward ${number}`] as const
		),
		saved: url.searchParams.has('saved')
	};
}

const saved = ({ event }: { event: string }) => `/office/aid/${event}/places?saved`;
const closing = v.object({ id: v.string() });

export const actions = {
	site: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			siteForm,
			({ siteName, siteAgency, wardCode, address }) =>
				addSite(db, actor, {
					eventId: params.event,
					name: siteName,
					agencyId: siteAgency,
					wardCode,
					address
				}),
			saved(params)
		),
	programme: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			programmeForm,
			({ programmeName, programmeAgency, about }) =>
				addProgramme(db, actor, {
					eventId: params.event,
					name: programmeName,
					agencyId: programmeAgency,
					about
				}),
			saved(params)
		),
	closeSite: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			closing,
			({ id }) => closePlace(db, actor, { kind: 'site', id }),
			saved(params)
		),
	closeProgramme: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			closing,
			({ id }) => closePlace(db, actor, { kind: 'programme', id }),
			saved(params)
		)
};
