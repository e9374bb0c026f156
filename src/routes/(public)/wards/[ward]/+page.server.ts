import { committeeOf, mapOf, wardByCode } from '#lib/geography/server/index.ts';
import {
	councillorsOf,
	listCommitments,
	reportBacksOf,
	tallyCommitments,
	wardRecord
} from '#lib/commitments/server/index.ts';
import { readFilters } from '#lib/issues/filters.ts';
import { listIssues, wardHeaps } from '#lib/issues/server/index.ts';
import { listNews } from '#lib/noticeboard/server/index.ts';
import { listOutages } from '#lib/outages/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask } from '#lib/web/attempt.ts';
import type { RequestEvent } from './$types';

/** A ward as a place, and what its people ask, hear and are promised. */
export async function load(event: RequestEvent) {
	const { params } = event;
	const { db, municipality } = event.locals;
	const now = new Date();
	const ward = await ask(async () => {
		const found = await wardByCode(db, municipality.id, params.ward.slice(0, 20), now);
		if (!found) throw notFound();
		return found;
	});
	const [drawing, committee] = await Promise.all([
		mapOf(db, municipality.id, { ward: ward.code }, now),
		committeeOf(db, municipality.id, ward.code, now)
	]);
	return {
		ward,
		drawing,
		committee,
		past: Boolean(ward.validTo && ward.validTo <= now),
		...(await lifeOf(event, ward.code, now)),
		now
	};
}

/** Who speaks for a ward, what is open and promised there, and how its questions are answered. */
async function lifeOf({ locals }: RequestEvent, wardCode: string, now: Date) {
	const { db, municipality } = locals;
	const { id: municipalityId, timezone } = municipality;
	const filter = { wardCode };
	const open = readFilters(new URLSearchParams({ ward: wardCode, state: 'open', kind: 'all' }));
	const reader = {
		municipalityId,
		timezone,
		asker: { ...askerOf(locals), actor: null, receipts: [] }
	};
	return {
		seat: await councillorsOf(db, municipalityId, wardCode, now),
		heaps: await wardHeaps(db, { municipalityId, wardCode }, now),
		issues: (await listIssues(db, reader, open, 4)).issues,
		promises: await listCommitments(db, municipalityId, filter, { limit: 4 }, now),
		tally: await tallyCommitments(db, municipalityId, filter, now),
		record: await wardRecord(db, municipalityId, wardCode),
		outages: await listOutages(db, municipalityId, filter, now),
		news: await listNews(db, municipalityId, { wardCode }, { limit: 3 }),
		reports: await reportBacksOf(db, municipalityId, wardCode)
	};
}
