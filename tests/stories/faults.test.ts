import { createServer, type AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { email } from '#lib/delivery/server/channels/email.ts';
import { deliver, failing, noteReport, outbox, sendMessage } from '#lib/delivery/server/index.ts';
import { messages, smsSpend } from '#lib/delivery/server/schema.ts';
import { municipalities } from '#lib/identity/server/schema.ts';
import type { Channels } from '#lib/delivery/channel.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { breakNth, mend } from '../support/break-nth.ts';
import { settleReader } from '../support/followers.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const twins = (more: Partial<Channels> = {}): Channels => ({
	email: outbox,
	sms: outbox,
	web_push: outbox,
	inbox: outbox,
	...more
});

afterEach(mend);

/** What a queue does: the same again after a fault. */
async function insistently<Answer>(errand: () => Promise<Answer>): Promise<Answer> {
	try {
		return await errand();
	} catch {
		return await errand();
	}
}

inBothDatabasesForReal((place) => {
	let town = 0;

	/** One SMS to Thandi from her municipality, taken, then reported as failed, so that she finds it in her inbox. */
	async function tellStory(nth: number, answers: Parameters<typeof failing>[0]) {
		const { db } = place.database;
		const municipalityId = newId();
		await db.insert(municipalities).values({
			id: municipalityId,
			code: `S${++town}`,
			name: 'Khanyisa',
			kind: 'B',
			active: true,
			hosts: ['khanyisa.example']
		});
		const phone = `+2782${String(1_000_000 + town).slice(0, 7)}`;
		const { personId } = await settleReader(db, 'Thandi Mokoena', phone);
		const gateway = failing(answers);
		const broke = breakNth(db, nth);

		const dedupeKey = newId();
		await insistently(() =>
			db.transaction((tx) =>
				sendMessage(
					tx,
					{
						municipalityId,
						personId,
						channel: 'sms',
						template: 'case.in_progress',
						facts: { reference: 'KHA-26-7K3MQ' },
						subject: 'issue',
						subjectId: dedupeKey,
						dedupeKey
					},
					noon
				)
			)
		);
		const mine = () => db.select().from(messages).where(eq(messages.personId, personId));
		const [{ id }] = await insistently(mine);
		let now = noon;
		for (let round = 0; round < 6; round++, now = later(now, minutes(6)))
			await insistently(() => deliver(db, id, twins({ sms: gateway }), now));
		const report = { gateway: 'main', ref: `ref-${id}`, outcome: 'failed' as const };
		const gatewayRef = report.ref;
		await insistently(() =>
			db.update(messages).set({ gatewayRef, way: 'sms/main' }).where(eq(messages.id, id))
		);
		await insistently(() => noteReport(db, report, now));
		await insistently(() => noteReport(db, report, now));
		mend();

		const found = await mine();
		const spend = await db
			.select()
			.from(smsSpend)
			.where(eq(smsSpend.municipalityId, municipalityId));
		return {
			broke: broke(),
			sent: gateway.sent.length,
			messages: found
				.map(
					({ channel, outcome, claimedUntil }) =>
						`${channel} ${outcome} ${claimedUntil ? 'held' : 'free'}`
				)
				.sort(),
			segments: spend.map(({ segments }) => segments)
		};
	}

	const taken = { outcome: 'accepted' as const };

	test('whichever statement fails once: nothing lost, nothing twice, counted once', async () => {
		const end = {
			sent: 1,
			messages: ['inbox delivered free', 'sms failed free'],
			segments: [1]
		};
		let nth = 1;
		for (; nth < 200; nth++) {
			const { broke, ...found } = await tellStory(nth, [taken]);
			expect([nth, found]).toEqual([nth, end]);
			if (!broke) break;
		}
		expect(nth).toBeGreaterThan(25);
		expect(nth).toBeLessThan(200);
	});

	test('whichever request to the gateway fails first, one acceptance ends it', async () => {
		for (const failures of [1, 2, 3]) {
			const { sent, messages: found } = await tellStory(0, [
				...Array<'again'>(failures).fill('again'),
				taken
			]);
			expect([failures, sent, found]).toEqual([
				failures,
				failures + 1,
				['inbox delivered free', 'sms failed free']
			]);
		}
	});

	test('a mail server that never answers holds up no SMS', async () => {
		const { db } = place.database;
		const hole = createServer();
		await new Promise<void>((ready) => hole.listen(0, '127.0.0.1', ready));
		const { port } = hole.address() as AddressInfo;
		const lost = email({ url: `smtp://127.0.0.1:${port}`, from: 'a@b.example', patience: 1500 });
		const municipalityId = newId();
		await db.insert(municipalities).values({
			id: municipalityId,
			code: `S${++town}`,
			name: 'Khanyisa',
			kind: 'B',
			active: true,
			hosts: ['khanyisa.example']
		});
		const tell = async (value: string, channel: 'email' | 'sms') => {
			const { personId } = await settleReader(db, 'Thandi Mokoena', value);
			const { id } = await sendMessage(
				db,
				{
					municipalityId,
					personId,
					channel,
					template: 'reply',
					facts: { reference: 'KHA-26-7K3MQ' },
					subject: 'issue',
					subjectId: 'x',
					dedupeKey: newId()
				},
				noon
			);
			return id!;
		};
		const letter = await tell('hole@mail.example', 'email');
		const texts = [await tell('+27829990001', 'sms'), await tell('+27829990002', 'sms')];
		const channels = twins({ email: lost, sms: failing([]) });
		let letterDone = false;
		const slow = deliver(db, letter, channels, noon).then(() => (letterDone = true));
		for (const id of texts) await deliver(db, id, channels, noon);
		expect(letterDone).toBe(false);
		await slow;
		const outcomes = await Promise.all(
			[letter, ...texts].map(
				async (id) => (await db.select().from(messages).where(eq(messages.id, id)))[0].outcome
			)
		);
		expect(outcomes).toEqual([null, 'accepted', 'accepted']);
		await lost.close?.();
		hole.close();
	});

	test('a clock that jumps an hour, and back, sends nothing twice', async () => {
		const { db } = place.database;
		const { personId } = await settleReader(db, 'Thandi Mokoena', '+27829990003');
		const [{ id: municipalityId }] = await db.select().from(municipalities).limit(1);
		const { id } = await sendMessage(
			db,
			{
				municipalityId,
				personId,
				channel: 'sms',
				template: 'reply',
				facts: { reference: 'KHA-26-7K3MQ' },
				subject: 'issue',
				subjectId: 'x',
				dedupeKey: newId()
			},
			noon
		);
		const sms = failing(['again', taken]);
		await deliver(db, id!, twins({ sms }), noon);
		await deliver(db, id!, twins({ sms }), later(noon, -hours(1)));
		expect(sms.sent).toHaveLength(1);
		await deliver(db, id!, twins({ sms }), later(noon, hours(1)));
		await deliver(db, id!, twins({ sms }), noon);
		await deliver(db, id!, twins({ sms }), later(noon, hours(2)));
		expect(sms.sent).toHaveLength(2);
	});
});
