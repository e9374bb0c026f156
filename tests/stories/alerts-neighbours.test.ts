import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import {
	approveAlert,
	becomeNeighbours,
	callNeighbours,
	checkIn,
	eraseNeighbours,
	exportNeighbours,
	makeNeighbourCode,
	myNeighbours,
	partNeighbours,
	release,
	type AlertRow
} from '#lib/alerts/server/index.ts';
import { neighbourCalls } from '#lib/alerts/server/people/schema.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { noteSeen } from '#lib/delivery/server/index.ts';
import { audiences, broadcasts } from '#lib/delivery/server/broadcast/schema.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { toldMark } from '#lib/delivery/server/broadcast/told-mark.ts';
import { attachContact, keepContact, readContact } from '#lib/identity/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday, submitted } from '../support/warnings.ts';

inBothDatabases((place) => {
	let kha: string;
	let thandi: Actor;
	let ayanda: Actor;
	const after = (m: number) => later(monday, minutes(m));
	const before = later(monday, -days(1));

	beforeEach(async () => {
		kha = (await khanyisa(place.db)).id;
		thandi = await personOf(place.db, 'resident', monday);
		ayanda = await personOf(place.db, 'resident-2', monday);
	});
	const codeOf = async (who: Actor, now = before) => {
		await makeNeighbourCode(place.db, who, kha, now);
		return (await myNeighbours(place.db, who, kha, now)).code!.code;
	};
	const join = (who: Actor, code: string, now = before) =>
		becomeNeighbours(place.db, who, { municipalityId: kha, code }, now);
	const namesOf = async (who: Actor) =>
		(await myNeighbours(place.db, who, kha, before)).neighbours.map(({ name }) => name);

	test('Thandi gives Ayanda a code; it works once, for seven days, however it is typed', async () => {
		const old = await codeOf(thandi);
		const code = await codeOf(thandi);
		await expect(join(ayanda, old)).rejects.toMatchObject({ status: 400, field: 'code' });
		await expect(join(ayanda, code, later(before, days(7)))).rejects.toMatchObject({ status: 400 });
		await expect(join(thandi, code)).rejects.toThrow('your own');
		await join(ayanda, ` ${code.toLowerCase().replace('-', ' ')} `);
		expect([await namesOf(thandi), await namesOf(ayanda)]).toEqual([[ayanda.name], [thandi.name]]);
		const pumla = await personOf(place.db, 'agent', monday);
		await expect(join(pumla, code)).rejects.toMatchObject({ status: 400 });
		await expect(join(ayanda, await codeOf(thandi))).rejects.toThrow('already');
		await partNeighbours(place.db, thandi, { municipalityId: kha, otherId: ayanda.id }, before);
		expect([await namesOf(thandi), await namesOf(ayanda)]).toEqual([[], []]);
	});

	test('nobody has three, on either side, and no account is its own neighbour', async () => {
		const [pumla, riaan] = [
			await personOf(place.db, 'agent', monday),
			await personOf(place.db, 'department-officer', monday)
		];
		await join(ayanda, await codeOf(thandi));
		const left = await codeOf(thandi);
		await join(thandi, await codeOf(pumla));
		await expect(codeOf(thandi)).rejects.toMatchObject({ status: 409 });
		await expect(join(riaan, left)).rejects.toThrow('two neighbours');
		await expect(join(thandi, await codeOf(riaan))).rejects.toThrow('You have two');

		const contact = await keepContact(place.db, readContact('riaan@home.example')!, before);
		for (const { id } of [riaan, pumla])
			await attachContact(
				place.db,
				{ personId: id, contactPointId: contact.id, verified: true, purpose: 'service' },
				before
			);
		await expect(join(pumla, await codeOf(riaan))).rejects.toThrow('your own');
	});

	test('ten guesses an hour, those that fail too; two at once pair once', async () => {
		const code = await codeOf(ayanda);
		const both = await Promise.allSettled([join(thandi, code), join(thandi, code)]);
		expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (let n = 0; n < 8; n++)
			await expect(join(thandi, 'BBB-BBB')).rejects.toMatchObject({ status: 400 });
		await expect(join(thandi, 'BBB-BBB')).rejects.toMatchObject({ status: 429 });
	});

	test('it goes with who is erased, and is told to who asks for their data', async () => {
		await join(ayanda, await codeOf(thandi));
		expect(await exportNeighbours(place.db, thandi.id)).toMatchObject([{ name: ayanda.name }]);
		await eraseNeighbours(place.db, ayanda.id);
		expect(await namesOf(thandi)).toEqual([]);
	});

	/** Out to both: what Ayanda's and Thandi's phones were sent. */
	async function warned(more = {}): Promise<{ warning: AlertRow; marks: Record<string, string> }> {
		const nomsa = await personOf(place.db, 'disaster-approver', monday);
		const pending = await submitted(place.db, kha, monday, more);
		const approved = await approveAlert(
			place.db,
			nomsa,
			{ municipalityId: kha, id: pending.id },
			monday
		);
		await release(place.db, approved.id, monday);
		const [warning] = await place.db.select().from(alerts).where(eq(alerts.id, approved.id));
		const [broadcast] = await place.db
			.select()
			.from(broadcasts)
			.where(eq(broadcasts.deed, `alert/${warning.id}`));
		const marks: Record<string, string> = {};
		for (const [n, { id }] of [thandi, ayanda].entries()) {
			const row = {
				broadcastNo: broadcast.no,
				n: 900_000 + n,
				ring: 0,
				laneId: 1,
				personId: id,
				ward: '99901007',
				language: 'en'
			};
			await place.db.insert(audiences).values(row);
			marks[id] = toldMark(broadcast.id, row.n);
		}
		return { warning, marks };
	}
	const open = (mark: string) =>
		noteSeen(place.db, { network: '' }, { told: mark, stage: 'opened' }, after(1));
	const asked = async () =>
		(
			await place.db
				.select({ to: messages.personId, title: messages.title, channel: messages.channel })
				.from(messages)
				.where(eq(messages.subject, 'channel'))
		).filter(({ title }) => title.includes('has not answered'));

	test('after three minutes the one who is awake is asked to knock, once, by every way', async () => {
		await join(ayanda, await codeOf(thandi));
		const { warning, marks } = await warned();
		expect(await callNeighbours(place.db, after(4))).toBe(0);
		await open(marks[ayanda.id]);
		expect(await callNeighbours(place.db, after(2))).toBe(0);
		expect(await callNeighbours(place.db, after(3))).toBe(1);
		expect(await callNeighbours(place.db, after(4))).toBe(0);
		const calls = await asked();
		expect(new Set(calls.map(({ to }) => to))).toEqual(new Set([ayanda.id]));
		expect(calls.map(({ channel }) => channel)).toEqual(expect.arrayContaining(['inbox', 'sms']));
		expect(calls[0].title).toContain(thandi.name);
		expect(await place.db.select().from(neighbourCalls)).toMatchObject([
			{ alertId: warning.id, personId: thandi.id, otherId: ayanda.id }
		]);
	});

	test('who opened it, or said how they are, sleeps no more; after half an hour nobody is sent', async () => {
		await join(ayanda, await codeOf(thandi));
		const { warning, marks } = await warned();
		await open(marks[ayanda.id]);
		expect(await callNeighbours(place.db, after(31))).toBe(0);
		await checkIn(
			place.db,
			{ actor: thandi, receipts: [], device: 'd', network: '' },
			{
				id: newId(),
				municipalityId: kha,
				number: warning.content!.number,
				said: 'left',
				wardCode: warning.content!.wards[0].code
			},
			after(2)
		);
		expect(await callNeighbours(place.db, after(5))).toBe(0);
	});

	test('a check-in alone makes somebody awake', async () => {
		await join(ayanda, await codeOf(thandi));
		const { warning } = await warned();
		await checkIn(
			place.db,
			{ actor: thandi, receipts: [], device: 'd', network: '' },
			{
				id: newId(),
				municipalityId: kha,
				number: warning.content!.number,
				said: 'safe',
				wardCode: warning.content!.wards[0].code
			},
			after(2)
		);
		expect(await callNeighbours(place.db, after(5))).toBe(1);
		expect((await asked())[0].to).toBe(thandi.id);
	});

	test('nobody is sent into smoke: only for a warning that tells both to leave', async () => {
		await join(ayanda, await codeOf(thandi));
		const { marks } = await warned({ template: 'hazardous_smoke' });
		await open(marks[ayanda.id]);
		expect(await callNeighbours(place.db, after(4))).toBe(0);
	});
}, settleKhanyisa);
