import { error, fail } from '@sveltejs/kit';
import { answerTogether, wardHeaps, wardList } from '#lib/issues/server/index.ts';
import { isHeap, seatsOf } from '#lib/issues/ward-desk.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { attempt } from '#lib/web/attempt.ts';

const each = 50;

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const seats = seatsOf(actor, municipality.id);
	const asked = url.searchParams.get('ward');
	const seat = asked ? seats.find(({ wardCode }) => wardCode === asked) : seats[0];
	if (!seat) error(404, 'This page does not exist, or it is not yours to see.');

	const show = url.searchParams.get('show');
	const heap = isHeap(show) ? show : 'open';
	const ward = { municipalityId: municipality.id, wardCode: seat.wardCode };
	const counts = await wardHeaps(db, ward, now);
	const pages = Math.max(1, Math.ceil(counts[heap] / each));
	const page = Math.min(pages, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
	return {
		seat,
		heap,
		counts,
		page,
		pages,
		list: await wardList(db, ward, heap, { limit: each, offset: (page - 1) * each }, now),
		deeds: Array.from({ length: each }, () => newId(now)).join(' '),
		now
	};
}

export const actions = {
	default: async ({ locals, request, url }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const facts = {
			municipalityId: municipality.id,
			references: form.getAll('issue').map(String),
			words: String(form.get('words') ?? ''),
			deedIds: String(form.get('deeds') ?? '')
				.split(' ')
				.filter(isId)
		};
		const answer = await attempt(
			form,
			() => answerTogether(db, actor, facts),
			`${url.pathname}${url.search}&answered=${facts.references.length}`
		);
		return fail(answer.status, { ...answer.data, chosen: facts.references });
	}
};
