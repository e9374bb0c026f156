import { redirect } from '@sveltejs/kit';
import { commitmentWords } from '#lib/commitments/wording.ts';
import { listCommitments } from '#lib/commitments/server/index.ts';
import { councillorsOfWard } from '#lib/identity/server/index.ts';
import { monthOf, ownIssues } from '#lib/issues/server/index.ts';
import { listNews } from '#lib/noticeboard/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { listOf } from '#lib/web/issue-list.ts';
import { keepWard, wardOfDevice } from '#lib/web/ward-cookie.ts';

export async function load(event) {
	const { db, municipality } = event.locals;
	const now = new Date();
	const { ward, wards } = await wardOfDevice(event);
	const promises = await listCommitments(
		db,
		municipality.id,
		{ wardCode: ward?.code },
		{ limit: 3 },
		now
	);
	return {
		ward,
		wards,
		own: (await ownIssues(db, listOf(event.locals), 6)).slice(0, 3),
		month: await monthOf(db, municipality.id, ward?.code ?? null, now),
		councillors: ward ? await councillorsOfWard(db, municipality.id, ward.code, now) : [],
		promises: promises.map(({ number, what, state, dueAt, promisedByName }) => ({
			number,
			what,
			dueAt,
			promisedByName,
			words: commitmentWords({ state, dueAt }, now)
		})),
		news: await listNews(db, municipality.id, { wardCode: ward?.code }, { limit: 2 }),
		deed: newId()
	};
}

export const actions = {
	ward: async (event) => {
		keepWard(event, String((await event.request.formData()).get('ward') ?? ''));
		redirect(303, '/');
	}
};
