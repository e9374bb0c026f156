import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { outbox } from '#lib/delivery/server/index.ts';
import { progressOf } from '#lib/delivery/server/broadcast/counts.ts';
import { sendDue } from '#lib/delivery/server/broadcast/engine.ts';
import { openBroadcast } from '#lib/delivery/server/broadcast/open.ts';
import { broadcasts } from '#lib/delivery/server/broadcast/schema.ts';
import type { PushSender } from '#lib/delivery/server/push/sender.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows } from '#lib/platform/server/db.ts';
import { breakNth, mend } from '../support/break-nth.ts';
import { settleTown } from '../support/followers.ts';
import { settlePhones } from '../support/phones.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

afterEach(mend);

/** Takes what it is given; the second message of all is answered 503 the first time. */
function service() {
	const taken: string[] = [];
	let requests = 0;
	const sender: PushSender = {
		room: () => 100,
		whenRoom: () => Promise.resolve(),
		send({ endpoint, done }) {
			const status = ++requests === 2 ? 503 : 201;
			if (status === 201) taken.push(endpoint);
			setImmediate(() => done({ status, retryAfter: null }));
		},
		stopped: () => [],
		resume: () => {},
		close: () => Promise.resolve()
	};
	return { sender, taken };
}

inBothDatabasesForReal((place) => {
	const phones = 5;
	const channels = { email: outbox, sms: outbox, inbox: outbox, web_push: outbox };

	test('whichever statement fails once, everybody is told and the counts are right', async () => {
		const { db } = place.database;
		const { municipalityId } = await settleTown(db);
		await settlePhones(db, {
			municipalityId,
			count: phones,
			wards: ['KHA-3'],
			endpoint: (n) => `https://push.example/p/${n}`
		});

		let nth = 1;
		for (; nth < 150; nth++) {
			const { sender, taken } = service();
			const deed = newId();
			const open = () =>
				db.transaction((tx) =>
					openBroadcast(tx, {
						municipalityId,
						subject: 'alert',
						subjectId: deed,
						deed,
						emergency: true,
						rings: [[['ward', 'KHA-3']]],
						path: '/alerts/1',
						template: 'alert',
						texts: [{ language: 'en', channel: 'web_push', title: 'Leave', text: 'By the R44.' }]
					})
				);
			const broke = breakNth(db, nth);
			const { id } = await open().catch(open);
			let row;
			for (let round = 0; round < 4 && row?.state !== 'done'; round++) {
				await sendDue({ db, sender, channels }).catch(() => {});
				// Leases end and pauses are over.
				mend();
				await db.execute(
					sql`update broadcast_chunks set lease_until = now() - interval '1 second' where state = 'held'`
				);
				await db.execute(sql`update broadcast_retries set due = now() - interval '1 second'`);
				[row] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
			}
			if (!row) throw new Error('no broadcast');
			const [{ outcomes }] = await rows<{ outcomes: number }>(
				db,
				sql`select count(*)::int as outcomes from broadcast_outcomes where broadcast_no = ${row.no}`
			);
			const progress = (await progressOf(db, id))!;
			expect([nth, row.state, new Set(taken).size, outcomes]).toEqual([
				nth,
				'done',
				phones,
				phones
			]);
			expect([nth, progress.accepted, progress.waiting, progress.attempted]).toEqual([
				nth,
				phones,
				0,
				phones
			]);
			if (!broke()) break;
		}
		expect(nth).toBeGreaterThan(15);
		expect(nth).toBeLessThan(150);
	}, 240_000);
});
