import { error } from '@sveltejs/kit';
import { answerRecordOf, longestReply, replyToRecord } from '#lib/commitments/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';

/** A councillor reads their own record as everybody does, and says what they have to say to it. */
export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const sits = actor?.grants.some(
		(grant) => grant.municipalityId === municipality.id && grant.role === 'councillor'
	);
	if (!actor || !sits) error(404, 'This page does not exist, or it is not yours to see.');
	return {
		me: { id: actor.id, name: actor.name },
		record: await answerRecordOf(db, municipality.id, actor.id, new Date()),
		most: longestReply,
		done: url.searchParams.has('done')
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const facts = {
			municipalityId: locals.municipality.id,
			words: String(form.get('words') ?? '')
		};
		return attempt(
			form,
			() => replyToRecord(locals.db, locals.actor!, facts),
			'/office/ward/record?done'
		);
	}
};
