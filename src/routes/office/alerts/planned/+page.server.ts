import { cancelPlan, plansOf, planTest } from '#lib/alerts/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { atWallTime } from '#lib/platform/time.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { mustReach } from '#lib/web/must-reach.ts';

/** Tests and exercises that were announced, and a form to announce one. */
export async function load({ locals }) {
	mustReach(locals, 'alert.compose');
	const { db, municipality } = locals;
	return { ...(await plansOf(db, municipality.id)), deed: newId() };
}

const here = '/office/alerts/planned';

export const actions = {
	plan: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return await attempt(
			form,
			() =>
				planTest(db, actor, {
					id: deedOf(form),
					municipalityId: municipality.id,
					words: text('words'),
					startsAt: atWallTime(text('starts'), municipality.timezone),
					endsAt: atWallTime(text('ends'), municipality.timezone)
				}),
			here
		);
	},
	cancel: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = String(form.get('plan') ?? '');
		return await attempt(
			form,
			async () => {
				if (!isId(id)) throw notFound();
				await cancelPlan(db, actor, { municipalityId: municipality.id, id });
			},
			here
		);
	}
};
