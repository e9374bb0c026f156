import { fail, redirect } from '@sveltejs/kit';
import { isLocale, m } from '#lib/i18n/index.ts';
import { saveProfile } from '#lib/identity/server/index.ts';
import { keepLanguage } from '#lib/web/language.ts';
import { localPath } from '#lib/web/next.ts';

export const load = ({ url }) => ({ next: localPath(url.searchParams.get('next')) });

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const language = form.get('language');
		if (!isLocale(language)) return fail(400, { problem: m.shell_language_unknown() });

		keepLanguage(event, language);
		const { db, visitor } = event.locals;
		if (visitor && visitor.language !== language)
			await saveProfile(db, visitor, { name: visitor.name, language });
		redirect(303, localPath(form.get('next')));
	}
};
