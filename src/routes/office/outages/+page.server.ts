import {
	dismissProposal,
	lateDismissals,
	outagesForOffice,
	proposalsFor
} from '#lib/outages/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	return await ask(async () => ({
		list: await outagesForOffice(db, actor, municipality.id),
		proposals: await proposalsFor(db, actor, municipality.id, now),
		dismissed: await lateDismissals(db, actor, municipality.id),
		thrown: url.searchParams.has('thrown'),
		remembered: url.searchParams.has('dismissed'),
		deed: newId(now),
		now
	}));
}

export const actions = {
	dismiss: async ({ locals, request }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '').slice(0, 2000);
		return attempt(
			form,
			() =>
				dismissProposal(db, actor, {
					municipalityId: municipality.id,
					like: text('like'),
					why: text('why'),
					deedId: deedOf(form)
				}),
			'/office/outages?dismissed'
		);
	}
};
