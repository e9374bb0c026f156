import { cancelLeave, colleaguesForLeave, handOver, leaveOf } from '#lib/identity/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { endOfDay, startOfDay } from '#lib/web/read-grant.ts';

export async function load({ locals: { db, actor, municipality } }) {
	const leave = await ask(() => leaveOf(db, actor, municipality));
	const people = await colleaguesForLeave(db, actor, municipality);
	return {
		leave,
		people: people.map(({ id, name }) => ({ id, name })),
		now: new Date()
	};
}

export const actions = {
	handOver: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			async () => {
				const startsAt = startOfDay(text('first'), 'first');
				const endsAt = endOfDay(text('until'), 'until');
				if (!startsAt) throw new Refusal(400, 'Give the first day.', 'first');
				if (!endsAt) throw new Refusal(400, 'Give the last day.', 'until');
				await handOver(db, actor, {
					municipality,
					fromPersonId: text('from'),
					toPersonId: text('to'),
					startsAt,
					endsAt,
					reason: text('reason')
				});
			},
			'/office/leave'
		);
	},
	cancel: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const id = String(form.get('leave') ?? '');
		return attempt(form, () => cancelLeave(db, actor, { municipality, id }), '/office/leave');
	}
};
