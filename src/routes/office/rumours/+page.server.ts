import { fail } from '@sveltejs/kit';
import { rumourAnswers } from '#lib/alerts/rumour.ts';
import {
	addUnknown,
	answerRumour,
	hideRumour,
	openUnknowns,
	recentAlerts,
	rumoursForOffice,
	settleUnknown
} from '#lib/alerts/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt, sentTexts, type Refused } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { readForm } from '#lib/web/read-form.ts';
import * as v from 'valibot';

/** What people say, what waits for an answer first, and what is not known yet. */
export async function load({ locals: { db, actor, municipality } }) {
	const list = await ask(() => rumoursForOffice(db, actor, municipality.id));
	const alerts = await recentAlerts(db, municipality.id, 30);
	const numbers = [...new Map(alerts.map((each) => [each.incidentId, each])).values()];
	return {
		list,
		alerts: numbers.map(({ incidentId, number, texts }) => ({
			incidentId,
			number,
			headline: texts[0].headline
		})),
		unknowns: await openUnknowns(db, municipality.id),
		id: newId()
	};
}

const to = '/office/rumours';
const text = v.optional(v.string(), '');
const answering = v.object({
	rumour: v.pipe(v.string(), v.uuid()),
	version: v.pipe(v.string(), v.transform(Number), v.integer()),
	answer: v.picklist(rumourAnswers, 'Choose what it is'),
	says: text,
	number: text
});

export const actions = {
	answer: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const { fields, problems } = readForm(form, answering);
		if (!fields) return fail<Refused>(400, { refusal: problems[0].message, sent: sentTexts(form) });
		const { rumour: id, number, ...said } = fields;
		const facts = { ...said, id, municipalityId: municipality.id, number: number || null };
		return attempt(form, () => answerRumour(db, actor, facts), to);
	},
	hide: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const id = String(form.get('rumour'));
		return attempt(form, () => hideRumour(db, actor, { municipalityId: municipality.id, id }), to);
	},
	unknown: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const facts = {
			id: deedOf(form),
			municipalityId: municipality.id,
			number: String(form.get('number') ?? ''),
			words: String(form.get('words') ?? '')
		};
		return attempt(form, () => addUnknown(db, actor, facts), to);
	},
	settle: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const id = String(form.get('unknown'));
		return attempt(
			form,
			() => settleUnknown(db, actor, { municipalityId: municipality.id, id }),
			to
		);
	}
};
