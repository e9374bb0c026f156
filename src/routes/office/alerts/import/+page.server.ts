import { templateFor, importTemplates } from '#lib/alerts/imported.ts';
import { capImportsForOffice, draftFromImport, importCap } from '#lib/alerts/server/index.ts';
import { templateOf } from '#lib/alerts/templates.ts';
import { can } from '#lib/identity/permissions.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound, Refusal } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

/** Warnings of others that were brought in, and a place to bring one in. */
export async function load({ locals: { db, actor, municipality } }) {
	const list = await ask(() => capImportsForOffice(db, actor, municipality.id));
	return {
		now: new Date(),
		list: list.map((each) => ({ ...each, guess: templateFor(each.said) })),
		templates: importTemplates.map((code) => ({ code, name: templateOf(code).name })),
		mayCompose: can(actor, 'alert.compose', { municipalityId: municipality.id })
	};
}

/** The file that was chosen, else what was pasted. */
async function xmlOf(form: FormData): Promise<string> {
	const file = form.get('file');
	if (!(file instanceof File) || !file.size) return String(form.get('cap') ?? '');
	if (file.size > 2_000_000) throw new Refusal(400, 'The file is larger than 2 MB.', 'cap');
	return await file.text();
}

const here = '/office/alerts/import';

export const actions = {
	read: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		let id = '';
		return await attempt(
			form,
			async () => {
				const facts = { municipalityId: municipality.id, xml: await xmlOf(form) };
				({ id } = await importCap(db, actor, facts));
			},
			() => `${here}#${id}`
		);
	},
	draft: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = String(form.get('import') ?? '');
		const template = String(form.get('template') ?? '');
		let draft = '';
		return await attempt(
			form,
			async () => {
				if (!isId(id)) throw notFound();
				const facts = { municipalityId: municipality.id, id, template };
				draft = await draftFromImport(db, actor, facts);
			},
			() => `/office/alerts/${draft}/edit`
		);
	}
};
