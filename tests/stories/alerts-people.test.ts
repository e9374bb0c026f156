import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
	checkIn,
	doorsOf,
	endCall,
	helpQueue,
	knock,
	reachOf,
	release,
	approveAlert,
	retractAlert,
	takeCall,
	type AlertRow,
	type NewCheckIn
} from '#lib/alerts/server/index.ts';
import { checkIns } from '#lib/alerts/server/people/schema.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday, submitted } from '../support/warnings.ts';

const phone = (device: string): Asker => ({ actor: null, receipts: [], device, network: '' });

inBothDatabases(
	(place) => {
		let kha: string;
		let sipho: Actor;
		let nomsa: Actor;
		let warning: AlertRow;
		let number: string;

		const after = (m: number) => later(monday, minutes(m));
		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
			nomsa = await personOf(place.db, 'disaster-approver', monday);
			const pending = await submitted(place.db, kha);
			const at = { municipalityId: kha, id: pending.id };
			const approved = await approveAlert(place.db, nomsa, at, after(1));
			await release(place.db, approved.id, after(2));
			[warning] = await place.db.select().from(alerts).where(eq(alerts.id, approved.id));
			number = warning.content!.number;
		});

		const say = (device: string, more: Partial<NewCheckIn>, m = 5) =>
			checkIn(
				place.db,
				phone(device),
				{ id: newId(), municipalityId: kha, number, said: 'safe', ...more },
				after(m)
			);
		const help = (device: string, more: Partial<NewCheckIn> = {}, m = 5) =>
			say(device, { said: 'help', place: '12 Ridge Street', ...more }, m);
		const queue = (asked = {}) => helpQueue(place.db, sipho, kha, warning.incidentId, asked);
		const calls = async () => (await queue()).calls;
		const said = async () =>
			(await reachOf(place.db, sipho, warning, after(9))).wards.map((each) => each.said);

		test('the newest word of a phone counts, with everybody who is with it', async () => {
			await say('gogo', { people: 3 });
			await say('thabo', { said: 'left', people: 2 });
			expect(await said()).toEqual([{ safe: 3, left: 2, help: 0 }]);
			await say('gogo', { said: 'left', people: 4 }, 6);
			expect(await said()).toEqual([{ safe: 0, left: 6, help: 0 }]);
		});

		test('a call for help has its place in the queue, and what it says is read by those who answer it alone', async () => {
			expect(
				await help('gogo', { words: 'She cannot walk', phone: '082 555 0101', people: 2 })
			).toEqual({ before: 0 });
			expect(await help('thabo', { place: '14 Ridge Street' })).toEqual({ before: 1 });
			const [stored] = await place.db.select().from(checkIns).where(eq(checkIns.seq, 1));
			expect(stored.needSealed!.toString()).not.toContain('Ridge');
			expect(await calls()).toMatchObject([
				{ place: '12 Ridge Street', words: 'She cannot walk', phone: '082 555 0101', people: 2 },
				{ place: '14 Ridge Street' }
			]);
			const [first] = await calls();
			await takeCall(place.db, sipho, { municipalityId: kha, id: first.id }, after(6));
			await expect(
				takeCall(place.db, nomsa, { municipalityId: kha, id: first.id }, after(6))
			).rejects.toThrow('Sipho Dlamini is on the way already.');
			await expect(
				endCall(
					place.db,
					sipho,
					{ municipalityId: kha, id: first.id, ending: 'said_safe' },
					after(7)
				)
			).rejects.toThrow('Say what became of it.');
			await endCall(
				place.db,
				sipho,
				{ municipalityId: kha, id: first.id, ending: 'helped' },
				after(7)
			);
			expect(await calls()).toHaveLength(1);

			const resident: Actor = { ...sipho, id: newId(), grants: [] };
			await expect(helpQueue(place.db, resident, kha, warning.incidentId)).rejects.toMatchObject({
				status: 404
			});
		});

		test('whoever says that they are safe needs no help any more', async () => {
			await help('gogo');
			await say('gogo', { said: 'safe' }, 6);
			expect(await calls()).toEqual([]);
			expect(await said()).toEqual([{ safe: 1, left: 0, help: 0 }]);
		});

		test('sent twice it happens once, and nobody else can use its name', async () => {
			const id = newId();
			await help('gogo', { id });
			expect(await help('gogo', { id }, 6)).toEqual({ before: 0 });
			expect(await calls()).toHaveLength(1);
		});

		test.each([
			['nothing chosen', { said: 'fine' }, 400, 'said'],
			['a position far outside the area', { lat: '-33.9', lon: '18.4' }, 400, 'place'],
			['a ward that is not warned', { wardCode: '99901001' }, 400, 'ward'],
			['help, and nobody knows where', { said: 'help', place: ' ' }, 400, 'place'],
			['too many people', { people: '51' }, 400, 'people'],
			['half a person', { people: '0.5' }, 400, 'people'],
			[
				'words without an end',
				{ said: 'help', place: 'here', words: 'x'.repeat(501) },
				400,
				'words'
			],
			['a warning nobody knows', { number: 'AAA-AAA' }, 404, undefined]
		])('refused: %s', async (_, more, status, field) => {
			await expect(say('gogo', more as Partial<NewCheckIn>)).rejects.toMatchObject({
				status,
				...(field ? { field } : {})
			});
		});

		test('a position in the area is enough to be found', async () => {
			const [[[[lon, lat]]]] = warning.area!.coordinates;
			await help('gogo', { place: '', lat: String(lat), lon: String(lon) });
			expect((await calls())[0].place).toMatch(/^\(-33\.\d{5}, 28\.\d{5}\)$/);
		});

		test('once it was taken back nobody is asked any more', async () => {
			await retractAlert(place.db, sipho, { municipalityId: kha, id: warning.id }, after(6));
			await expect(say('gogo', {}, 7)).rejects.toMatchObject({ status: 409 });
		});

		test('a thousand calls over one network bury nobody: each is there, marked, and the others can come first', async () => {
			for (let i = 0; i < 55; i++)
				await checkIn(
					place.db,
					{ ...phone(`bot-${i}`), network: '197.0.2.1' },
					{
						id: newId(),
						municipalityId: kha,
						number,
						said: 'help',
						place: `${i} Nowhere Street`
					},
					after(5)
				);
			await help('gogo', { place: '12 Ridge Street' });
			const first = await queue();
			expect(first).toMatchObject({ total: 56, page: 1, pages: 2, flood: true });
			expect(first.calls).toHaveLength(50);
			expect(first.calls[0]).toMatchObject({ nth: 1, overNetwork: 55, signedIn: false });
			const last = (await queue({ page: 2 })).calls;
			expect(last.map(({ nth }) => nth)).toEqual([51, 52, 53, 54, 55, 56]);
			expect(last.at(-1)).toMatchObject({ place: '12 Ridge Street', overNetwork: 0 });
			const [gogo] = (await queue({ othersFirst: true })).calls;
			expect(gogo).toMatchObject({ nth: 1, place: '12 Ridge Street' });
			expect((await queue({ page: 99 })).page).toBe(2);
		});

		test('a phone that says it for ever is held back', async () => {
			for (let i = 0; i < 20; i++) await say('gogo', {});
			await expect(say('gogo', {})).rejects.toMatchObject({ status: 429 });
			await say('thabo', {});
		});

		test('each place is knocked at once, and everybody sees who goes where', async () => {
			const { doors: all } = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(all.map((each) => each.place)).toEqual([...warning.content!.places].sort());
			const [door] = all;
			const at = { municipalityId: kha, id: door.id };
			await knock(place.db, sipho, { ...at, done: false }, after(6));
			await expect(knock(place.db, nomsa, { ...at, done: false }, after(6))).rejects.toThrow(
				'Sipho Dlamini goes there already.'
			);
			await knock(place.db, sipho, { ...at, done: true }, after(8));
			const { doors: left } = await doorsOf(place.db, sipho, kha, warning.incidentId);
			expect(left.filter(({ doneAt }) => doneAt)).toHaveLength(1);
		});
	},
	(db) => settleKhanyisa(db, monday)
);
