import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Frozen } from '#lib/alerts/content.ts';
import {
	approveAlert,
	changeAlert,
	hashContent,
	alertById,
	release,
	retractAlert,
	sealAlert,
	startUpdate,
	submitAlert,
	turnClock,
	type AlertRow
} from '#lib/alerts/server/index.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { alertSeals } from '#lib/alerts/server/genuine/schema.ts';
import { canaryOrigin } from '#lib/delivery/server/push/canary.ts';
import { follow, sendNow, toldOf, unfollow } from '#lib/delivery/server/index.ts';
import { messages, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import { municipalities } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { appRole, rows } from '#lib/platform/server/db.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { settleReader } from '../support/followers.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday, submitted, wildfire } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		let nomsa: Actor;
		let sipho: Actor;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			nomsa = await personOf(place.db, 'disaster-approver', monday);
			sipho = await personOf(place.db, 'disaster-officer', monday);
		});

		const after = (m: number) => later(monday, minutes(m));
		const at = ({ id }: Pick<AlertRow, 'id'>) => ({ municipalityId: kha, id });
		const read = async ({ id }: Pick<AlertRow, 'id'>) =>
			(await place.db.select().from(alerts).where(eq(alerts.id, id)))[0];

		/** Somebody who follows a ward by e-mail. */
		async function follower(name: string, ward: string) {
			const { personId } = await settleReader(place.db, name, `${name.toLowerCase()}@town.example`);
			const facts = {
				municipalityId: kha,
				subject: 'ward' as const,
				subjectId: ward,
				personId,
				channel: 'email' as const,
				because: 'asked' as const
			};
			await follow(place.db, facts, monday);
			return facts;
		}
		const heard = async (personId: string) =>
			(
				await place.db
					.select()
					.from(messages)
					.where(eq(messages.personId, personId))
					.orderBy(messages.createdAt)
			)
				.filter(({ channel, subject }) => channel === 'email' && subject === 'alert')
				.map(({ title }) => title);
		async function letOut(row: AlertRow, m: number) {
			await release(place.db, row.id, after(m));
			await sendNow(place.db, after(m));
			return await read(row);
		}
		/** What the database itself refuses: somebody with its keys changes what was approved. */
		async function forge(row: AlertRow, content: Frozen, contentHash = row.contentHash) {
			await place.db.execute(sql`set local role none`);
			await place.db.execute(sql`alter table alerts disable trigger user`);
			await place.db.update(alerts).set({ content, contentHash }).where(eq(alerts.id, row.id));
			await place.db.execute(sql`alter table alerts enable trigger user`);
			await place.db.execute(sql.raw(`set local role ${appRole}`));
		}
		const canaries = () =>
			place.db.$count(pushSubscriptions, eq(pushSubscriptions.origin, canaryOrigin));

		test('whoever follows the ward is told, nobody else is, and no canary stays behind', async () => {
			const aloe = await follower('Aloe', '99901007');
			const harbour = await follower('Harbour', '99901001');
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));

			expect(await letOut(approved, 2)).toMatchObject({ state: 'live', heldWhy: '' });
			expect(await heard(aloe.personId)).toEqual([
				'LEAVE NOW: WILDFIRE moving fast towards Aloe Ridge, north of Ridge Street'
			]);
			expect(await heard(harbour.personId)).toEqual([]);
			expect(await canaries()).toBe(0);
			const [told] = await toldOf(place.db, {
				municipalityId: kha,
				subject: 'alert',
				subjectId: pending.incidentId
			});
			expect(told).toMatchObject({ state: 'done', lost: 0, waiting: 0 });
			expect(await place.db.$count(alertSeals, eq(alertSeals.alertId, approved.id))).toBe(1);

			await release(place.db, approved.id, after(3));
			expect(await heard(aloe.personId)).toHaveLength(1);
		});

		test('what is not what was approved is held, nobody hears of it, and whoever is on duty is called', async () => {
			const aloe = await follower('Aloe', '99901007');
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			const wards = [...approved.content!.wards, { code: '99901001', name: 'Ward 1' }];
			await forge(approved, { ...approved.content!, wards });

			expect(await letOut(approved, 2)).toMatchObject({
				state: 'held',
				heldWhy: 'What it says or where is not what was approved.'
			});
			expect(await heard(aloe.personId)).toEqual([]);
			const calls = await place.db.select().from(messages).where(eq(messages.personId, sipho.id));
			expect(calls.map(({ subjectId }) => subjectId)).toContainEqual(
				expect.stringContaining(`alert/${approved.id}/held/`)
			);
		});

		test('a ward that was put in among those warned is found out, even under a forged hash', async () => {
			const aloe = await follower('Aloe', '99901007');
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			// Whoever forges the words forges their hash as well: the ring still finds a ward that lies elsewhere.
			const wards = [...approved.content!.wards, { code: '99901001', name: 'Ward 1' }];
			const content = { ...approved.content!, wards };
			await forge(approved, content, hashContent(content));
			expect(await letOut(approved, 2)).toMatchObject({
				state: 'held',
				heldWhy: 'A warned ward could not be found again.'
			});
			expect(await heard(aloe.personId)).toEqual([]);
		});

		test('one tap takes it back: everybody who heard it hears that, whatever they follow now', async () => {
			const aloe = await follower('Aloe', '99901007');
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			await letOut(approved, 2);
			await unfollow(place.db, aloe, after(3));
			const late = await follower('Late', '99901007');

			const cancel = await retractAlert(place.db, sipho, at(approved), after(4));
			expect(await letOut(cancel, 4)).toMatchObject({ state: 'live', kind: 'cancel' });
			expect(await read(approved)).toMatchObject({ state: 'retracted' });
			expect(await heard(aloe.personId)).toHaveLength(2);
			expect(await heard(late.personId)).toHaveLength(1);
			expect((await heard(aloe.personId))[1]).not.toBe((await heard(aloe.personId))[0]);
		});

		test('what a dead worker had in hand is let out by the next one', async () => {
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			const jobs = async () => {
				const [{ count }] = await rows<{ count: number }>(
					place.db,
					sql`select count(*)::int as count from pgboss.job where name = 'release-alert' and data->>'alertId' = ${approved.id}`
				);
				return count;
			};
			expect(await jobs()).toBe(1);
			await turnClock(place.db, later(after(1), 10_000));
			expect(await jobs()).toBe(1);
			await turnClock(place.db, after(2));
			expect(await jobs()).toBe(2);
		});

		/** The next version of a warning that is out, sent for approval by Sipho. */
		async function update(of: AlertRow, m: number) {
			const draftId = newId(after(m));
			const draft = await startUpdate(place.db, sipho, { ...at(of), draftId }, after(m));
			const { areaWish } = draft;
			const said = { ...wildfire(kha), ...at(draft), areaWish, nextUpdateAt: after(100) };
			await changeAlert(place.db, sipho, said, after(m));
			return await submitAlert(place.db, sipho, { municipalityId: kha, id: draftId }, after(m));
		}
		const approve = (row: AlertRow, m: number) => approveAlert(place.db, nomsa, at(row), after(m));

		test('of two updates the later goes out, and the earlier is held when it comes after it', async () => {
			const aloe = await follower('Aloe', '99901007');
			const first = await approve(await submitted(place.db, kha), 1);
			await letOut(first, 2);
			const second = await update(first, 3);
			const third = await update(first, 4);
			expect(await letOut(await approve(third, 5), 5)).toMatchObject({ state: 'live' });
			expect(await letOut(await approve(second, 6), 6)).toMatchObject({
				state: 'held',
				heldWhy: 'A newer version is out. Begin again from that one.'
			});
			expect(await read(third)).toMatchObject({ state: 'live' });
			expect(await heard(aloe.personId)).toHaveLength(2);
		});

		test('a tap on the version that was replaced a moment ago takes back what is in force', async () => {
			const first = await approve(await submitted(place.db, kha), 1);
			await letOut(first, 2);
			const second = await approve(await update(first, 3), 4);
			await letOut(second, 4);
			expect(await read(first)).toMatchObject({ state: 'superseded' });
			const cancel = await retractAlert(place.db, sipho, at(first), after(5));
			expect(cancel).toMatchObject({ kind: 'cancel', state: 'releasing' });
			expect(await read(second)).toMatchObject({ state: 'retracted' });
		});

		test('nothing is signed before it is out', async () => {
			const approved = await approve(await submitted(place.db, kha), 1);
			const alert = (await alertById(place.db, kha, approved.id))!;
			await expect(sealAlert(place.db, alert, after(1))).rejects.toThrow('is not out');
		});

		test('a release that never ends is held, a retraction is tried for ever', async () => {
			const approved = await approve(await submitted(place.db, kha), 1);
			await turnClock(place.db, after(5));
			expect(await read(approved)).toMatchObject({ state: 'held' });
		});

		test('an exercise is told to synthetic phones alone', async () => {
			const aloe = await follower('Aloe', '99901007');
			await place.db
				.update(municipalities)
				.set({ kind: 'exercise' })
				.where(eq(municipalities.id, kha));
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			expect(await letOut(approved, 2)).toMatchObject({ state: 'live', capStatus: 'exercise' });
			expect(await heard(aloe.personId)).toEqual([]);
		});

		test('nothing leaves after its end', async () => {
			const aloe = await follower('Aloe', '99901007');
			const pending = await submitted(place.db, kha);
			const approved = await approveAlert(place.db, nomsa, at(pending), after(1));
			expect(await letOut(approved, 8 * 60 + 1)).toMatchObject({ state: 'held' });
			expect(await heard(aloe.personId)).toEqual([]);
			const [{ open }] = await rows<{ open: number }>(
				place.db,
				sql`select count(*)::int as open from broadcasts where subject = 'alert'`
			);
			expect(open).toBe(0);
		});
	},
	(db) => settleKhanyisa(db, monday)
);
