import { isTemplate } from '#lib/alerts/templates.ts';
import {
	arrival,
	composerFacts,
	previewFacts,
	saveDraft,
	submitAlert
} from '#lib/alerts/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { alertFactsOf, formAgain, wallTime } from '#lib/web/alert-form.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const now = new Date();
	const code = url.searchParams.get('template');
	const choices = await ask(() => composerFacts(db, actor, municipality.id, now));
	const template = isTemplate(code) ? choices.templates.find((each) => each.code === code) : null;
	const wall = (at: Date) => wallTime(at, municipality.timezone);
	return {
		choices,
		template: template ?? null,
		fields: {
			deed: newId(),
			actBy: wall(later(now, minutes(45))),
			next: wall(later(now, hours(1))),
			expires: wall(later(now, hours(template?.life ?? 8)))
		}
	};
}

export const actions = {
	preview: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const facts = alertFactsOf(form, municipality.timezone);
		const preview = await ask(() =>
			previewFacts(db, actor, { ...facts, id: deedOf(form), municipalityId: municipality.id })
		);
		return { ...formAgain(form), arrival: await arrival(db, municipality.id, preview) };
	},
	keep: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = deedOf(form);
		const facts = {
			...alertFactsOf(form, municipality.timezone),
			id,
			municipalityId: municipality.id
		};
		const answer = await attempt(
			form,
			() => saveDraft(db, actor, facts),
			`/office/alerts/${id}?kept`
		);
		Object.assign(answer.data, formAgain(form));
		return answer;
	},
	submit: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = deedOf(form);
		const at = { id, municipalityId: municipality.id };
		const facts = { ...alertFactsOf(form, municipality.timezone), ...at };
		const answer = await attempt(
			form,
			async () => {
				await saveDraft(db, actor, facts);
				await submitAlert(db, actor, at);
			},
			`/office/alerts/${id}`
		);
		const preview = await previewFacts(db, actor, facts);
		Object.assign(answer.data, formAgain(form), {
			arrival: await arrival(db, municipality.id, preview)
		});
		return answer;
	}
};
