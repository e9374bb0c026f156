import { banContact, bansOf, liftBan, moderationQueue } from '#lib/issues/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export const load = ({ locals: { db, actor, municipality } }) =>
	ask(async () => ({
		queue: await moderationQueue(db, actor, municipality.id),
		bans: await bansOf(db, actor, municipality.id)
	}));

export const actions = {
	ban: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const contact = String(form.get('contact') ?? '');
		const reason = String(form.get('reason') ?? '');
		return attempt(
			form,
			() => banContact(db, actor, { municipalityId: municipality.id, contact, reason }),
			'/office/moderation#bans'
		);
	},
	lift: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const banId = String(form.get('ban') ?? '');
		return attempt(
			form,
			() => liftBan(db, actor, { municipalityId: municipality.id, banId }),
			'/office/moderation#bans'
		);
	}
};
