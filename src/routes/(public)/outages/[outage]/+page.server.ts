import { redirect } from '@sveltejs/kit';
import { readOutageNumber } from '#lib/outages/rules.ts';
import { getOutage, joinOutage } from '#lib/outages/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

/** One outage, with everything that was said about it. */
export async function load({ locals, params, url }) {
	const { db, municipality } = locals;
	const now = new Date();
	const outage = await ask(async () => {
		const number = readOutageNumber(params.outage);
		if (!number) throw notFound();
		return getOutage(db, askerOf(locals), municipality.id, number, now);
	});
	if (params.outage !== String(outage.number)) redirect(308, `/outages/${outage.number}`);
	return { outage, at: now, joined: url.searchParams.has('joined') };
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const { db, municipality } = locals;
		const form = await request.formData();
		const number = readOutageNumber(params.outage) ?? 0;
		const contact = String(form.get('contact') ?? '')
			.trim()
			.slice(0, 300);
		return attempt(
			form,
			() =>
				joinOutage(db, askerOf(locals), {
					municipalityId: municipality.id,
					number,
					address: String(form.get('address') ?? '').slice(0, 1000),
					contacts: contact ? [contact] : []
				}),
			`/outages/${number}?joined#joined`
		);
	}
};
