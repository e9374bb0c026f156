import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
	approveAlert,
	checkIn,
	helpQueue,
	reachOf,
	release,
	type AlertRow,
	type NewCheckIn
} from '#lib/alerts/server/index.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { follow, noteReport, noteSeen, seenOfDeed, sendNow } from '#lib/delivery/server/index.ts';
import { noMark, readToldMark, toldMark } from '#lib/delivery/server/broadcast/told-mark.ts';
import { payloadOf } from '#lib/delivery/server/broadcast/payload.ts';
import { spokenBy } from '#lib/delivery/server/broadcast/said.ts';
import { audiences, broadcasts } from '#lib/delivery/server/broadcast/schema.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { sealingAdds } from '#lib/delivery/server/push/ece.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { settleReader } from '../support/followers.ts';
import { settlePhones } from '../support/phones.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday, submitted } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		let sipho: Actor;
		let warning: AlertRow;
		let broadcast: typeof broadcasts.$inferSelect;
		let phones: Array<typeof audiences.$inferSelect>;

		const after = (m: number) => later(monday, minutes(m));
		const deed = () => `alert/${warning.id}`;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
			const nomsa = await personOf(place.db, 'disaster-approver', monday);
			const pending = await submitted(place.db, kha);
			await settlePhones(place.db, {
				municipalityId: kha,
				count: 4,
				wards: [pending.content!.wards[0].code],
				endpoint: (n) => `https://fcm.googleapis.com/fcm/send/buttons-${n}`,
				language: (n) => (n ? 'en' : 'zu')
			});
			const { personId } = await settleReader(place.db, 'Thandi Mokoena', '+27825550199');
			await follow(
				place.db,
				{
					municipalityId: kha,
					subject: 'ward',
					subjectId: pending.content!.wards[0].code,
					personId,
					channel: 'sms',
					because: 'asked'
				},
				monday
			);
			const at = { municipalityId: kha, id: pending.id };
			const approved = await approveAlert(place.db, nomsa, at, after(1));
			await release(place.db, approved.id, after(2));
			[warning] = await place.db.select().from(alerts).where(eq(alerts.id, approved.id));
			[broadcast] = await place.db.select().from(broadcasts).where(eq(broadcasts.deed, deed()));
			phones = (
				await place.db.select().from(audiences).where(eq(audiences.broadcastNo, broadcast.no))
			).filter((each) => each.pushSubscriptionId);
		});

		const payload = async ({ n, language }: (typeof phones)[number]) => {
			const spoken = await spokenBy(place.db, broadcast.no);
			return payloadOf(spoken, spoken.words('web_push', language), n);
		};
		const markOf = async (phone: (typeof phones)[number]): Promise<string> =>
			JSON.parse((await payload(phone)).toString()).notification.data.told;
		const say = (told: unknown, stage: unknown, network = '') =>
			noteSeen(place.db, { network }, { told, stage }, after(3));
		const press = (told: string, more: Partial<NewCheckIn> = {}, device = 'gogo') =>
			checkIn(
				place.db,
				{ actor: null, receipts: [], device, network: '' },
				{
					id: newId(),
					municipalityId: kha,
					number: warning.content!.number,
					said: 'left',
					told,
					...more
				},
				after(4)
			);

		test('who is to leave can say on the notification itself that they left, or need help', async () => {
			expect(phones.length).toBeGreaterThanOrEqual(4);
			const bytes = await payload(phones[0]);
			expect(bytes.length + sealingAdds).toBeLessThanOrEqual(2500);
			expect(bytes.toString()).not.toContain(noMark);
			const { notification } = JSON.parse(bytes.toString());
			expect(notification.actions.map(({ action }: { action: string }) => action)).toEqual([
				'left',
				'help',
				'safe'
			]);
			expect(notification.actions[1].navigate).toMatch(
				/^https?:.+\/alerts\/\w{3}-\w{3}\/check-in\?wish=help$/
			);
			expect(notification.data).toMatchObject({ share: 1 });
			expect(await payload(phones[0])).toEqual(bytes);
			expect(await markOf(phones[1])).not.toBe(await markOf(phones[0]));
		});

		test('a mark names one message, and one letter of it changed names none', async () => {
			const mark = toldMark(broadcast.id, phones[0].n);
			expect(mark).toBe(await markOf(phones[0]));
			expect(readToldMark(mark)).toEqual({ broadcastId: broadcast.id, n: phones[0].n });
			const forged = (mark[0] === 'A' ? 'B' : 'A') + mark.slice(1);
			for (const bad of [forged, mark.slice(1), `${mark}A`, '', null, 7, noMark])
				expect(readToldMark(bad)).toBeNull();
			await expect(say(forged, 'shown')).rejects.toMatchObject({ status: 404 });
			await expect(say(mark, 'sold')).rejects.toMatchObject({ status: 400, field: 'stage' });
			await expect(say(toldMark(broadcast.id, 999_999), 'shown')).rejects.toMatchObject({
				status: 404
			});
		});

		test('what phones say moves on and never back, and is counted once by ward', async () => {
			const [one, two, three] = await Promise.all(phones.slice(0, 3).map(markOf));
			await say(one, 'opened');
			await say(one, 'opened');
			await say(one, 'shown');
			await say(two, 'shown');
			await press(three);
			const { seen, wards } = await reachOf(place.db, sipho, warning, after(5));
			expect(seen).toEqual({ shown: 3, opened: 2, acked: 1 });
			expect(wards[0]).toMatchObject({
				seen: { shown: 3, opened: 2, acked: 1 },
				said: { safe: 0, left: 1, help: 0 }
			});
		});

		test('a call for help by the button waits in the queue, and where it is joins it later', async () => {
			const mark = await markOf(phones[0]);
			await press(mark, { said: 'help', byButton: true });
			const queue = () => helpQueue(place.db, sipho, kha, warning.incidentId);
			expect((await queue()).calls).toMatchObject([{ place: '', wardCode: phones[0].ward }]);
			const more = { said: 'help', place: '12 Ridge Street', told: undefined };
			await press(mark, { ...more, id: newId() }, 'thabo');
			expect(await press(mark, more)).toEqual({ before: 0 });
			expect((await queue()).calls.map((each) => each.place)).toEqual([
				'12 Ridge Street',
				'12 Ridge Street'
			]);
			await press(mark, { said: 'safe' });
			expect((await queue()).total).toBe(1);
		});

		test('a call for help by the button is heard whatever its mark is worth', async () => {
			await press('nonsense', { said: 'help', byButton: true });
			expect((await reachOf(place.db, sipho, warning, after(5))).seen.acked).toBe(0);
			await expect(press(toldMark(newId(), 0), { said: 'help' }, 'thabo')).rejects.toMatchObject({
				status: 400,
				field: 'place'
			});
			expect((await helpQueue(place.db, sipho, kha, warning.incidentId)).total).toBe(1);
		});

		test('what a network reports of an SMS stands beside what phones say', async () => {
			await sendNow(place.db, after(2));
			const [sms] = (
				await place.db.select().from(messages).where(eq(messages.subjectId, warning.incidentId))
			).filter(({ channel }) => channel === 'sms');
			expect((await reachOf(place.db, sipho, warning, after(5))).delivered.sms ?? 0).toBe(0);
			await place.db
				.update(messages)
				.set({ way: 'sms/main', outcome: 'accepted' })
				.where(eq(messages.id, sms.id));
			const report = { gateway: 'main', ref: sms.id, outcome: 'delivered' } as const;
			expect(await noteReport(place.db, report, after(6))).toBe('moved');
			expect((await reachOf(place.db, sipho, warning, after(7))).delivered.sms).toBe(1);
			expect((await seenOfDeed(place.db, deed())).wards).toEqual([]);
		});
	},
	(db) => settleKhanyisa(db, monday)
);
