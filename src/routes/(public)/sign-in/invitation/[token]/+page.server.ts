import { acceptInvitation, openLink } from '#lib/identity/server/index.ts';
import { roleNames } from '#lib/identity/wording.ts';
import { attempt } from '#lib/web/attempt.ts';
import { startWork } from '#lib/web/staff-links.ts';

export async function load({ locals, params, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	const link = await openLink(locals.db, 'invitation', params.token);
	return link.obstacle === undefined
		? { name: link.name, roles: link.grants.map(({ role }) => roleNames[role]) }
		: { obstacle: link.obstacle };
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		return attempt(
			form,
			async () => {
				const { personId } = await acceptInvitation(event.locals.db, {
					token: event.params.token,
					name: String(form.get('name') ?? ''),
					password: String(form.get('password') ?? '')
				});
				await startWork(event, personId, null);
			},
			'/account/second-factor?next=/office'
		);
	}
};
