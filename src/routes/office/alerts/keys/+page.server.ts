import { decideKey, keysForOffice, requestKey } from '#lib/alerts/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

/** What warnings are signed with here, and what waits for a second administrator. */
export async function load({ locals: { db, actor, municipality } }) {
	const found = await ask(() => keysForOffice(db, actor, municipality));
	return { ...found, deed: newId(), me: actor.id, now: new Date() };
}

const here = '/office/alerts/keys';

export const actions = {
	ask: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const facts = {
			id: deedOf(form),
			municipality,
			use: String(form.get('use') ?? ''),
			stolen: form.get('stolen') === 'yes'
		};
		return await attempt(form, () => requestKey(db, actor, facts), here);
	},
	decide: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = String(form.get('request') ?? '');
		return await attempt(
			form,
			async () => {
				if (!isId(id)) throw notFound();
				const agreed = form.get('answer') === 'yes';
				await decideKey(db, actor, { id, municipality, agreed });
			},
			here
		);
	}
};
