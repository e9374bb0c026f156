import { askForNewPassword } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { fromOf } from '#lib/web/sign-in.ts';
import { tellLink } from '#lib/web/staff-links.ts';

export const load = ({ url }) => ({ sent: url.searchParams.has('sent') });

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		return attempt(
			form,
			() =>
				askForNewPassword(
					event.locals.db,
					{ email: String(form.get('email') ?? ''), from: fromOf(event) },
					tellLink(event)
				),
			'/sign-in/staff/forgotten?sent'
		);
	}
};
