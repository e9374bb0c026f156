import { newId } from '#lib/platform/ids.ts';
import { answerByReferralLink, referralByLink } from '#lib/referral/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { referralAnswer } from '#lib/web/referral-answer.ts';

export async function load({ locals, params, url, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
	return {
		referral: await ask(() => referralByLink(locals.db, params.token)),
		deed: newId(),
		done: url.searchParams.has('done')
	};
}

export const actions = {
	default: async ({ request, locals, params }) => {
		const form = await request.formData();
		return attempt(
			form,
			async () => answerByReferralLink(locals.db, params.token, referralAnswer(form)),
			`/referrals/${params.token}?done`
		);
	}
};
