import { redirect } from '@sveltejs/kit';
import { incidentPage } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { referenceIn } from '#lib/web/issue-at.ts';

/** One job as everybody reads it. A report that stands alone again has only its own page. */
export async function load({ locals, params }) {
	const reference = referenceIn(params);
	try {
		const job = await incidentPage(locals.db, askerOf(locals), locals.municipality, reference);
		return { ...job, deed: newId() };
	} catch (reason) {
		if (reason instanceof Refusal) redirect(303, `/issues/${reference}`);
		throw reason;
	}
}
