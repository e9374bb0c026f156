import { error, fail } from '@sveltejs/kit';
import { heardByLink, heardByReporter, writerQuestion } from '#lib/commitments/server/index.ts';
import { m } from '#lib/i18n/index.ts';
import { readAnswerToken } from '#lib/issues/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

/** Opening the link answers nothing: programs that scan mail open every link. */
export async function load({ locals, params, url, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' });
	const reference = keepToCanonical(params, url);
	const token = url.searchParams.get('t') ?? '';
	const answerer = token ? readAnswerToken(token) : null;
	if (token && !answerer) return { reference, token, question: null };
	const municipalityId = locals.municipality.id;
	const question = await ask(() =>
		writerQuestion(
			locals.db,
			answerer ? { answerer } : { asker: askerOf(locals), municipalityId, reference },
			new Date()
		)
	);
	if (question.reference !== reference) error(404, m.refusals_other_link());
	const { title, who, heard, early } = question;
	return { reference, token, question: { title, who, heard, early } };
}

const firstTimes: Record<string, boolean> = { yes: true, no: false };

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const [reference, token] = [referenceIn(params), text('token')];
		const said = { heard: text('heard'), firstTime: firstTimes[text('first')] ?? null };
		const answerer = token ? readAnswerToken(token) : null;
		if (token && !answerer) return fail(409, { refusal: m.issue_heard_spent(), field: undefined });
		const facts = { municipalityId: locals.municipality.id, reference, ...said };
		return attempt(
			form,
			() =>
				answerer
					? heardByLink(locals.db, answerer, said)
					: heardByReporter(locals.db, askerOf(locals), facts),
			`/issues/${reference}/answered?told${token ? `&t=${token}` : ''}`
		);
	}
};
