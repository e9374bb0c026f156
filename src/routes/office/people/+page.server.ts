import {
	colleaguesOf,
	decideGrantRequest,
	openFactorResets,
	openGrantRequests,
	openInvitations,
	resendInvitation,
	revokeInvitation
} from '#lib/identity/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { tellLink } from '#lib/web/staff-links.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const q = (url.searchParams.get('q') ?? '').slice(0, 100);
	const people = await ask(() => colleaguesOf(db, actor, municipality, { q }));
	return {
		q,
		people,
		invitations: await openInvitations(db, municipality.id),
		resets: await openFactorResets(db, municipality.id),
		requests: await openGrantRequests(db, municipality.id),
		me: actor.id,
		now: new Date()
	};
}

export const actions = {
	decide: async (event) => {
		const { db, actor, municipality } = event.locals;
		const form = await event.request.formData();
		const facts = {
			municipality,
			id: String(form.get('request') ?? ''),
			agreed: form.get('answer') === 'yes'
		};
		return attempt(
			form,
			() => decideGrantRequest(db, actor, facts, tellLink(event)),
			'/office/people'
		);
	},
	resend: async (event) => {
		const { db, actor, municipality } = event.locals;
		const form = await event.request.formData();
		const facts = { municipality, id: String(form.get('invitation') ?? '') };
		return attempt(
			form,
			() => resendInvitation(db, actor, facts, tellLink(event)),
			'/office/people#invitations'
		);
	},
	revoke: async ({ request, locals: { db, actor, municipality } }) => {
		const form = await request.formData();
		const facts = { municipality, id: String(form.get('invitation') ?? '') };
		return attempt(form, () => revokeInvitation(db, actor, facts), '/office/people#invitations');
	}
};
