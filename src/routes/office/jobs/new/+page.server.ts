import { fail } from '@sveltejs/kit';
import { joinJob } from '#lib/cases/server/index.ts';
import { joinChoices } from '#lib/issues/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { officeMunicipality } from '#lib/web/office.ts';

const chosenIn = (list: FormDataEntryValue[]) => [...new Set(list.map(String).filter(isId))];

export async function load({ locals, url }) {
	return {
		choices: await joinChoices(
			locals.db,
			locals.actor,
			officeMunicipality(locals),
			chosenIn(url.searchParams.getAll('case')).slice(0, 100)
		),
		deed: newId()
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const version = (id: string) => {
			const sent = Number(form.get(`version-${id}`));
			return Number.isInteger(sent) && sent > 0 ? sent : undefined;
		};
		const ids = chosenIn(form.getAll('case'));
		let next = '/office/cases';
		const answer = await attempt(
			form,
			async () => {
				const { reference } = await joinJob(locals.db, locals.actor, {
					cases: ids.map((id) => ({ id, basedOn: version(id) })),
					title: text('title'),
					words: text('words'),
					deedId: deedOf(form)
				});
				next = `/office/cases/${reference}?done=job_joined#top`;
			},
			() => next
		);
		return fail(answer.status, { ...answer.data, ids });
	}
};
