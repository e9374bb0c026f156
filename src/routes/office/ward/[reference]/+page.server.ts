import { doDeed, remark } from '#lib/cases/server/index.ts';
import { deeds, type DeedName } from '#lib/cases/rules.ts';
import { commitmentsForIssue } from '#lib/commitments/server/index.ts';
import { councillorCase } from '#lib/issues/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import type { RequestEvent } from './$types';

export async function load({ locals, params, url }) {
	const { db, actor, municipality } = locals;
	const kase = await ask(() =>
		councillorCase(db, actor, municipality.id, params.reference.toUpperCase())
	);
	return {
		kase,
		promises: await commitmentsForIssue(db, municipality.id, kase.id),
		done: url.searchParams.get('done'),
		deed: newId(),
		now: new Date()
	};
}

type Said = 'councillor_reply' | 'department_asked' | 'escalated';

/** One form of this page: finds the case as this councillor may see it, then does the deed. */
async function say(
	{ locals, params, request, url }: RequestEvent,
	what: (form: FormData) => { remark: Said; private?: boolean; code?: string } | { deed: DeedName }
) {
	const { db, actor, municipality } = locals;
	const form = await request.formData();
	const text = (name: string) => String(form.get(name) ?? '');
	let done = '';
	return attempt(
		form,
		async () => {
			const said = what(form);
			done = 'deed' in said ? 'decided' : said.remark;
			const reference = params.reference.toUpperCase();
			const { caseId } = await councillorCase(db, actor, municipality.id, reference);
			const facts = {
				words: text('words'),
				code: text('code') || undefined,
				deedId: isId(text('deedId')) ? text('deedId') : newId(),
				basedOn: Number(text('version')) || undefined
			};
			if ('deed' in said) await doDeed(db, actor, caseId, { ...facts, ...said });
			else await remark(db, actor, caseId, { ...facts, ...said });
		},
		() => `${url.pathname}?done=${done}`
	);
}

/** Only what can be decided about a suggestion; everything else is not on this page. */
function decision(form: FormData): DeedName {
	const name = String(form.get('decision') ?? '');
	const known = Object.hasOwn(deeds, name) && deeds[name as DeedName].track === 'suggestion';
	if (!known) throw new Refusal(400, 'Choose what you decide.', 'decision');
	return name as DeedName;
}

export const actions = {
	answer: (event) =>
		say(event, (form) => ({
			remark: 'councillor_reply',
			private: form.get('to') === 'reporter'
		})),
	ask: (event) => say(event, () => ({ remark: 'department_asked' })),
	escalate: (event) => say(event, () => ({ remark: 'escalated' })),
	decide: (event) => say(event, (form) => ({ deed: decision(form) }))
};
