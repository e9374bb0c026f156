import { takeRequest } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isoDay } from '#lib/platform/time.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { startOfDay } from '#lib/web/read-grant.ts';

export const load = () => ({ deed: newId(), today: isoDay(new Date()) });

export const actions = {
	default: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			async () => {
				const receivedAt = startOfDay(text('received'), 'received');
				if (!receivedAt) throw new Refusal(400, 'Give the day it came.', 'received');
				await takeRequest(db, actor, {
					municipalityId: municipality.id,
					deedId: deedOf(form),
					channel: text('channel'),
					name: text('name'),
					contact: text('contact'),
					reference: text('reference'),
					identityCheck: text('identity'),
					kind: text('kind'),
					words: text('words'),
					receivedAt
				});
			},
			'/office/privacy?taken'
		);
	}
};
