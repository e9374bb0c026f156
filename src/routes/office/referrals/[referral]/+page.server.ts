import { answerInOffice, referralPage } from '#lib/referral/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { referralAnswer } from '#lib/web/referral-answer.ts';

export async function load({ locals: { db, actor }, params, url }) {
	return {
		referral: await ask(async () => {
			if (!isId(params.referral)) throw notFound();
			return referralPage(db, actor, params.referral);
		}),
		deed: newId(),
		done: url.searchParams.has('done')
	};
}

export const actions = {
	default: async ({ request, locals: { db, actor }, params }) => {
		const form = await request.formData();
		let next = `/office/referrals/${params.referral}?done`;
		return attempt(
			form,
			async () => {
				if (!isId(params.referral)) throw notFound();
				const facts = referralAnswer(form);
				await answerInOffice(db, actor, params.referral, facts);
				// What an own department accepts is a case of its own from then on.
				await referralPage(db, actor, params.referral).catch(() => {
					next = '/office/referrals?done';
				});
			},
			() => next
		);
	}
};
