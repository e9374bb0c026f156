import { findCase } from '#lib/cases/server/index.ts';
import { ownedOf } from '#lib/cases/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { officeIssue } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { bodiesFor, custodyOf, refer } from '#lib/referral/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

const caseOf = async ({ db, actor }: App.Locals, reference: string) => {
	const kase = await findCase(db, actor, reference.toUpperCase());
	if (!can(actor, 'case.assign', ownedOf(kase))) throw notFound();
	return kase;
};

export async function load({ locals, params, url }) {
	const { db, actor } = locals;
	const kase = await ask(() => caseOf(locals, params.reference));
	const bodies = await bodiesFor(db, kase.municipalityId);
	return {
		kase,
		title: (await officeIssue(db, actor, kase)).title,
		bodies: bodies.filter(({ key }) => key !== `department:${kase.departmentId}`),
		custody: await custodyOf(db, kase, new Date()),
		to: url.searchParams.get('to') ?? '',
		deed: newId()
	};
}

export const actions = {
	default: async ({ request, locals, params }) => {
		const form = await request.formData();
		return attempt(
			form,
			async () => {
				const { id } = await caseOf(locals, params.reference);
				const version = Number(form.get('version'));
				await refer(locals.db, locals.actor, id, {
					to: String(form.get('to') ?? ''),
					words: String(form.get('words') ?? ''),
					withWords: form.has('with_words'),
					again: form.has('again'),
					deedId: deedOf(form),
					basedOn: Number.isInteger(version) && version > 0 ? version : undefined
				});
			},
			`/office/cases/${params.reference}?done=referred#top`
		);
	}
};
