import { findCase, jobOf, leaveJob } from '#lib/cases/server/index.ts';
import { officeIssue } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

const caseOf = ({ db, actor }: App.Locals, params: { reference: string }) =>
	ask(() => findCase(db, actor, params.reference.toUpperCase()));

export async function load({ locals, params }) {
	const kase = await caseOf(locals, params);
	const job = kase.mergedIntoId ? await jobOf(locals.db, kase) : undefined;
	return {
		kase: { reference: kase.reference, version: kase.version },
		title: (await officeIssue(locals.db, locals.actor, kase)).title,
		job: job && { title: job.title, reference: job.leader.reference },
		deed: newId()
	};
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const { id, reference } = await caseOf(locals, params);
		return attempt(
			form,
			() =>
				leaveJob(locals.db, locals.actor, id, {
					words: String(form.get('words') ?? ''),
					deedId: deedOf(form),
					basedOn: Number(form.get('version')) || undefined
				}),
			`/office/cases/${reference}?done=job_left#top`
		);
	}
};
