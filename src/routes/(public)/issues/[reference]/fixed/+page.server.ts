import { error } from '@sveltejs/kit';
import { answerByLink, linkedQuestion, readAnswerToken } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { issueAt, keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

const spent =
	'This link is no longer good. Open the report by its number, or with your receipt at My reports.';

/** Opening the link answers nothing: programs that scan mail open every link. */
export async function load({ locals, params, url, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
	const reference = keepToCanonical(params, url);
	const token = url.searchParams.get('t');
	if (!token) {
		const { title, ask: claim, department } = await issueAt(locals, reference);
		return { reference, title, department, claim, token: '', deed: newId() };
	}
	const asked = await questionBehind(locals, token);
	if (asked.reference !== reference) error(404, spent);
	const { title, department, claim } = asked;
	return { reference, title, department, claim, token, deed: newId() };
}

async function questionBehind(locals: App.Locals, token: string) {
	const answerer = readAnswerToken(token);
	if (!answerer) error(404, spent);
	return ask(() => linkedQuestion(locals.db, answerer));
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		const answerer = readAnswerToken(String(form.get('token') ?? ''));
		if (!answerer) error(404, spent);
		const fixed = form.get('fixed') === 'yes';
		return attempt(
			form,
			() => answerByLink(locals.db, answerer, { fixed, deedId: deedOf(form) }),
			`/issues/${reference}/fixed?t=${String(form.get('token'))}&answered=${fixed ? 'yes' : 'no'}`
		);
	}
};
