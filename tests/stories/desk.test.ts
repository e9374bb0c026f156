import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { caseEvents, cases, caseWords } from '#lib/cases/server/schema.ts';
import {
	doBulk,
	doDeed,
	rebuildCase,
	remark,
	verifyCases,
	type Case,
	type DeedFacts
} from '#lib/cases/server/index.ts';
import { projectionOf } from '#lib/cases/server/append.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { photos } from '#lib/photos/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { later } from '#lib/platform/time.ts';
import { inBothDatabases, inBothDatabasesForReal } from '../support/story.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const morning = new Date('2026-11-20T06:30:00Z');
const deed = (name: DeedFacts['deed'], more: Partial<DeedFacts> = {}): DeedFacts => ({
	deed: name,
	deedId: newId(),
	...more
});

inBothDatabases((place) => {
	let riaan: Actor, bheki: Actor, farida: Actor, pumla: Actor, lindiwe: Actor, anele: Actor;
	let water: string, roads: string, municipalityId: string;
	let kase: Case;

	const raiseAt = async (title: string, more = {}) =>
		(
			await raise(
				place.db,
				{ municipalityId, title, departmentId: water, wardCode: '99901007', ...more },
				morning
			)
		).kase;
	const events = (id: string) =>
		place.db.select().from(caseEvents).where(eq(caseEvents.caseId, id)).orderBy(caseEvents.seq);
	const kinds = async (id: string) => (await events(id)).map(({ kind }) => kind);
	const dealWith = (actor: Actor, facts: DeedFacts, id = kase.id) =>
		doDeed(place.db, actor, id, facts, morning);

	beforeEach(async () => {
		[riaan, bheki, farida, pumla, lindiwe, anele] = [
			await personOf(place.db, 'department-officer'),
			await personOf(place.db, 'field-worker'),
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'agent'),
			await personOf(place.db, 'councillor'),
			await personOf(place.db, 'neighbour-officer')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
		roads = (await departmentOf(place.db, 'roads')).id;
		kase = await raiseAt('Burst pipe, Vlei Street');
	});

	test('from received to said to be fixed: Farida gives it to Bheki, who works, pauses and proves', async () => {
		await dealWith(riaan, deed('acknowledge'));
		await dealWith(farida, deed('assign', { assigneeId: bheki.id }));
		await dealWith(bheki, deed('start'));
		await dealWith(bheki, deed('hold', { code: 'parts' }));
		await dealWith(bheki, deed('start'));
		const fixed = await dealWith(bheki, deed('claim', { words: 'The joint was replaced.' }));

		expect(fixed).toMatchObject({ state: 'resolved_claimed', assigneeId: bheki.id, reason: null });
		expect(fixed.acknowledgedAt).toEqual(morning);
		expect(await kinds(kase.id)).toEqual([
			'opened',
			'acknowledge',
			'assign',
			'start',
			'hold',
			'start',
			'claim'
		]);
		expect(await rebuildCase(place.db, kase.id)).toEqual(projectionOf(fixed));
		expect((await verifyCases(place.db, municipalityId)).broken).toBeUndefined();
	});

	test('Bheki takes it; Riaan, a moment later, is told that somebody has', async () => {
		expect(await dealWith(bheki, deed('take'))).toMatchObject({
			assigneeId: bheki.id,
			state: 'assigned'
		});
		await expect(dealWith(riaan, deed('take'))).rejects.toMatchObject({ status: 409 });
	});

	test('a photo is proof enough, and belongs to the claim', async () => {
		const photo = {
			id: newId(),
			municipalityId,
			storageKey: 'x',
			width: 1,
			height: 1,
			bytes: 1,
			sha256: 'x',
			createdAt: morning,
			expiresAt: later(morning, 1000)
		};
		await place.db.insert(photos).values(photo);
		await dealWith(bheki, deed('claim', { photoIds: [photo.id] }));
		const [kept] = await place.db.select().from(photos).where(eq(photos.id, photo.id));
		const claim = (await events(kase.id)).at(-1)!;
		expect(kept).toMatchObject({ issueId: kase.subjectId, eventId: claim.id, expiresAt: null });
		expect(claim.facts).toMatchObject({ photoIds: [photo.id] });
	});

	test('said to be fixed with nothing to show is refused, at the field', async () => {
		await expect(dealWith(bheki, deed('claim'))).rejects.toMatchObject({
			status: 400,
			field: 'words'
		});
		expect((await events(kase.id)).length).toBe(1);
	});

	test('sent to Roads with a reason, it leaves Water: nobody has it there, and Riaan no longer sees it', async () => {
		const sent = await dealWith(
			riaan,
			deed('reroute', { departmentId: roads, words: 'A stormwater drain.' })
		);
		expect(sent).toMatchObject({ departmentId: roads, assigneeId: null, state: 'open' });
		await expect(dealWith(riaan, deed('acknowledge'))).rejects.toMatchObject({ status: 404 });
	});

	test.each<[string, () => Partial<DeedFacts>, number, string]>([
		[
			'sent to where it is',
			() => ({ deed: 'reroute', departmentId: water, words: 'x' }),
			409,
			'department'
		],
		[
			'sent to nowhere we know',
			() => ({ deed: 'reroute', departmentId: newId(), words: 'x' }),
			400,
			'department'
		],
		[
			'given to Lindiwe, who is no official',
			() => ({ deed: 'assign', assigneeId: lindiwe.id }),
			400,
			'assignee'
		],
		[
			'given to Anele of Thokozani',
			() => ({ deed: 'assign', assigneeId: anele.id }),
			400,
			'assignee'
		],
		[
			'not ours, and nobody named',
			() => ({ deed: 'decline', code: 'not_responsible', words: 'Not ours' }),
			400,
			'body'
		],
		[
			'not ours, and a body nobody knows',
			() => ({ deed: 'decline', code: 'not_responsible', words: 'No', body: newId() }),
			400,
			'department'
		],
		['written without end', () => ({ deed: 'claim', words: 'x'.repeat(5001) }), 400, 'words']
	])('%s: refused', async (_, facts, status, field) => {
		await expect(dealWith(farida, { ...deed('assign'), ...facts() })).rejects.toMatchObject({
			status,
			field
		});
		expect(await kinds(kase.id)).toEqual(['opened']);
	});

	test('not ours, and it is said whose: the utility is named in the record', async () => {
		const utility = (await departmentOf(place.db, 'power-utility')).id;
		await dealWith(
			riaan,
			deed('decline', { code: 'not_responsible', body: utility, words: 'The line is theirs.' })
		);
		expect((await events(kase.id)).at(-1)!.facts).toMatchObject({
			code: 'not_responsible',
			body: utility
		});
	});

	test.each(['take', 'assign', 'start', 'hold', 'claim', 'decline', 'reroute'] as const)(
		'the councillor cannot %s, and neither can the officer of another municipality',
		async (name) => {
			const facts = deed(name, {
				words: 'x',
				code: 'parts',
				departmentId: roads,
				assigneeId: bheki.id
			});
			await expect(dealWith(lindiwe, facts)).rejects.toMatchObject({ status: 404 });
			await expect(dealWith(anele, facts)).rejects.toMatchObject({ status: 404 });
		}
	);

	test('the proportional councillor asks, answers and escalates in the wards he helps in, and nowhere else', async () => {
		const themba = await personOf(place.db, 'councillor-2');
		const say = (id: string, facts: object) =>
			remark(
				place.db,
				themba,
				id,
				{ remark: 'department_asked', words: 'When?', deedId: newId(), ...facts },
				morning
			);
		await say(kase.id, {});
		await say(kase.id, { remark: 'councillor_reply', words: 'I was there.' });
		const up = await say(kase.id, { remark: 'escalated', code: 'director' });
		expect(up).toMatchObject({
			escalatedAt: morning,
			councillorAnsweredAt: morning,
			state: 'open'
		});

		const elsewhere = await raiseAt('Dark street', { wardCode: '99901004' });
		await expect(say(elsewhere.id, {})).rejects.toMatchObject({ status: 404 });
	});

	test('a private reply is for the reporter, a note for colleagues, and only words stand aside', async () => {
		await remark(
			place.db,
			riaan,
			kase.id,
			{ remark: 'reply', words: 'We will call you.', private: true, deedId: newId() },
			morning
		);
		await remark(
			place.db,
			riaan,
			kase.id,
			{ remark: 'note', words: 'Bring the long key.', deedId: newId() },
			morning
		);
		await dealWith(
			farida,
			deed('assign', { assigneeId: bheki.id, words: 'Before noon, please.', internal: true })
		);
		expect(
			(await events(kase.id)).map(({ kind, visibility, textHash }) => [
				kind,
				visibility,
				textHash !== ''
			])
		).toEqual([
			['opened', 'public', false],
			['reply', 'private', true],
			['note', 'internal', true],
			['assign', 'public', false],
			['note', 'internal', true]
		]);
	});

	test('in a private case every answer is private, and its councillor does not see it', async () => {
		const secret = await raiseAt('My account', { private: true });
		await remark(
			place.db,
			riaan,
			secret.id,
			{ remark: 'reply', words: 'Paid back.', deedId: newId() },
			morning
		);
		expect((await events(secret.id)).at(-1)).toMatchObject({ visibility: 'private' });
		await expect(
			remark(place.db, lindiwe, secret.id, {
				remark: 'councillor_reply',
				words: 'x',
				deedId: newId()
			})
		).rejects.toMatchObject({ status: 404 });
	});

	test('priority, ward and a question to the councillor move the row', async () => {
		const say = (facts: Parameters<typeof remark>[3]) =>
			remark(place.db, pumla, kase.id, facts, morning);
		await say({ remark: 'priority_changed', code: 'emergency', deedId: newId() });
		await say({ remark: 'ward_changed', wardCode: '99901006', deedId: newId() });
		const asked = await say({
			remark: 'councillor_asked',
			words: 'Is the gate yours?',
			deedId: newId()
		});
		expect(asked).toMatchObject({
			priority: 'emergency',
			wardCode: '99901007',
			currentWardCode: '99901006',
			councillorAskedAt: morning
		});
		await expect(
			say({ remark: 'priority_changed', code: 'emergency', deedId: newId() })
		).rejects.toMatchObject({ status: 409 });
		expect(await rebuildCase(place.db, kase.id)).toEqual(projectionOf(asked));
	});

	test('the same form twice is one deed; the same form with other words is not', async () => {
		const once = deed('claim', { words: 'Joint replaced.' });
		await dealWith(bheki, once);
		await dealWith(bheki, once);
		expect(await kinds(kase.id)).toEqual(['opened', 'claim']);
		await expect(dealWith(bheki, { ...once, words: 'Something else' })).rejects.toMatchObject({
			status: 409
		});
		const entries = await place.db
			.select()
			.from(auditEntries)
			.where(and(eq(auditEntries.thingId, kase.id), eq(auditEntries.deed, 'case.claim')));
		expect(entries).toMatchObject([{ details: { seq: 2, head: (await events(kase.id))[1].hash } }]);
	});

	test('a save from an older version is refused', async () => {
		await dealWith(riaan, deed('acknowledge', { basedOn: 1 }));
		await expect(dealWith(farida, deed('start', { basedOn: 1 }))).rejects.toMatchObject({
			status: 409,
			field: 'version'
		});
	});

	test('Farida gives ten cases to Bheki at once: one audit entry, an event each, and what cannot be done is named', async () => {
		const ten: Case[] = [];
		for (let n = 0; n < 10; n++) ten.push(await raiseAt(`Leak ${n}`));
		await dealWith(bheki, deed('claim', { words: 'Done.' }), ten[3].id);
		const [neighbours] = [await raiseAt('Pothole', { departmentId: roads })];

		const ids = [...ten, neighbours].map(({ id }) => id);
		const { done, refused } = await doBulk(
			place.db,
			farida,
			ids,
			{ deed: 'assign', assigneeId: bheki.id, deedId: newId() },
			morning
		);

		expect(done.length).toBe(9);
		expect(refused).toEqual([
			{ reference: ten[3].reference, why: expect.stringContaining('moved on') }
		]);
		const entries = await place.db
			.select()
			.from(auditEntries)
			.where(eq(auditEntries.deed, 'case.bulk_assign'));
		expect(entries.map(({ details }) => (details.cases as unknown[]).length)).toEqual([9]);
		expect(await kinds(ten[0].id)).toEqual(['opened', 'assign']);
		expect(await kinds(neighbours.id)).toEqual(['opened']);
	});

	test('Riaan, an officer, may not change many at once', async () => {
		expect(
			await doBulk(place.db, riaan, [kase.id], { deed: 'acknowledge', deedId: newId() }, morning)
		).toMatchObject({
			done: [],
			refused: [{ reference: kase.reference }]
		});
		for (const deed of ['assign', 'reroute'] as const)
			expect(() => doBulk(place.db, farida, [newId()], { deed, deedId: newId() })).toThrow(
				/^Choose (who does it|the department)/
			);
		expect(() => doBulk(place.db, farida, [], { deed: 'acknowledge', deedId: newId() })).toThrow(
			'at least one'
		);
	});

	test('words can be erased with their salt and the chain still holds; changed words are found', async () => {
		await remark(
			place.db,
			riaan,
			kase.id,
			{ remark: 'note', words: 'Ask Mrs Dlamini.', deedId: newId() },
			morning
		);
		await place.db.update(caseWords).set({ text: 'Ask nobody.' });
		expect((await verifyCases(place.db, municipalityId)).broken).toMatchObject({
			reference: kase.reference,
			seq: 2,
			reason: 'its words were changed after they were written'
		});
		await place.db.update(caseWords).set({ text: null, salt: null, erasedAt: morning });
		expect((await verifyCases(place.db, municipalityId)).broken).toBeUndefined();
	});

	test('a row that was moved by hand, and a tail cut off, are found', async () => {
		await place.db.update(cases).set({ state: 'verified_closed' }).where(eq(cases.id, kase.id));
		expect((await verifyCases(place.db, municipalityId)).broken?.reason).toContain('state');
		await place.db.update(cases).set({ state: 'open', version: 2 }).where(eq(cases.id, kase.id));
		expect((await verifyCases(place.db, municipalityId)).broken?.reason).toContain('end');
	});
}, settleKhanyisa);

