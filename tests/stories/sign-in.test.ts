import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	beginSignIn,
	findVisit,
	openSession,
	peopleOfTry,
	proveCode,
	settleSignIn,
	type SentCode
} from '#lib/identity/server/index.ts';
import { contactPoints, municipalities, people } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, hours, later, minutes } from '#lib/platform/time.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { inBothDatabases, inBothDatabasesForReal } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const khanyisa = newId();
const settle = async (db: Db) => {
	await db
		.insert(municipalities)
		.values({ id: khanyisa, code: 'KHA', name: 'Khanyisa', kind: 'B', active: true });
};

const thandisPhone = { device: 'thandis-phone', network: '196.25.1' };
const strangersPhone = { device: 'strangers-phone', network: '41.1.1' };
const number = '082 000 0101';

/** Asks for a code and reads the message that carries it. */
async function askForCode(db: Db, contact = number, from = thandisPhone, now = noon) {
	let sent: SentCode | undefined;
	const { tryId } = await beginSignIn(
		db,
		{ contact, from },
		async (_tx, each) => {
			sent = each;
		},
		now
	);
	return { tryId, code: sent!.code, contactPointId: sent!.contact.id };
}

const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function comeIn(db: Db, from = thandisPhone, who?: string, now = noon) {
	const { tryId, code } = await askForCode(db, number, from, now);
	const proved = await proveCode(db, { tryId, code, device: from.device }, now);
	const settled = await settleSignIn(
		db,
		{ tryId, device: from.device, who, language: 'zu', municipalityId: khanyisa },
		now
	);
	return { ...proved, ...settled };
}

