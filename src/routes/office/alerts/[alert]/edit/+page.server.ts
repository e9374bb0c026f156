import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { templateOf } from '#lib/alerts/templates.ts';
import {
	alertForOffice,
	arrival,
	changeAlert,
	composerFacts,
	previewFacts,
	previewOf,
	submitAlert
} from '#lib/alerts/server/index.ts';
import { alertFactsOf, fieldsOf, formAgain } from '#lib/web/alert-form.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, params }) {
	const now = new Date();
	return await ask(async () => {
		if (!isId(params.alert)) throw notFound();
		const row = await alertForOffice(db, actor, municipality.id, params.alert);
		return {
			id: row.id,
			state: row.state,
			revision: row.revision,
			returnedWhy: row.returnedWhy,
			choices: await composerFacts(db, actor, municipality.id, now),
			template: { code: row.template, ...templateOf(row.template) },
			fields: fieldsOf(row, municipality.timezone),
			ticked: row.areaWish.wards,
			arrival: await arrival(db, municipality.id, await previewOf(db, row, now), now)
		};
	});
}

/** The draft at this address, with what the form says. */
const factsAt = (
	form: FormData,
	{ timezone, id }: { timezone: string; id: string },
	alert: string
) => ({
	...alertFactsOf(form, timezone),
	id: alert,
	municipalityId: id,
	why: String(form.get('why') ?? '')
});

const sentRevision = (form: FormData) => Number(form.get('revision')) || undefined;

export const actions = {
	preview: async ({ locals: { db, actor, municipality }, request, params }) => {
		const form = await request.formData();
		const preview = await ask(() =>
			previewFacts(db, actor, factsAt(form, municipality, params.alert))
		);
		return { ...formAgain(form), arrival: await arrival(db, municipality.id, preview) };
	},
	keep: async ({ locals: { db, actor, municipality }, request, params }) => {
		const form = await request.formData();
		const facts = factsAt(form, municipality, params.alert);
		const answer = await attempt(
			form,
			() => changeAlert(db, actor, { ...facts, revision: sentRevision(form) }),
			`/office/alerts/${params.alert}?kept`
		);
		Object.assign(answer.data, formAgain(form));
		return answer;
	},
	submit: async ({ locals: { db, actor, municipality }, request, params }) => {
		const form = await request.formData();
		const facts = factsAt(form, municipality, params.alert);
		const answer = await attempt(
			form,
			async () => {
				await changeAlert(db, actor, { ...facts, revision: sentRevision(form) });
				await submitAlert(db, actor, { id: params.alert, municipalityId: municipality.id });
			},
			`/office/alerts/${params.alert}`
		);
		Object.assign(answer.data, formAgain(form), {
			arrival: await arrival(db, municipality.id, await previewFacts(db, actor, facts))
		});
		return answer;
	}
};
