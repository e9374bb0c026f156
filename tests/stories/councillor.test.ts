import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { doDeed, remark } from '#lib/cases/server/index.ts';
import { deeds, type DeedName } from '#lib/cases/rules.ts';
import { staffRemarks } from '#lib/cases/remarks.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import {
	councillorById,
	councillorsOf,
	personRecord,
	publishReportBack,
	reportBacksOf,
	wardFigures,
	wardRecord
} from '#lib/commitments/server/index.ts';
import { quarterOf } from '#lib/commitments/report-back.ts';
import { permissions, type Actor } from '#lib/identity/permissions.ts';
import { grants } from '#lib/identity/server/schema.ts';
import {
	answerTogether,
	councillorCase,
	issuePage,
	officeTimeline,
	wardHeaps,
	wardList
} from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { seatsOf } from '#lib/issues/ward-desk.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const wednesday = new Date('2026-11-25T08:00:00Z');
const ward7 = '99901007';

inBothDatabases(
	(place) => {
		let kha: string;
		let water: string;
		let lindiwe: Actor;
		let themba: Actor;
		let thandi: Actor;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			water = (await departmentOf(place.db, 'water')).id;
			lindiwe = await personOf(place.db, 'councillor', monday);
			themba = await personOf(place.db, 'councillor-2', monday);
			thandi = await personOf(place.db, 'resident', monday);
		});

		const issue = (more: Partial<Parameters<typeof raise>[1]> = {}, at = monday) =>
			raise(
				place.db,
				{
					municipalityId: kha,
					title: 'No water in Lower Thembeni',
					description: 'Since Friday. My mother carries from the river.',
					wardCode: ward7,
					departmentId: water,
					reporterId: thandi.id,
					reporterName: 'Thandi Mokoena',
					...more
				},
				at
			);
		const suggestion = (more: Partial<Parameters<typeof raise>[1]> = {}, at = monday) =>
			issue(
				{ kind: 'suggestion', title: 'A second standpipe', departmentId: undefined, ...more },
				at
			);
		const seen = (actor: Actor, reference: string) =>
			councillorCase(place.db, actor, kha, reference);
		const reply = (caseId: string, words: string, more = {}, actor = lindiwe, at = monday) =>
			remark(
				place.db,
				actor,
				caseId,
				{ remark: 'councillor_reply', words, deedId: newId(), ...more },
				at
			);
		const heapsOf = (at = monday, wardCode = ward7) =>
			wardHeaps(place.db, { municipalityId: kha, wardCode }, at);

		test('the heaps of ward 7: every number is the length of its list', async () => {
			await issue();
			await issue({ title: 'Old leak' }, later(monday, -days(40)));
			await suggestion({ supportCount: 3 });
			await issue({ title: 'Private', private: true });
			await issue({ title: 'Held', held: true });
			await issue({ title: 'Near the line', wardCode: '99901008', maybeWardCodes: [ward7] });
			await issue({ title: 'Nowhere', wardCode: null });
			const heaps = await heapsOf();
			expect(heaps).toEqual({
				waiting: 1,
				new: 2,
				stuck: 1,
				claimed: 0,
				followed: 1,
				open: 3,
				unplaced: 2
			});
			for (const [heap, n] of Object.entries(heaps)) {
				const list = await wardList(
					place.db,
					{ municipalityId: kha, wardCode: ward7 },
					heap as 'new',
					{},
					monday
				);
				expect(list, heap).toHaveLength(n);
			}
			expect(await heapsOf(monday, '99902001')).toMatchObject({ open: 0 });
		});

		test('Lindiwe is asked, answers in public, and nobody waits any more', async () => {
			const { kase, reference } = await issue();
			const pumla = await personOf(place.db, 'agent', monday);
			await remark(
				place.db,
				pumla,
				kase.id,
				{ remark: 'councillor_asked', words: 'They ask for you.', deedId: newId() },
				monday
			);
			expect((await heapsOf()).waiting).toBe(1);
			expect((await seen(lindiwe, reference)).lines.at(-1)?.words).toBe('They ask for you.');

			await reply(kase.id, 'The contractor is on site on Friday.', {}, lindiwe, wednesday);
			expect((await heapsOf(wednesday)).waiting).toBe(0);
			expect((await seen(lindiwe, reference)).lines.at(-1)).toMatchObject({
				kind: 'councillor_reply',
				visibility: 'public',
				actorName: 'Lindiwe Hartzen'
			});
		});

		test('a private answer is read by whoever wrote it, not by the other councillor', async () => {
			const { kase, reference } = await issue();
			await reply(kase.id, 'Come to my office on Monday.', { private: true });
			expect((await seen(lindiwe, reference)).lines).toHaveLength(2);
			expect((await seen(themba, reference)).lines).toHaveLength(1);
		});

		test('what officials note among themselves she reads by no door', async () => {
			const { kase, reference } = await issue();
			const pumla = await personOf(place.db, 'agent', monday);
			const note = { words: 'The valve was forgotten.', deedId: newId() };
			const after = await remark(place.db, pumla, kase.id, { remark: 'note', ...note }, monday);
			const municipality = { id: kha, timezone: 'Africa/Johannesburg' };
			const said = async (actor: Actor) => {
				const asker = { actor, receipts: [], device: 'a phone' };
				const { lines } = await issuePage(place.db, asker, municipality, reference);
				const office = await officeTimeline(place.db, actor, after);
				return [lines, office].map((each) => each.some(({ words }) => words === note.words));
			};
			expect(await said(pumla)).toEqual([true, true]);
			expect(await said(lindiwe)).toEqual([false, false]);
			expect(JSON.stringify(await seen(lindiwe, reference))).not.toContain(thandi.id);
		});

		test('she asks the department and escalates; the case itself stays where it is', async () => {
			const { kase } = await issue();
			const say = (facts: object) =>
				remark(
					place.db,
					lindiwe,
					kase.id,
					{ words: 'When?', deedId: newId(), ...facts } as never,
					monday
				);
			await say({ remark: 'department_asked' });
			await say({ remark: 'escalated', code: 'director' });
			const [after] = await place.db.select().from(cases).where(eq(cases.id, kase.id));
			expect(after).toMatchObject({ state: 'open', departmentId: water, assigneeId: null });
			expect(after.escalatedAt).toEqual(monday);
			expect(after.councillorAskedAt).toBeNull();
		});

		test('who reported it is named only when they want that, and how to reach them never', async () => {
			const hidden = await issue();
			const shown = await issue({ showName: true });
			expect((await seen(lindiwe, hidden.reference)).reporter).toBeNull();
			expect((await seen(lindiwe, shown.reference)).reporter).toBe('Thandi Mokoena');
			const words = JSON.stringify(await seen(lindiwe, shown.reference));
			expect(words).not.toMatch(/contact|phone|email|receipt|\+27/i);
		});

		test('other wards, other municipalities, private, held and hidden cases do not exist', async () => {
			const hendrik = await personOf(place.db, 'neighbour-councillor', monday);
			const sibongile = await personOf(place.db, 'ward-committee', monday);
			const here = await issue();
			const ward2 = await issue({ wardCode: '99901002' });
			for (const [actor, { reference, kase }] of [
				[hendrik, here],
				[sibongile, here],
				[thandi, here],
				[lindiwe, ward2],
				[lindiwe, await issue({ private: true })],
				[lindiwe, await issue({ held: true })],
				[lindiwe, await issue({ hidden: true })]
			] as const) {
				await expect(seen(actor, reference)).rejects.toMatchObject({ status: 404 });
				await expect(
					answerTogether(
						place.db,
						actor,
						{ municipalityId: kha, references: [reference], words: 'x', deedIds: [newId()] },
						monday
					)
				).rejects.toMatchObject({ status: 404 });
				if (kase.private || kase.wardCode !== ward7)
					await expect(reply(kase.id, 'x', {}, actor)).rejects.toMatchObject({ status: 404 });
			}
		});

		test('when the term is over the ward does not exist for her', async () => {
			const { reference, kase } = await issue();
			await place.db
				.update(grants)
				.set({ endsAt: wednesday })
				.where(eq(grants.personId, lindiwe.id));
			const former = await personOf(place.db, 'councillor', wednesday);
			expect(seatsOf(former, kha)).toEqual([]);
			await expect(seen(former, reference)).rejects.toMatchObject({ status: 404 });
			await expect(reply(kase.id, 'x', {}, former, wednesday)).rejects.toMatchObject({
				status: 404
			});
		});

		test('a proportional councillor speaks for the wards given to him', async () => {
			expect(seatsOf(themba, kha).map(({ wardCode }) => wardCode)).toEqual([
				'99901003',
				'99901007'
			]);
			const { kase } = await issue({ wardCode: '99901003' });
			expect((await reply(kase.id, 'I asked.', {}, themba)).councillorAnsweredAt).toEqual(monday);
		});

		test('several questions get one answer, all or none', async () => {
			const some = [await suggestion(), await suggestion()];
			const facts = (references: string[]) => ({
				municipalityId: kha,
				references,
				words: 'The meeting is on the 26th.',
				deedIds: references.map(() => newId())
			});
			const elsewhere = await suggestion({ wardCode: '99901002' });
			const references = some.map(({ reference }) => reference);
			await expect(
				answerTogether(place.db, lindiwe, facts([...references, elsewhere.reference]), monday)
			).rejects.toMatchObject({ status: 404 });
			expect((await heapsOf()).waiting).toBe(2);
			await answerTogether(place.db, lindiwe, facts(references), monday);
			expect((await heapsOf()).waiting).toBe(0);
		});

		test.each([
			['consider', 'evaluating'],
			['accept', 'accepted'],
			['reject', 'rejected'],
			['retire', 'retired']
		] as const)('a suggestion is answered in public: %s', async (deed, state) => {
			const { kase } = await suggestion();
			const facts = { deed, words: 'Council meets on the 26th.', code: 'started', deedId: newId() };
			const after = await doDeed(place.db, lindiwe, kase.id, facts, monday);
			expect(after.state).toBe(state);
			await expect(
				doDeed(place.db, lindiwe, kase.id, { deed: 'accept', deedId: newId() }, monday)
			).rejects.toMatchObject({ status: expect.any(Number) });
			expect((await heapsOf()).waiting).toBe(0);
		});

		test('a councillor may neither assign nor work, close, decline or reopen: by table and by deed', async () => {
			const forbidden = Object.entries(permissions)
				.filter(([name]) =>
					/^(case\.(work|assign|claim|decline|reopen|bulk|read_private)|aid\.)/.test(name)
				)
				.filter(([, roles]) => 'councillor' in roles);
			expect(forbidden).toEqual([]);

			const { kase } = await issue();
			const mine = (Object.keys(deeds) as DeedName[]).filter(
				(name) => deeds[name].track === 'issue'
			);
			for (const deed of mine)
				await expect(
					doDeed(place.db, lindiwe, kase.id, { deed, words: 'x', deedId: newId() }, monday)
				).rejects.toMatchObject({ status: 404 });
			for (const name of [
				'reply',
				'note',
				'service_changed',
				'ward_changed',
				'priority_changed'
			] as const) {
				expect(staffRemarks[name]).toBeDefined();
				await expect(
					remark(place.db, lindiwe, kase.id, { remark: name, words: 'x', deedId: newId() }, monday)
				).rejects.toMatchObject({ status: 404 });
			}
			const after = await place.db.select().from(caseEvents).where(eq(caseEvents.caseId, kase.id));
			expect(after).toHaveLength(1);
		});

		test('the record is counted for the person, and too little is called too little', async () => {
			const asked = [await suggestion(), await suggestion(), await suggestion()];
			await reply(asked[0].kase.id, 'Yes', {}, lindiwe, wednesday);
			await reply(asked[1].kase.id, 'I asked', {}, themba, wednesday);
			expect(await wardRecord(place.db, kha, ward7)).toEqual({
				asked: 3,
				answered: 2,
				medianDays: null
			});
			expect(await personRecord(place.db, kha, lindiwe.id)).toMatchObject({
				asked: 2,
				answered: 1
			});
			expect(await personRecord(place.db, kha, themba.id)).toMatchObject({ asked: 1, answered: 1 });

			for (let n = 0; n < 9; n++) {
				const { kase } = await suggestion();
				await reply(kase.id, 'Answered', {}, lindiwe, later(monday, days(3)));
			}
			expect(await personRecord(place.db, kha, lindiwe.id)).toEqual({
				asked: 11,
				answered: 10,
				medianDays: 3
			});
		});

		test('a vacancy says since when, an acting councillor stands in, and the record stays with the person', async () => {
			await place.db
				.update(grants)
				.set({ endsAt: wednesday })
				.where(and(eq(grants.personId, lindiwe.id), eq(grants.wardCode, ward7)));
			const before = await councillorsOf(place.db, kha, ward7, monday);
			expect(before.councillors.map(({ name }) => name)).toEqual([
				'Lindiwe Hartzen',
				'Themba Oosthuis'
			]);
			expect(before.vacant).toBe(false);
			const after = await councillorsOf(place.db, kha, ward7, later(wednesday, days(1)));
			expect(after).toMatchObject({ vacant: true, vacantSince: wednesday });
			expect((await councillorById(place.db, kha, lindiwe.id)).terms).toHaveLength(1);
			await expect(councillorById(place.db, kha, thandi.id)).rejects.toMatchObject({ status: 404 });
		});

		test('she reports back on the quarter: figures from the cases, words of her own, once', async () => {
			await issue();
			const { kase } = await suggestion();
			await doDeed(
				place.db,
				lindiwe,
				kase.id,
				{ deed: 'accept', words: 'Council agreed.', deedId: newId() },
				monday
			);
			const quarter = quarterOf('2026-Q4')!;
			expect(await wardFigures(place.db, kha, ward7, quarter, wednesday)).toMatchObject({
				opened: 1,
				openAtEnd: 1,
				suggestions: 1,
				suggestionsAnswered: 1,
				asked: 1,
				answered: 1,
				saidFixed: 0
			});
			const facts = {
				municipalityId: kha,
				wardCode: ward7,
				quarter: '2026-Q4',
				words: 'The standpipe was accepted by council. The leak is not fixed.'
			};
			await publishReportBack(place.db, lindiwe, facts, wednesday);
			expect(await reportBacksOf(place.db, kha, ward7)).toMatchObject([
				{ personName: 'Lindiwe Hartzen', figures: { opened: 1 }, words: facts.words }
			]);
			const again = (actor: Actor, more: object) =>
				publishReportBack(place.db, actor, { ...facts, ...more }, wednesday);
			await expect(again(lindiwe, { words: 'short' })).rejects.toMatchObject({ field: 'words' });
			await expect(again(lindiwe, { quarter: '2027-Q1' })).rejects.toMatchObject({
				field: 'quarter'
			});
			await expect(again(lindiwe, { wardCode: '99901002' })).rejects.toMatchObject({ status: 404 });
			await expect(again(lindiwe, {})).rejects.toMatchObject({ status: 409, field: 'quarter' });
		});

		test('a ward that moved keeps its first councillor and gains the new one', async () => {
			const { id, kase, reference } = await issue({ wardCode: '99901002' });
			await place.db.update(issues).set({ currentWardCode: ward7 }).where(eq(issues.id, id));
			await place.db.update(cases).set({ currentWardCode: ward7 }).where(eq(cases.id, kase.id));
			expect((await seen(lindiwe, reference)).wardCode).toBe(ward7);
			expect(await heapsOf(monday, '99901002')).toMatchObject({ open: 1 });
		});
	},
	async (db) => settleKhanyisa(db, monday)
);
