import { error } from '@sveltejs/kit';
import { publishReportBack, reportBacksOf, wardFigures } from '#lib/commitments/server/index.ts';
import { quarterAt, quarterBefore, quarterOf } from '#lib/commitments/report-back.ts';
import { seatsOf } from '#lib/issues/ward-desk.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const seats = seatsOf(actor, municipality.id);
	const asked = url.searchParams.get('ward');
	const seat = asked ? seats.find(({ wardCode }) => wardCode === asked) : seats[0];
	const current = quarterAt(now, municipality.timezone);
	const quarter = quarterOf(url.searchParams.get('quarter') ?? current, municipality.timezone);
	if (!seat || !quarter || quarter.from > now)
		error(404, 'This page does not exist, or it is not yours to see.');

	const earlier = quarterBefore(current);
	const published = await reportBacksOf(db, municipality.id, seat.wardCode, 20);
	return {
		seat,
		seats,
		quarter: quarter.name,
		ends: quarter.to,
		choices: [current, earlier, quarterBefore(earlier)],
		mine: published.find((each) => each.quarter === quarter.name && each.personId === actor.id),
		figures: await wardFigures(db, municipality.id, seat.wardCode, quarter, now),
		now
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		const facts = {
			municipalityId: municipality.id,
			wardCode: text('ward'),
			quarter: text('quarter'),
			words: text('words')
		};
		return attempt(
			form,
			() => publishReportBack(db, actor, facts),
			`/wards/${facts.wardCode}#report-back`
		);
	}
};
