import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import {
	addMember,
	addSite,
	assessHousehold,
	assign,
	cardPage,
	declareLink,
	decidePair,
	findHouseholds,
	householdByCard,
	householdPage,
	memberDied,
	moveHousehold,
	openEvent,
	openPairs,
	pairPage,
	registerHousehold,
	replaceCard,
	splitHousehold
} from '#lib/aid/server/index.ts';
import type { NewMember, Registration } from '#lib/aid/household.ts';
import {
	aidAssessments,
	aidCards,
	aidHouseholds,
	aidMatches,
	aidMembers,
	aidPairs
} from '#lib/aid/server/schema.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { contactIndex, readPhone } from '#lib/identity/server/index.ts';
import {
	contactPoints,
	departments,
	grants,
	personContacts,
	privateViews
} from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { faultOf, type Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { inBothDatabases } from '../support/story.ts';
import { khanyisa, personOf } from '../support/scene.ts';

const now = new Date();

inBothDatabases(
	(place) => {
		let sipho: Actor, neo: Actor, precious: Actor, mandla: Actor;
		let municipalityId: string, eventId: string, site: string, otherSite: string;

		const head: Omit<Registration, 'id' | 'siteId'> = {
			given: 'Thandiwe',
			surname: 'Mthembu',
			birth: '1985-03-12',
			sex: 'female',
			disability: false,
			documentKind: 'none',
			documentNumber: '',
			documentReason: 'Burnt with the house',
			phone: '',
			nameFrom: 'said',
			birthFrom: 'said',
			witness: '',
			stay: 'shelter',
			address: '14 Ntaba Street',
			wardCode: '99901007',
			damage: 'destroyed',
			needs: ['food', 'clothing'],
			foundBy: 'said'
		};
		const register = (more: Partial<Registration> = {}, at = now, actor = neo) =>
			registerHousehold(
				place.db,
				actor,
				{ ...head, id: newId(), siteId: site, eventId, ...more },
				at
			);
		const member = (householdId: string, more: Partial<NewMember> = {}, at = now) =>
			addMember(
				place.db,
				neo,
				{
					...head,
					given: 'Sipho',
					sex: 'male',
					birth: '2015-05-05',
					relation: 'child',
					householdId,
					...more
				},
				at
			);
		const told = (deed: Promise<unknown>) =>
			deed.then(
				() => 'done',
				({ status, field, message }) => `${status} ${field}: ${message}`
			);
		const someoneElse = {
			given: 'Pieter',
			surname: 'Visagie',
			birth: '1960-07-01',
			sex: 'male',
			address: '2 Mill Road'
		} as const;
		const codeOf = async (id: string) =>
			(await cardPage(place.db, neo, id, later(now, hours(5)))).code;
		const kinds = async (id: string) =>
			(await householdPage(place.db, neo, id)).history.map(({ kind }) => kind);

		beforeEach(async () => {
			[sipho, neo, precious, mandla] = [
				await personOf(place.db, 'disaster-officer'),
				await personOf(place.db, 'aid-registrar'),
				await personOf(place.db, 'aid-adjudicator'),
				await personOf(place.db, 'aid-distributor')
			];
			municipalityId = (await khanyisa(place.db)).id;
			const agencyId = newId();
			await place.db.insert(departments).values({
				id: agencyId,
				municipalityId,
				code: 'open-hands',
				name: 'Open Hands',
				kind: 'agency'
			});
			eventId = await openEvent(
				place.db,
				sipho,
				{ municipalityId, name: 'Wildfire', kind: 'fire' },
				now
			);
			const facts = { eventId, agencyId, wardCode: '99901007', address: '' };
			site = await addSite(place.db, sipho, { ...facts, name: 'Stadium' }, now);
			otherSite = await addSite(place.db, sipho, { ...facts, name: 'Mosque' }, now);
			for (const [person, role, at] of [
				[neo, 'registrar', site],
				[precious, 'adjudicator', site],
				[precious, 'adjudicator', otherSite],
				[mandla, 'distributor', site]
			] as const)
				await assign(
					place.db,
					sipho,
					{ eventId, at: `site:${at}`, personId: person.id, role },
					now
				);
		});

		test('Neo registers a family whose papers burnt, and they have a card', async () => {
			const id = await register();
			await member(id, { documentKind: 'sa_id', documentNumber: '800101 5009 087', birth: '' });
			const { household, waiting } = await householdPage(place.db, neo, id, later(now, minutes(1)));
			expect(household).toMatchObject({
				stay: 'shelter',
				site: 'Stadium',
				priorities: [],
				assessment: { damage: 'destroyed', needs: ['food', 'clothing'] },
				members: [
					{
						given: 'Thandiwe',
						isHead: true,
						documentKind: 'none',
						documentReason: 'Burnt with the house'
					},
					{ given: 'Sipho', birth: '1980-01-01', birthFrom: 'document', documentEnd: '087' }
				]
			});
			expect(waiting).toBe(0);
			expect(JSON.stringify(household)).not.toContain('8001015009087');
			expect(await kinds(id)).toEqual(
				expect.arrayContaining(['registered', 'assessed', 'card_issued', 'member_added'])
			);
			expect(await householdByCard(place.db, eventId, (await codeOf(id)).toLowerCase())).toBe(id);
			const views = await place.db
				.select()
				.from(privateViews)
				.where(eq(privateViews.subjectId, id));
			expect(views.length).toBeGreaterThan(0);
			const deeds = await place.db.select().from(auditEntries).where(eq(auditEntries.thingId, id));
			expect(deeds.map(({ deed }) => deed)).toContain('aid_household.registered');
			expect(JSON.stringify(deeds)).not.toMatch(/Thandiwe|Mthembu|Burnt/);
		});

		test('numbers are sealed, and nothing in the tables can be read back', async () => {
			await register({
				documentKind: 'sa_id',
				documentNumber: '8001015009087',
				phone: '082 000 0199'
			});
			const [row] = await place.db.select().from(aidMembers);
			expect(row.documentSealed!.toString('latin1')).not.toContain('8001015009087');
			expect(row).toMatchObject({ documentEnd: '087', phoneEnd: '199' });
			const everything =
				JSON.stringify(await place.db.select().from(aidMatches)) + row.documentIndex;
			expect(everything).not.toMatch(/8001015009087|27820000199|0820000199/);
		});

		// prettier-ignore
		test.each<[string, Partial<Registration>, string]>([
		['13 zeros pass Luhn and have no date', { documentKind: 'sa_id', documentNumber: '0000000000000' }, 'documentNumber'],
		['a digit is wrong', { documentKind: 'sa_id', documentNumber: '9202204720082' }, 'documentNumber'],
		['a passport without a number', { documentKind: 'passport' }, 'documentNumber'],
		['a number too long', { documentKind: 'passport', documentNumber: 'X'.repeat(25) }, 'documentNumber'],
		['none, without a reason', { documentReason: '' }, 'documentReason'],
		['none, with a number', { documentNumber: 'A1234567' }, 'documentKind'],
		['born tomorrow', { birth: later(now, hours(60)).toISOString().slice(0, 10) }, 'birth'],
		['born on a day that is none', { birth: '1985-02-30' }, 'birth'],
		['a telephone that is none', { phone: '12345' }, 'phone'],
		['vouched for by nobody', { nameFrom: 'witness' }, 'witness'],
		['a ward of another municipality', { wardCode: '99902001' }, 'wardCode']
	])('%s: the field is named, and nothing is kept', async (_, more, field) => {
		await expect(register(more)).rejects.toMatchObject({ status: 400, field });
		expect(await place.db.$count(aidHouseholds)).toBe(0);
	});

		test('the same form twice is one household; somebody else’s id is nobody’s', async () => {
			const id = newId();
			expect(await register({ id })).toBe(id);
			expect(await register({ id }, later(now, 5000))).toBe(id);
			expect(await place.db.$count(aidHouseholds)).toBe(1);
			expect(await told(register({ id: 'x' }))).toMatch(/^400/);
		});

		test('only who registers at a site registers there; the next town sees nothing', async () => {
			expect(await told(register({ siteId: otherSite }))).toMatch(/^404/);
			expect(await told(register({}, now, mandla))).toMatch(/^404/);
			expect(await told(register({}, now, precious))).toMatch(/^404/);
			const id = await register();
			const lindiwe = await personOf(place.db, 'councillor');
			const anele = await personOf(place.db, 'neighbour-officer');
			for (const outsider of [mandla, lindiwe, anele, sipho]) {
				expect(await told(householdPage(place.db, outsider, id))).toMatch(/^404/);
				expect(await told(cardPage(place.db, outsider, id))).toMatch(/^404/);
				expect(
					await told(replaceCard(place.db, outsider, { householdId: id, reason: 'lost' }))
				).toMatch(/^404/);
				expect(await told(findHouseholds(place.db, outsider, eventId, 'x7x7x7'))).toMatch(/^404/);
			}
			expect(await told(householdPage(place.db, precious, id))).toBe('done');
			expect(await told(cardPage(place.db, precious, id))).toMatch(/^404/);
		});

		test('a lost card is replaced, and the old one refused with a sentence', async () => {
			const id = await register();
			const old = await codeOf(id);
			await replaceCard(place.db, neo, { householdId: id, reason: 'lost' }, later(now, hours(1)));
			const fresh = await codeOf(id);
			expect(fresh).not.toBe(old);
			expect(await householdByCard(place.db, eventId, fresh)).toBe(id);
			expect(await told(householdByCard(place.db, eventId, old))).toMatch(
				/^409 q: This card is no longer valid/
			);
			expect(await kinds(id)).toContain('card_replaced');
			const attack = async (statement: string) =>
				faultOf(
					await place.db
						.transaction(async (tx) => {
							await (tx as unknown as Db).execute(sql`set local role imbizo_app`);
							await (tx as unknown as Db).execute(sql.raw(statement));
						})
						.then(
							() => null,
							(reason: unknown) => reason
						)
				).code;
			expect(await attack('update aid_cards set ended_at = null')).toBe('42501');
			expect(await attack("update aid_cards set code_index = 'x'")).toBe('42501');
			expect(await attack('delete from aid_household_events')).toBe('42501');
			expect(await attack("update aid_assessments set damage = 'none'")).toBe('42501');
			expect(await attack('delete from aid_links')).toBe('42501');
			expect(await attack('delete from aid_members')).toBe('42501');
		});

		test('one household is found by what somebody knows of it, never by a name, and shows three digits', async () => {
			const id = await register({
				documentKind: 'passport',
				documentNumber: 'A 123 4567',
				documentReason: '',
				phone: '0820000199'
			});
			const { reference } = (await householdPage(place.db, neo, id)).household;
			for (const q of ['a1234567', '+27 82 000 0199', reference.toLowerCase(), await codeOf(id)])
				expect(await findHouseholds(place.db, neo, eventId, q)).toEqual([
					{ id, reference, name: 'Thandiwe Mthembu', end: '567', site: 'Stadium', opens: true }
				]);
			for (const q of ['', 'Thandiwe', 'Mthembu', '%', '567', 'a'.repeat(500)])
				expect(await findHouseholds(place.db, neo, eventId, q)).toEqual([]);
		});

		test('the same family at two sites is found, both are helped, and Precious decides', async () => {
			await assign(
				place.db,
				sipho,
				{ eventId, at: `site:${otherSite}`, personId: neo.id, role: 'registrar' },
				now
			);
			const first = await register();
			await member(first);
			const second = await register(
				{ siteId: otherSite, given: 'Tandiwe', surname: 'Mtembu', address: '' },
				later(now, hours(1))
			);
			await member(second, { given: 'Nomvula', birth: '2020-01-01' }, later(now, hours(1)));
			expect((await householdPage(place.db, neo, second)).waiting).toBe(1);
			const [pair] = await openPairs(place.db, precious, eventId);
			expect(pair.reasons.map(({ code }) => code)).toEqual(['name_near', 'birth']);
			expect(await openPairs(place.db, neo, eventId)).toEqual([]);
			const page = await pairPage(place.db, precious, pair.id);
			expect(page.sides.map(({ id }) => id)).toEqual([first, second]);
			expect(await told(pairPage(place.db, neo, pair.id))).toMatch(/^404/);
			const decide = (decision: 'same' | 'different', words = 'The same family.') =>
				decidePair(place.db, precious, { pairId: pair.id, decision, words }, later(now, hours(2)));
			expect(await told(decide('same', ''))).toMatch(/^400 words/);

			const oldCard = (await cardPage(place.db, neo, second, later(now, hours(1)))).code;
			await decide('same');
			expect(await told(decide('different'))).toMatch(/^409/);
			const { household } = await householdPage(place.db, neo, first);
			expect(household.members.map(({ given }) => given)).toEqual(['Thandiwe', 'Sipho', 'Nomvula']);
			expect((await householdPage(place.db, neo, second)).household).toMatchObject({
				state: 'merged',
				mergedInto: first
			});
			expect(await told(householdByCard(place.db, eventId, oldCard))).toMatch(/^409/);
			expect(await told(member(second))).toMatch(/^409/);
		});

		test('two who are held apart are not asked about again, until something changes', async () => {
			const first = await register();
			const second = await register(
				{ birth: '', documentReason: 'Never had one' },
				later(now, minutes(1))
			);
			const [pair] = await openPairs(place.db, precious, eventId);
			await decidePair(
				place.db,
				precious,
				{ pairId: pair.id, decision: 'different', words: 'Mother and daughter.' },
				later(now, minutes(2))
			);
			expect(await openPairs(place.db, precious, eventId)).toEqual([]);
			// Written down once more as it was: nothing that was compared has changed.
			const same = {
				siteId: site,
				stay: head.stay,
				address: head.address,
				wardCode: head.wardCode
			};
			await moveHousehold(place.db, neo, { ...same, householdId: second }, later(now, minutes(3)));
			expect(await openPairs(place.db, precious, eventId)).toEqual([]);
			// A child whom both name is new.
			for (const id of [first, second]) await member(id, {}, later(now, minutes(4)));
			expect((await openPairs(place.db, precious, eventId)).map(({ id }) => id)).toEqual([pair.id]);
		});

		test('honest look-alikes are left in peace: twins, a shared telephone, a common name', async () => {
			await register({ phone: '0820000199' });
			await register({ given: 'Nomvula', phone: '0820000199' });
			await register({ ...someoneElse, phone: '0820000199', address: head.address });
			await register({ birth: '1991-07-30', address: '3 Mill Road' });
			expect(await place.db.$count(aidPairs)).toBe(0);
		});

		test('whoever hands out at a site does not adjudicate there, and the database says so', async () => {
			await place.db.insert(grants).values({
				id: newId(),
				municipalityId,
				personId: mandla.id,
				role: 'aid_adjudicator',
				startsAt: later(now, -1)
			});
			expect(
				await told(
					assign(
						place.db,
						sipho,
						{ eventId, at: `site:${site}`, personId: mandla.id, role: 'adjudicator' },
						now
					)
				)
			).toMatch(/^409 role: One person may not do both/);
		});

		test('nobody acts on their own household: said by themselves, or by the telephone', async () => {
			const id = await register();
			await declareLink(place.db, neo, id, now);
			await declareLink(place.db, neo, id, now);
			for (const deed of [
				() => member(id),
				() => replaceCard(place.db, neo, { householdId: id, reason: 'lost' }, now),
				() =>
					assessHousehold(
						place.db,
						neo,
						{ householdId: id, damage: 'none', needs: [], foundBy: 'seen' },
						now
					)
			])
				expect(await told(deed())).toMatch(/^409 undefined: This household is linked with you/);
			expect((await householdPage(place.db, neo, id)).household.members).toHaveLength(1);

			// Neo's own number, given with a family: he does not even register it.
			const point = newId();
			await place.db.insert(contactPoints).values({
				id: point,
				kind: 'phone',
				masked: '',
				valueIndex: contactIndex(readPhone('0820000188')!),
				verifiedAt: now
			});
			await place.db.insert(personContacts).values({
				personId: neo.id,
				contactPointId: point,
				purpose: 'service',
				basis: 'public_duty',
				noticeVersion: '1'
			});
			expect(await told(register({ ...someoneElse, phone: '082 000 0188' }))).toMatch(
				/^409 undefined: This household is linked/
			);
			expect(await place.db.$count(aidHouseholds)).toBe(1);
		});

		test('a household moves to another site, and Neo looks after it no more', async () => {
			const id = await register();
			await moveHousehold(
				place.db,
				neo,
				{
					householdId: id,
					siteId: otherSite,
					stay: 'neighbours',
					address: 'At the Adamses',
					wardCode: ''
				},
				later(now, hours(1))
			);
			expect(await told(householdPage(place.db, neo, id))).toMatch(/^404/);
			expect((await householdPage(place.db, precious, id)).household).toMatchObject({
				site: 'Mosque',
				stay: 'neighbours'
			});
		});

		test('some go their own way, with a card of their own and what was found', async () => {
			const id = await register();
			const childId = await member(id);
			const sisterId = await member(id, {
				given: 'Nomvula',
				birth: '1990-01-01',
				relation: 'other'
			});
			expect(
				await told(splitHousehold(place.db, neo, { householdId: id, memberIds: [] }, now))
			).toMatch(/^400 memberIds/);
			const { members } = (await householdPage(place.db, neo, id)).household;
			expect(
				await told(
					splitHousehold(place.db, neo, { householdId: id, memberIds: [members[0].id] }, now)
				)
			).toMatch(/^400 memberIds/);
			const own = await splitHousehold(
				place.db,
				neo,
				{ householdId: id, memberIds: [sisterId, childId] },
				later(now, hours(1))
			);
			const page = await householdPage(place.db, neo, own);
			expect(page.household).toMatchObject({
				assessment: { damage: 'destroyed' },
				state: 'active'
			});
			expect(page.household.members).toHaveLength(2);
			expect(page.household.members.filter(({ isHead }) => isHead)).toHaveLength(1);
			expect((await householdPage(place.db, neo, id)).household.members).toHaveLength(1);
			expect(await householdByCard(place.db, eventId, await codeOf(own))).toBe(own);
			expect(await place.db.$count(aidCards)).toBe(2);
			expect(await place.db.$count(aidAssessments)).toBe(2);
		});

		test('when the head dies the next one is head; when the last one dies the card is refused', async () => {
			const id = await register();
			const child = await member(id);
			const { members } = (await householdPage(place.db, neo, id)).household;
			const code = await codeOf(id);
			await memberDied(
				place.db,
				neo,
				{ householdId: id, memberId: members[0].id },
				later(now, hours(1))
			);
			const after = (await householdPage(place.db, neo, id)).household;
			expect(after.members.find(({ isHead }) => isHead)?.id).toBe(child);
			expect(
				await told(memberDied(place.db, neo, { householdId: id, memberId: members[0].id }, now))
			).toMatch(/^404/);
			await memberDied(place.db, neo, { householdId: id, memberId: child }, later(now, hours(2)));
			expect((await householdPage(place.db, neo, id)).household.state).toBe('closed');
			expect(await told(householdByCard(place.db, eventId, code))).toMatch(/^409/);
			expect(await place.db.$count(aidMatches)).toBe(0);
		});
	},
	(db) => settleKhanyisa(db)
);
