import { openLink, setPassword } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals, params, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { obstacle } = await openLink(locals.db, 'password_reset', params.token);
	return { obstacle };
}

export const actions = {
	default: async ({ request, locals, params }) => {
		const form = await request.formData();
		return attempt(
			form,
			() =>
				setPassword(locals.db, {
					token: params.token,
					password: String(form.get('password') ?? '')
				}),
			'/sign-in/staff'
		);
	}
};
