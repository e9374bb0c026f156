import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
	approveAlert,
	askFamily,
	checkIn,
	doorsOf,
	dropHand,
	eraseHands,
	helpQueue,
	keepHand,
	myHand,
	openRegister,
	release,
	retractAlert,
	type AlertRow,
	type NewCheckIn,
	type NewHand
} from '#lib/alerts/server/index.ts';
import { familyConsents, handOpenings, hands } from '#lib/alerts/server/people/schema.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { changeMySettings } from '#lib/delivery/server/index.ts';
import { concealedPayload } from '#lib/delivery/server/broadcast/payload.ts';
import { spokenBy } from '#lib/delivery/server/broadcast/said.ts';
import { broadcasts } from '#lib/delivery/server/broadcast/schema.ts';
import { exportPerson } from '#lib/issues/server/index.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import '../../src/schedule.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday, submitted } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		let sipho: Actor;
		let thandi: Actor;
		let warning: AlertRow;

		const after = (m: number) => later(monday, minutes(m));
		const at = () => ({ municipalityId: kha, incidentId: warning.incidentId });
		const asker = (device: string, actor: Actor | null = null): Asker => ({
			actor,
			receipts: [],
			device,
			network: ''
		});

		/** A wildfire above Aloe Ridge, live. */
		async function burn() {
			const nomsa = await personOf(place.db, 'disaster-approver', monday);
			const pending = await submitted(place.db, kha);
			await approveAlert(place.db, nomsa, { municipalityId: kha, id: pending.id }, after(1));
			await release(place.db, pending.id, after(2));
			[warning] = await place.db.select().from(alerts).where(eq(alerts.id, pending.id));
		}
		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
			thandi = await personOf(place.db, 'resident', monday);
		});

		const family = { name: 'Thandi', phone: '082 000 0101' };
		const say = (who: Asker, more: Partial<NewCheckIn> = {}, m = 5) =>
			checkIn(
				place.db,
				who,
				{
					id: newId(),
					municipalityId: kha,
					number: warning.content!.number,
					said: 'safe',
					...more
				},
				after(m)
			);
		const ask = (more: Partial<typeof family> = {}, device = 'aunt') =>
			askFamily(
				place.db,
				asker(device),
				{ municipalityId: kha, number: warning.content!.number, ...family, ...more },
				after(8)
			);

		test('family hears that somebody is safe when they allowed it, and by name and number alone', async () => {
			await burn();
			await say(asker('thandi', thandi), { family });
			expect(await ask({ name: ' THÁNDI', phone: '+27 82 000 0101' })).toEqual({
				said: 'safe',
				at: after(5)
			});
			expect(await ask({ name: 'Zanele' })).toBeNull();
			expect(await ask({ phone: '082 555 0143' })).toBeNull();
			const [kept] = await place.db.select().from(familyConsents);
			expect(JSON.stringify(kept)).not.toMatch(/thandi|20000101/i);
			const asked = await place.db
				.select()
				.from(auditEntries)
				.where(eq(auditEntries.deed, 'alert.family_asked'));
			expect(asked.map(({ details }) => details)).toEqual([
				{ answered: true },
				{ answered: false },
				{ answered: false }
			]);
		});

		test('who says it later under the same name and number takes nobody’s answer away', async () => {
			await burn();
			await say(asker('thandi', thandi), { family });
			await say(asker('a-stranger'), { said: 'left', family }, 6);
			expect(await ask()).toEqual({ said: 'safe', at: after(5) });
		});

		test.each<[string, () => Promise<unknown>]>([
			['nobody said anything', async () => {}],
			['they did not allow it', () => say(asker('thandi', thandi))],
			['they have no account to prove the number with', () => say(asker('thandi'), { family })],
			[
				'somebody else said it under their name and number',
				async () => say(asker('ayanda', await personOf(place.db, 'resident-2', monday)), { family })
			],
			[
				'they need help',
				() => say(asker('thandi', thandi), { said: 'help', place: '12 Ridge Street', family })
			],
			[
				'they said something newer without it',
				async () => {
					await say(asker('thandi', thandi), { family });
					await say(asker('thandi', thandi), {}, 6);
				}
			],
			[
				'they are concealed',
				async () => {
					await say(asker('thandi', thandi), { family });
					await changeMySettings(place.db, thandi, { concealed: true }, after(6));
				}
			],
			[
				'they called for a neighbour',
				() => say(asker('thandi', thandi), { forOther: true, family })
			]
		])('family hears the same nothing where %s', async (_, before) => {
			await burn();
			await before();
			expect(await ask()).toBeNull();
		});

		test('nobody asks through the whole phone book', async () => {
			await burn();
			await expect(ask({ name: '' })).rejects.toMatchObject({ status: 400, field: 'name' });
			await expect(ask({ phone: 'x' })).rejects.toMatchObject({ status: 400, field: 'phone' });
			for (let i = 0; i < 10; i++) await ask({ phone: `08255501${10 + i}` });
			await expect(ask()).rejects.toMatchObject({ status: 429 });
			await expect(
				say(asker('thandi'), { family: { name: 'Thandi', phone: '' } })
			).rejects.toMatchObject({ status: 400, field: 'family_name' });
		});

		test('a call for the neighbours is theirs: who calls stays safe', async () => {
			await burn();
			await say(asker('thandi', thandi));
			await say(asker('thandi', thandi), {
				said: 'help',
				place: '14 Ridge Street',
				forOther: true
			});
			await say(asker('thandi', thandi), {}, 6);
			const { calls } = await helpQueue(place.db, sipho, kha, warning.incidentId);
			expect(calls.map((each) => each.place)).toEqual(['14 Ridge Street']);
		});

		const hand = (more: Partial<NewHand> = {}): NewHand => ({
			municipalityId: kha,
			wardCode: warning.content!.wards[0].code,
			people: '2',
			place: '12 Ridge Street',
			words: 'A wheelchair',
			phone: '082 555 0142',
			agreed: true,
			...more
		});

		test('whoever asked for a hand is the first door, and is read by whoever opens the register, while it burns', async () => {
			await burn();
			await keepHand(place.db, thandi, hand(), monday);
			const [stored] = await place.db.select().from(hands);
			expect(stored.sealed.toString()).not.toContain('Ridge');
			await openRegister(place.db, sipho, at(), after(3));
			await openRegister(place.db, sipho, at(), after(4));
			const { doors, registerOpen } = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(registerOpen).toBe(true);
			expect(doors[0]).toMatchObject({
				needsHand: true,
				hand: { place: '12 Ridge Street', words: 'A wheelchair', people: 2 }
			});
			expect(doors.length).toBe(warning.content!.places.length + 1);
			const opened = await place.db
				.select()
				.from(auditEntries)
				.where(eq(auditEntries.deed, 'hand.opened'));
			expect(opened).toMatchObject([{ actorId: sipho.id, thingId: warning.id }]);
			await expect(place.db.transaction((tx) => tx.delete(handOpenings))).rejects.toThrow();

			const nomsa = await personOf(place.db, 'disaster-approver', monday);
			const unopened = await doorsOf(place.db, nomsa, kha, warning.incidentId);
			expect(unopened).toMatchObject({ registerOpen: false, mayOpen: true });
			expect(unopened.doors[0]).toMatchObject({ needsHand: true, hand: null, place: '' });

			await retractAlert(place.db, sipho, { municipalityId: kha, id: warning.id }, after(6));
			const over = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(over.doors[0].hand).toBeNull();
			await expect(openRegister(place.db, nomsa, at(), after(7))).rejects.toMatchObject({
				status: 409
			});
			const lindiwe = await personOf(place.db, 'councillor', monday);
			await expect(openRegister(place.db, lindiwe, at(), after(7))).rejects.toMatchObject({
				status: 404
			});
		});

		test('a warning lays the doors of those who asked before', async () => {
			await burn();
			const { code } = warning.content!.wards[0];
			await retractAlert(place.db, sipho, { municipalityId: kha, id: warning.id }, after(6));
			await keepHand(place.db, thandi, hand({ wardCode: code }), after(7));
			await burn();
			const { doors } = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(doors.filter(({ needsHand }) => needsHand)).toHaveLength(1);
		});

		test.each<[string, Partial<NewHand>, string]>([
			['without agreeing', { agreed: false }, 'agreed'],
			['without a place', { place: ' ' }, 'place'],
			['a ward of nowhere', { wardCode: '1' }, 'ward'],
			['half a person', { people: '1.5' }, 'people'],
			['words without an end', { words: 'x'.repeat(501) }, 'words']
		])('nothing is kept %s', async (_, more, field) => {
			await burn();
			await expect(keepHand(place.db, thandi, hand(more), monday)).rejects.toMatchObject({
				status: 400,
				field
			});
			expect(await place.db.$count(hands)).toBe(0);
		});

		test('it is told to whoever it is about, and leaves with them', async () => {
			await burn();
			await keepHand(place.db, thandi, hand(), monday);
			await keepHand(place.db, thandi, hand({ words: 'Oxygen' }), after(1));
			expect(await myHand(place.db, thandi, kha)).toMatchObject({ words: 'Oxygen', people: 2 });
			expect(await exportPerson(place.db, thandi.id)).toMatchObject({
				needsAHand: [{ place: '12 Ridge Street', words: 'Oxygen' }]
			});
			await openRegister(place.db, sipho, at(), after(3));
			await dropHand(place.db, thandi, kha, after(4));
			await dropHand(place.db, thandi, kha, after(4));
			expect(await myHand(place.db, thandi, kha)).toBeNull();
			const { doors } = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(doors.some(({ needsHand }) => needsHand)).toBe(false);

			await keepHand(place.db, thandi, hand(), after(5));
			await eraseHands(place.db, thandi.id);
			expect(await place.db.$count(hands)).toBe(0);
		});

		test('the phone of somebody concealed shows no word of the warning', async () => {
			await burn();
			const [broadcast] = await place.db
				.select()
				.from(broadcasts)
				.where(eq(broadcasts.deed, `alert/${warning.id}`));
			const spoken = await spokenBy(place.db, broadcast.no);
			const words = spoken.words('web_push', 'en');
			const { notification } = JSON.parse(concealedPayload(spoken, words).toString());
			expect(notification).toMatchObject({
				title: 'News from your municipality',
				silent: true,
				requireInteraction: false,
				navigate: spoken.url
			});
			expect(notification).not.toHaveProperty('body');
			expect(notification).not.toHaveProperty('actions');
		});
	},
	(db) => settleKhanyisa(db, monday)
);