inBothDatabasesForReal((place) => {
	test('two saves at once from the same version: one goes in, the other is told', async () => {
		const { db } = place.database;
		const farida = await personOf(db, 'supervisor');
		const riaan = await personOf(db, 'department-officer');
		const { id: municipalityId } = await khanyisa(db);
		const { id: departmentId } = await departmentOf(db, 'water');
		const { kase } = await raise(db, { municipalityId, departmentId, title: 'Burst pipe' });

		const answers = await Promise.allSettled([
			doDeed(db, farida, kase.id, deed('start', { basedOn: 1 })),
			doDeed(db, riaan, kase.id, deed('claim', { basedOn: 1, words: 'Done.' }))
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
			reason: { status: 409 }
		});
		expect(await verifyCases(db, municipalityId)).toMatchObject({ cases: 1, events: 2 });
	});

	test('five people reach for the same case: one has it', async () => {
		const { db } = place.database;
		const team = [];
		for (const handle of ['supervisor', 'department-officer', 'field-worker', 'director'])
			team.push(await personOf(db, handle));
		const { id: municipalityId } = await khanyisa(db);
		const { id: departmentId } = await departmentOf(db, 'water');
		const { kase } = await raise(db, { municipalityId, departmentId, title: 'No water' });
		const answers = await Promise.allSettled(
			team.map((one) => doDeed(db, one, kase.id, deed('take')))
		);
		expect(answers.filter(({ status }) => status === 'fulfilled').length).toBe(1);
	});
}, settleKhanyisa);
