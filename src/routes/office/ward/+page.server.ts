import { error } from '@sveltejs/kit';
import { committeeOf, wardByCode } from '#lib/geography/server/index.ts';
import { listCommitments, lastReportBack } from '#lib/commitments/server/index.ts';
import { quarterAt } from '#lib/commitments/report-back.ts';
import { wardHeaps, wardList } from '#lib/issues/server/index.ts';
import { seatsOf } from '#lib/issues/ward-desk.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const seats = seatsOf(actor, municipality.id);
	const asked = url.searchParams.get('ward');
	const seat = seats.find(({ wardCode }) => wardCode === asked) ?? (asked ? undefined : seats[0]);
	if (!seat) error(404, 'This page does not exist, or it is not yours to see.');

	const ward = { municipalityId: municipality.id, wardCode: seat.wardCode };
	const some = { limit: 5 };
	return {
		seats,
		seat,
		areas: (await wardByCode(db, municipality.id, seat.wardCode, now))?.areas ?? [],
		heaps: await wardHeaps(db, ward, now),
		waiting: await wardList(db, ward, 'waiting', some, now),
		stuck: await wardList(db, ward, 'stuck', some, now),
		followed: await wardList(db, ward, 'followed', some, now),
		promises: (
			await listCommitments(db, municipality.id, { wardCode: seat.wardCode }, { limit: 3 }, now)
		).filter(({ settledAt }) => !settledAt),
		committee: await committeeOf(db, municipality.id, seat.wardCode, now),
		quarter: quarterAt(now, municipality.timezone),
		reported: await lastReportBack(db, municipality.id, seat.wardCode),
		now
	};
}
