import { error } from '@sveltejs/kit';
import { wardsOf } from '#lib/geography/server/index.ts';
import { isNewsDeed, possibleNewsDeeds, readNewsNumber } from '#lib/noticeboard/rules.ts';
import {
	changeNews,
	correctNews,
	discardNews,
	newsToWrite,
	publishNews,
	scheduleNews,
	unscheduleNews,
	withdrawNews
} from '#lib/noticeboard/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { isoDay } from '#lib/platform/time.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { newsFactsOf, ticked } from '#lib/web/news-form.ts';

const deedIn = ({ deed }: { deed: string }) =>
	isNewsDeed(deed) ? deed : error(404, 'This page does not exist, or it is not yours to see.');

export async function load({ locals, params }) {
	const { db, actor, municipality } = locals;
	const deed = deedIn(params);
	const piece = await ask(() =>
		newsToWrite(db, actor, municipality.id, readNewsNumber(params.piece) ?? 0)
	);
	const now = new Date();
	const wards = deed === 'edit' ? await wardsOf(db, municipality.id, now) : [];
	return {
		piece,
		deed,
		gone: !possibleNewsDeeds(piece.state).includes(deed),
		wards: wards.map(({ code, number }) => [code, number] as const),
		today: isoDay(now, municipality.timezone),
		deedId: newId(now),
		now
	};
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const { db, actor, municipality } = locals;
		const deed = deedIn(params);
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '').slice(0, 20_000);
		const at = {
			municipalityId: municipality.id,
			number: readNewsNumber(params.piece) ?? 0,
			version: Number(text('version')) || undefined
		};
		const facts = newsFactsOf(form);
		const why = text('why');
		const deeds = {
			edit: () => changeNews(db, actor, { ...at, ...facts }),
			publish: () => publishNews(db, actor, at),
			schedule: () =>
				scheduleNews(db, actor, { ...at, when: `${text('on')}T${text('at') || '08:00'}` }),
			unschedule: () => unscheduleNews(db, actor, at),
			discard: () => discardNews(db, actor, at),
			correct: () => correctNews(db, actor, { ...at, ...facts, why, deedId: deedOf(form) }),
			withdraw: () => withdrawNews(db, actor, { ...at, why })
		};
		const answer = await attempt(
			form,
			deeds[deed],
			deed === 'discard' ? '/office/news?thrown' : `/office/news/${at.number}?kept`
		);
		Object.assign(answer.data, { ticked: ticked(form) });
		return answer;
	}
};
