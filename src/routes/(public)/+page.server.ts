import { redirect } from '@sveltejs/kit';
import { isOpen } from '#lib/commitments/rules.ts';
import { commitmentWords } from '#lib/commitments/wording.ts';
import { listCommitments } from '#lib/commitments/server/index.ts';
import { councillorsOfWard } from '#lib/identity/server/index.ts';
import { monthOf, mostFelt, ownIssues } from '#lib/issues/server/index.ts';
import { listNews } from '#lib/noticeboard/server/index.ts';
import { listOutages } from '#lib/outages/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import { listOf } from '#lib/web/issue-list.ts';
import { keepWard, wardOfDevice } from '#lib/web/ward-cookie.ts';

const fresh = days(3);

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
	const news = await listNews(db, municipality.id, { wardCode: ward?.code }, { limit: 2 });
	const outages = await listOutages(db, municipality.id, { wardCode: ward?.code }, now);
	return {
		now,
		off: outages.now.slice(0, 2),
		ward,
		wards,
		felt: await mostFelt(db, municipality.id, ward?.code ?? null, now),
		fresh: news.find(({ publishedAt }) => publishedAt >= later(now, -fresh)) ?? null,
		own: (await ownIssues(db, listOf(event.locals), 6)).slice(0, 3),
		month: await monthOf(db, municipality.id, ward?.code ?? null, now),
		councillors: ward ? await councillorsOfWard(db, municipality.id, ward.code, now) : [],
		promises: promises.map(({ number, what, state, dueAt, promisedByName }) => ({
			number,
			what,
			dueAt,
			promisedByName,
			open: isOpen(state),
			words: commitmentWords({ state, dueAt }, now)
		})),
		news,
		deed: newId()
	};
}

export const actions = {
	ward: async (event) => {
		keepWard(event, String((await event.request.formData()).get('ward') ?? ''));
		redirect(303, '/');
	}
};
