import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { claimChunk } from '#lib/delivery/server/broadcast/chunks.ts';
import { progressOf } from '#lib/delivery/server/broadcast/counts.ts';
import { note, type Said } from '#lib/delivery/server/broadcast/ledger.ts';
import { openBroadcast } from '#lib/delivery/server/broadcast/open.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows } from '#lib/platform/server/db.ts';
import { settleTown } from '../support/followers.ts';
import { settlePhones } from '../support/phones.ts';
import { inBothDatabases } from '../support/story.ts';

const [first, second] = [newId(), newId()];
const accepted = (n: number): Said => ({
	n,
	ward: 'KHA-3',
	status: 201,
	result: 'accepted',
	tries: 1
});
const later = (n: number): Said => ({ ...accepted(n), status: 503, result: 'waiting', again: 1 });

inBothDatabases((place) => {
	/** Ten phones in one chunk, in the hands of the first. */
	async function settle() {
		const { municipalityId } = await settleTown(place.db);
		await settlePhones(place.db, {
			municipalityId,
			count: 10,
			wards: ['KHA-3'],
			endpoint: (n) => `https://push.example/p/${n}`
		});
		const { id } = await openBroadcast(place.db, {
			municipalityId,
			subject: 'alert',
			subjectId: newId(),
			deed: newId(),
			emergency: true,
			rings: [[['ward', 'KHA-3']]],
			path: '/alerts/1',
			template: 'alert',
			texts: [{ language: 'en', channel: 'web_push', title: 'Leave now', text: 'By the R44.' }]
		});
		const [{ laneId }] = await rows<{ laneId: number }>(
			place.db,
			sql`select id as "laneId" from delivery_lanes where name = 'https://push.example'`
		);
		const chunk = (await claimChunk(place.db, laneId, first, new Date()))!;
		const page = (holder: string) => ({ no: chunk.no, laneId, holder, chunk });
		return { id, laneId, chunk, page };
	}
	const outcomes = async (no: number) =>
		(
			await rows<{ n: number }>(
				place.db,
				sql`select n from broadcast_outcomes where broadcast_no = ${no} order by n`
			)
		).map(({ n }) => n);

	test('a stroke that is said again, because its answer was lost, is written once', async () => {
		const { id, chunk, page } = await settle();
		const stroke = [accepted(0), accepted(1), later(2)];
		expect(await note(place.db, page(first), stroke)).toBe(true);
		expect(await note(place.db, page(first), stroke, 1)).toBe(true);
		expect(await note(place.db, page(first), [later(3)])).toBe(true);
		expect(await note(place.db, page(first), [later(3)], 2)).toBe(true);
		expect(await outcomes(chunk.no)).toEqual([0, 1]);
		expect(await progressOf(place.db, id)).toMatchObject({ accepted: 2, waiting: 2, attempted: 4 });
	});

	test('whoever slept through the end of a lease writes nothing more', async () => {
		const { id, laneId, chunk, page } = await settle();
		expect(await note(place.db, page(first), [accepted(0)])).toBe(true);
		await place.db.execute(
			sql`update broadcast_chunks set lease_until = now() - interval '1 second' where broadcast_no = ${chunk.no}`
		);
		expect(await claimChunk(place.db, laneId, second, new Date())).toMatchObject({ again: true });
		expect(await note(place.db, page(first), [accepted(1), later(2)])).toBe(false);
		expect(await note(place.db, page(second), [accepted(1), accepted(2)])).toBe(true);
		expect(await outcomes(chunk.no)).toEqual([0, 1, 2]);
		expect(await progressOf(place.db, id)).toMatchObject({ accepted: 3, waiting: 0, attempted: 3 });
	});

	test('of a message tried again by two, the first to take it off the list says what became of it', async () => {
		const { id, laneId, chunk, page } = await settle();
		await note(place.db, page(first), [later(4), later(5)]);
		const again = { no: chunk.no, laneId, holder: second };
		await note(place.db, again, [{ ...accepted(4), tries: 2 }]);
		await note(place.db, again, [{ ...accepted(4), result: 'expired', tries: 2 }]);
		await note(place.db, again, [{ ...later(4), tries: 3 }]);
		expect(await outcomes(chunk.no)).toEqual([4]);
		expect(await progressOf(place.db, id)).toMatchObject({
			accepted: 1,
			waiting: 1,
			lost: 0,
			attempted: 2
		});
	});
});