inBothDatabases((place) => {
	test('Thandi types the code and is somebody from then on', async () => {
		const { tryId, code, contactPointId } = await askForCode(place.db);
		expect(code).toMatch(/^\d{6}$/);
		const proved = await proveCode(
			place.db,
			{ tryId, code: `${code.slice(0, 3)} ${code.slice(3)}`, device: 'thandis-phone' },
			noon
		);
		expect(proved).toEqual({ contactPointId, personId: null, ask: false });
		const first = await settleSignIn(
			place.db,
			{ tryId, device: 'thandis-phone', language: 'zu', municipalityId: khanyisa },
			noon
		);
		expect(first.alone).toBe(true);

		const again = await comeIn(place.db, thandisPhone, undefined, later(noon, days(3)));
		expect(again).toMatchObject({ ask: false, personId: first.personId });
	});

	test('the code is nowhere in the database', async () => {
		const { code } = await askForCode(place.db);
		const kept = JSON.stringify(await place.db.select().from(contactPoints));
		expect(kept).not.toContain(code);
		expect(kept).not.toContain('820000101');
	});

	test('five wrong tries end a code, and the right one no longer helps', async () => {
		const { tryId, code } = await askForCode(place.db);
		const guess = (digits: string) =>
			proveCode(place.db, { tryId, code: digits, device: 'thandis-phone' }, noon);
		for (const left of ['4 tries', '3 tries', '2 tries', '1 try'])
			await expect(guess(another(code))).rejects.toThrow(`You have ${left} left`);
		await expect(guess(another(code))).rejects.toThrow('Five wrong tries');
		await expect(guess(code)).rejects.toThrow('Five wrong tries');
	});

	test('a code that is too old, used, stolen or malformed lets nobody in', async () => {
		const { tryId, code } = await askForCode(place.db);
		const prove = (facts: Partial<{ tryId: string; code: string; device: string }>, now = noon) =>
			proveCode(place.db, { tryId, code, device: 'thandis-phone', ...facts }, now);
		await expect(prove({}, later(noon, minutes(10)))).rejects.toThrow('too old');
		await expect(prove({ device: 'strangers-phone' })).rejects.toThrow('on this device');
		await expect(prove({ tryId: newId() })).rejects.toThrow('on this device');
		await expect(prove({ tryId: "' or 1=1" })).rejects.toThrow('on this device');
		await expect(prove({ code: '12' })).rejects.toThrow('six digits');
		await prove({});
		await expect(prove({})).rejects.toThrow('has been used');
	});

	test('a proved code settles once, for ten minutes, on its own device', async () => {
		const { tryId, code } = await askForCode(place.db);
		const settleIt = (device: string, now: Date) =>
			settleSignIn(place.db, { tryId, device, language: 'en', municipalityId: khanyisa }, now);
		await expect(settleIt('thandis-phone', noon)).rejects.toThrow('too old');
		await proveCode(place.db, { tryId, code, device: 'thandis-phone' }, noon);
		await expect(settleIt('strangers-phone', noon)).rejects.toThrow('too old');
		await expect(settleIt('thandis-phone', later(noon, minutes(10)))).rejects.toThrow('too old');
		await settleIt('thandis-phone', noon);
		await expect(settleIt('thandis-phone', noon)).rejects.toThrow('too old');
	});

	test('two people share a phone: each says who they are, and a stranger to it begins anew', async () => {
		const thandi = await comeIn(place.db);
		const ayanda = await comeIn(place.db, { ...thandisPhone }, 'anew', later(noon, hours(1)));
		expect(ayanda.personId).not.toBe(thandi.personId);
		expect(ayanda.alone).toBe(false);

		const later1 = later(noon, hours(2));
		const { tryId, code } = await askForCode(place.db, number, thandisPhone, later1);
		const { ask } = await proveCode(place.db, { tryId, code, device: 'thandis-phone' }, later1);
		expect(ask).toBe(true);
		const choices = await peopleOfTry(place.db, tryId, 'thandis-phone', later1);
		expect(choices?.map(({ id }) => id)).toEqual([thandi.personId, ayanda.personId]);
		expect(await peopleOfTry(place.db, tryId, 'strangers-phone', later1)).toBeUndefined();

		const choose = (who?: string) =>
			settleSignIn(
				place.db,
				{ tryId, device: 'thandis-phone', who, language: 'en', municipalityId: khanyisa },
				later1
			);
		await expect(choose()).rejects.toThrow('Choose who you are');
		const [riaan] = await place.db
			.insert(people)
			.values({ id: newId(), name: 'Riaan Mabuza' })
			.returning();
		await expect(choose(riaan.id)).rejects.toThrow('Choose who you are');
		expect((await choose(ayanda.personId)).personId).toBe(ayanda.personId);
	});

	test('a number nobody proved for half a year is asked about again', async () => {
		await comeIn(place.db);
		const { ask, since } = await comeIn(
			place.db,
			strangersPhone,
			undefined,
			later(noon, days(181))
		);
		expect(ask).toBe(true);
		expect(since).toEqual(later(noon, days(1)));
	});

	test.each([
		['', 'Give your phone number'],
		['call me', 'neither a phone number'],
		['31234', 'neither a phone number'],
		['0800 123 456', 'cannot get an SMS']
	])('%j gets no code', async (contact, words) => {
		await expect(askForCode(place.db, contact)).rejects.toMatchObject({
			status: 400,
			field: 'contact',
			message: expect.stringContaining(words)
		});
	});

	test('strangers who ask for codes do not use up what Thandi has on her own phone', async () => {
		await comeIn(place.db);
		// Her own first code, from a phone not known yet, was the first of ten.
		for (let i = 0; i < 9; i++)
			await askForCode(place.db, number, { ...strangersPhone, device: `stranger-${i}` });
		await expect(askForCode(place.db, number, strangersPhone)).rejects.toMatchObject({
			status: 429,
			message: expect.stringContaining('ask again after 13:00')
		});
		await comeIn(place.db, thandisPhone, undefined, later(noon, minutes(1)));
		await askForCode(place.db, number, strangersPhone, later(noon, hours(1)));
	});

	test('a session cookie that was made up, changed or has run out opens nothing', async () => {
		const { personId } = await comeIn(place.db);
		const { token } = await openSession(place.db, personId, { kind: 'resident' });
		expect((await findVisit(place.db, token))?.actor.id).toBe(personId);
		expect(await findVisit(place.db, token.slice(0, -1))).toBeNull();
		expect(await findVisit(place.db, 'x'.repeat(43))).toBeNull();
		const staff = await openSession(place.db, personId, { kind: 'staff' }, noon);
		expect(await findVisit(place.db, staff.token, later(noon, minutes(30)))).toBeNull();
		expect(await findVisit(place.db, staff.token, noon)).toBeNull();
	});
}, settle);

inBothDatabasesForReal((place) => {
	test('asking again and again is counted in the database, whoever serves it', async () => {
		const { db } = place.database;
		const asked = await Promise.allSettled(
			Array.from({ length: 12 }, () => askForCode(db, '082 000 0199', thandisPhone))
		);
		expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
		for (const answer of asked)
			if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 429 });
		const [kept] = await db.select().from(contactPoints).where(eq(contactPoints.kind, 'phone'));
		expect(kept.masked).toBe('•••• 0199');
	});
}, settle);
