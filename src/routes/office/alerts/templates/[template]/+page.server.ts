import { templateStates, writeTemplate } from '#lib/alerts/server/index.ts';
import {
	isTemplate,
	slots,
	templateOf,
	wordNames,
	type TemplateWords
} from '#lib/alerts/templates.ts';
import { newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { clipActions, recordingsOf } from '#lib/web/clip-form.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, params, url }) {
	const { db, actor, municipality } = locals;
	mustReach(locals, 'alert.templates');
	return await ask(async () => {
		const states = await templateStates(db, actor, municipality.id);
		const asked = url.searchParams.get('language') ?? 'en';
		const found = states.find(
			({ template, language }) => template === params.template && language === asked
		);
		if (!found || !isTemplate(params.template)) throw notFound();
		const template = templateOf(params.template);
		const recordings = await recordingsOf(locals, { template: params.template });
		return {
			...found,
			deed: newId(),
			recordings: {
				...recordings,
				clips: recordings.clips.filter(({ language }) => language === asked)
			},
			name: template.name,
			slots: ['source', 'emergency', ...template.slots].map((name) => ({
				name,
				words:
					name === 'source'
						? 'who speaks'
						: name === 'emergency'
							? 'the number to call'
							: slots[name as keyof typeof slots].label.toLowerCase()
			}))
		};
	});
}

interface Event {
	locals: App.Locals;
	request: Request;
	params: { template: string };
}

export const actions = {
	...clipActions<Event>(
		({ params }) => ({ template: params.template }),
		({ params }, form) =>
			`/office/alerts/templates/${params.template}?language=${encodeURIComponent(String(form.get('language') ?? 'en'))}#recordings`
	),
	write: async ({ locals: { db, actor, municipality }, params, request }) => {
		const form = await request.formData();
		const language = String(form.get('language') ?? '');
		const words = Object.fromEntries(
			wordNames.map((name) => [name, String(form.get(name) ?? '')])
		) as unknown as TemplateWords;
		return await attempt(
			form,
			() =>
				writeTemplate(db, actor, {
					municipalityId: municipality.id,
					template: params.template,
					language,
					words
				}),
			`/office/alerts/templates?language=${encodeURIComponent(language)}&kept#${params.template}`
		);
	}
};
