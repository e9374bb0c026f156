import {
	languagesOf,
	nameTranslator,
	reviewTemplate,
	templateStates,
	translators,
	translatorsToName
} from '#lib/alerts/server/index.ts';
import { isTemplate, templateOf } from '#lib/alerts/templates.ts';
import { can } from '#lib/identity/permissions.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const states = await ask(() => templateStates(db, actor, municipality.id));
	const mayWrite = can(actor, 'alert.templates', { municipalityId: municipality.id });
	const own = can(actor, 'alert.translate', { municipalityId: municipality.id })
		? await languagesOf(db, municipality.id, actor.id)
		: [];
	const asked = url.searchParams.get('language');
	const language =
		[...new Set(states.map((each) => each.language))].find((each) => each === asked) ??
		own[0] ??
		'en';
	return {
		language,
		own,
		mayWrite,
		kept: url.searchParams.has('kept'),
		waiting: Object.groupBy(
			states.filter(({ newest, inForce }) => newest.hash !== inForce?.hash),
			(each) => each.language
		),
		texts: states
			.filter((each) => each.language === language)
			.map((each) => ({ ...each, name: templateOf(each.template).name })),
		english: Object.fromEntries(
			states
				.filter((each) => each.language === 'en')
				.map(({ template, newest }) => [template, newest.words])
		),
		translators: await translators(db, municipality.id),
		people: mayWrite ? await translatorsToName(db, actor, municipality.id) : []
	};
}

export const actions = {
	review: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const language = text('language');
		return await attempt(
			form,
			async () => {
				if (!isTemplate(text('template'))) throw notFound();
				await reviewTemplate(db, actor, {
					municipalityId: municipality.id,
					template: text('template'),
					language,
					hash: text('hash'),
					approved: text('approved') === 'yes'
				});
			},
			`/office/alerts/templates?language=${encodeURIComponent(language)}&kept#${text('template')}`
		);
	},
	name: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const personId = String(form.get('person') ?? '');
		const language = String(form.get('language') ?? '');
		return await attempt(
			form,
			async () => {
				if (!isId(personId)) throw notFound();
				const named = form.get('named') !== 'no';
				await nameTranslator(db, actor, {
					municipalityId: municipality.id,
					personId,
					language,
					named
				});
			},
			`/office/alerts/templates?language=${encodeURIComponent(language)}&kept#translators`
		);
	}
};
