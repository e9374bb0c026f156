import { error, fail } from '@sveltejs/kit';
import { m } from '#lib/i18n/index.ts';
import { answerByLink, linkedQuestion, readAnswerToken } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { issueAt, keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

/** Opening the link answers nothing: programs that scan mail open every link. */
export async function load({ locals, params, url, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
	const reference = keepToCanonical(params, url);
	const token = url.searchParams.get('t');
	if (!token) {
		const { title, ask: claim, department } = await issueAt(locals, reference);
		return { reference, title, department, claim, token: '', deed: newId(), spent: '' };
	}
	const answerer = readAnswerToken(token);
	// Old or spoilt: the page says what to do instead, and shows nothing of the report.
	if (!answerer)
		return {
			reference,
			title: '',
			department: null,
			claim: null,
			token,
			deed: '',
			spent: m.issue_link_spent()
		};
	const asked = await ask(() => linkedQuestion(locals.db, answerer));
	if (asked.reference !== reference) error(404, m.refusals_other_link());
	const { title, department, claim } = asked;
	return { reference, title, department, claim, token, deed: newId(), spent: '' };
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		const answerer = readAnswerToken(String(form.get('token') ?? ''));
		if (!answerer) return fail(409, { refusal: m.issue_link_spent() });
		const fixed = form.get('fixed') === 'yes';
		return attempt(
			form,
			() => answerByLink(locals.db, answerer, { fixed, deedId: deedOf(form) }),
			`/issues/${reference}/fixed?t=${String(form.get('token'))}&answered=${fixed ? 'yes' : 'no'}`
		);
	}
};
