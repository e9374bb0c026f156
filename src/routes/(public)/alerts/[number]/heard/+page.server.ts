import { heardAbout, heardToo, tellRumour } from '#lib/alerts/server/index.ts';
import { spokenNow } from '#lib/i18n/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { keepDevice } from '#lib/web/device.ts';

/** What is answered already, and a place to tell what people say. */
export async function load({ locals: { db, municipality }, params, url }) {
	const about = await ask(() => heardAbout(db, municipality.id, params.number.toUpperCase()));
	return { ...about, id: newId(), told: url.searchParams.has('told') };
}

export const actions = {
	tell: async (event) => {
		const { request, locals, params } = event;
		const form = await request.formData();
		const id = String(form.get('deed') ?? '');
		keepDevice(event);
		return attempt(
			form,
			() =>
				tellRumour(locals.db, locals, {
					id: isId(id) ? id : newId(),
					municipalityId: locals.municipality.id,
					number: params.number,
					heard: String(form.get('heard') ?? ''),
					language: spokenNow()
				}),
			`/alerts/${params.number}/heard?told=1`
		);
	},
	too: async (event) => {
		const { request, locals, params } = event;
		const form = await request.formData();
		const id = String(form.get('rumour') ?? '');
		keepDevice(event);
		return attempt(
			form,
			async () => {
				const facts = { municipalityId: locals.municipality.id, id };
				if (isId(id)) await heardToo(locals.db, locals, facts);
			},
			`/alerts/${params.number}/heard?told=1`
		);
	}
};
