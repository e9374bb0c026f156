import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { caseEvents } from '#lib/cases/server/schema.ts';
import {
	breakCommitment,
	commitmentForOffice,
	followCommitment,
	followCommitmentAt,
	getCommitment,
	followsCommitment,
	keepCommitment,
	linkIssues,
	listCommitments,
	makeCommitment,
	publishReportBack,
	reportedBack,
	reportProgress,
	slipCommitment,
	startCommitment,
	tallyCommitments,
	type NewCommitment
} from '#lib/commitments/server/index.ts';
import { commitmentEvents, reportBacks } from '#lib/commitments/server/schema.ts';
import { follow } from '#lib/delivery/server/index.ts';
import { followings, messages } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { grants } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const wednesday = new Date('2026-11-25T08:00:00Z');
const ward7 = '99901007';

inBothDatabases(
	(place) => {
		let kha: string;
		let lindiwe: Actor;
		let themba: Actor;
		let thandi: Actor;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			lindiwe = await personOf(place.db, 'councillor', monday);
			themba = await personOf(place.db, 'councillor-2', monday);
			thandi = await personOf(place.db, 'resident', monday);
		});

		const standpipe = (more: Partial<NewCommitment> = {}): NewCommitment => ({
			id: newId(monday),
			municipalityId: kha,
			office: `ward-${ward7}`,
			what: 'A second standpipe for Lower Thembeni',
			evidence: 'Water runs from it',
			dueOn: '2026-11-27',
			...more
		});
		const promise = (more: Partial<NewCommitment> = {}, actor = lindiwe) =>
			makeCommitment(place.db, actor, standpipe(more), monday);
		const word = (commitmentId: string, words = '', more = {}) => ({
			commitmentId,
			deedId: newId(),
			words,
			...more
		});

		test('Lindiwe promises a standpipe; everyone sees who, what and by when', async () => {
			const made = await promise();
			const seen = await getCommitment(place.db, kha, made.number);
			expect(seen).toMatchObject({
				number: 1,
				what: 'A second standpipe for Lower Thembeni',
				promisedByName: 'Lindiwe Hartzen',
				promisedAs: 'councillor',
				wardCode: ward7,
				state: 'promised'
			});
			expect(seen.dueAt.toISOString()).toBe('2026-11-27T21:59:59.999Z');
			expect(seen.events.map(({ kind }) => kind)).toEqual(['promised']);
			const chains = await verifyAudit(place.db);
			expect(chains.length).toBeGreaterThan(0);
			expect(chains.filter(({ broken }) => broken)).toEqual([]);
		});

		test('the same form sent twice makes one promise; numbers run on', async () => {
			const sent = standpipe();
			const first = await makeCommitment(place.db, lindiwe, sent, monday);
			const again = await makeCommitment(place.db, lindiwe, sent, monday);
			expect(again.number).toBe(first.number);
			expect((await promise()).number).toBe(2);
			await expect(makeCommitment(place.db, themba, sent, monday)).rejects.toMatchObject({
				status: 404
			});
		});

		test.each([
			[{ what: 'Water' }, 'what'],
			[{ what: 'x'.repeat(201) }, 'what'],
			[{ dueOn: '2026-11-22' }, 'dueOn'],
			[{ dueOn: '' }, 'dueOn'],
			[{ dueOn: '2026-02-30' }, 'dueOn'],
			[{ evidence: 'x'.repeat(501) }, 'evidence'],
			[{ office: '' }, 'office']
		])('a promise with %o is refused at that field', async (wrong, field) => {
			await expect(promise(wrong)).rejects.toMatchObject({ status: 400, field });
			expect(await listCommitments(place.db, kha, {})).toEqual([]);
		});

		test('nobody promises in an office they do not hold', async () => {
			const hendrik = await personOf(place.db, 'neighbour-councillor', monday);
			const riaan = await personOf(place.db, 'department-officer', monday);
			const sibongile = await personOf(place.db, 'ward-committee', monday);
			for (const actor of [hendrik, riaan, sibongile, thandi])
				await expect(promise({}, actor)).rejects.toMatchObject({ status: 404 });
			for (const office of ['ward-99901003', 'municipality', 'ward-99902001'])
				await expect(promise({ office })).rejects.toMatchObject({ status: 404 });
		});

		test('a proportional councillor promises in the wards given to her; a director for the department; the manager for all', async () => {
			const deon = await personOf(place.db, 'director', monday);
			const zanele = await personOf(place.db, 'municipal-manager', monday);
			const water = await departmentOf(place.db, 'water');
			expect(await promise({ office: 'ward-99901003' }, themba)).toMatchObject({
				wardCode: '99901003'
			});
			expect(await promise({ office: `department-${water.id}` }, deon)).toMatchObject({
				departmentId: water.id,
				promisedAs: 'director',
				wardCode: null
			});
			expect(await promise({ office: 'municipality' }, zanele)).toMatchObject({
				promisedAs: 'municipal_manager'
			});
		});

		test('a date slips: the old one and the reason stay, and only keeping it ends that', async () => {
			const { id, number } = await promise();
			await startCommitment(place.db, lindiwe, word(id), monday);
			await slipCommitment(
				place.db,
				lindiwe,
				word(id, 'The pump failed its test', { dueOn: '2026-12-11' }),
				wednesday
			);
			await reportProgress(
				place.db,
				lindiwe,
				word(id, 'A new pump is ordered', { progress: 60 }),
				wednesday
			);
			const slipped = await getCommitment(place.db, kha, number);
			expect(slipped).toMatchObject({ state: 'slipped', slips: 1, progress: 60 });
			expect(slipped.firstDueAt.toISOString()).toBe('2026-11-27T21:59:59.999Z');
			expect(slipped.events.map(({ kind, words }) => [kind, words])).toEqual([
				['promised', ''],
				['started', ''],
				['slipped', 'The pump failed its test'],
				['reported', 'A new pump is ordered']
			]);
			expect(slipped.events[2].facts).toEqual({
				fromDueAt: '2026-11-27T21:59:59.999Z',
				dueAt: '2026-12-11T21:59:59.999Z'
			});

			await keepCommitment(place.db, lindiwe, word(id, 'Water runs since Tuesday'), wednesday);
			expect(await tallyCommitments(place.db, kha, {}, wednesday)).toMatchObject({
				all: 1,
				kept: 1,
				keptOnFirstDate: 1,
				everSlipped: 1
			});
			await expect(
				breakCommitment(place.db, lindiwe, word(id, 'No'), wednesday)
			).rejects.toMatchObject({ status: 409 });
		});

		test('the same word sent twice is said once; a stale one is refused', async () => {
			const { id, number, version } = await promise();
			const once = word(id, 'It rained', { dueOn: '2026-12-11', version });
			await slipCommitment(place.db, lindiwe, once, monday);
			await slipCommitment(place.db, lindiwe, once, monday);
			expect((await getCommitment(place.db, kha, number)).slips).toBe(1);
			await expect(
				keepCommitment(place.db, lindiwe, word(id, 'There', { version }), monday)
			).rejects.toMatchObject({ status: 409, field: 'version' });
		});

		test('a promise past its date without a word is counted apart, not as broken', async () => {
			await promise();
			const kept = await promise({ what: 'Clinic gate open until 18:00' });
			await keepCommitment(place.db, lindiwe, word(kept.id, 'See the notice'), monday);
			const weekLater = new Date('2026-12-04T08:00:00Z');
			expect(await tallyCommitments(place.db, kha, { wardCode: ward7 }, weekLater)).toMatchObject({
				all: 2,
				in_time: 0,
				overdue: 1,
				broken: 0,
				kept: 1
			});
			const [overdue] = await listCommitments(
				place.db,
				kha,
				{ standing: 'overdue' },
				{},
				weekLater
			);
			expect(overdue.what).toBe('A second standpipe for Lower Thembeni');
		});

		test('nobody speaks for Lindiwe while she holds her seat; whoever follows her does', async () => {
			const { id, number } = await promise();
			const hendrik = await personOf(place.db, 'neighbour-councillor', monday);
			const zanele = await personOf(place.db, 'municipal-manager', monday);
			for (const actor of [themba, hendrik, zanele, thandi])
				await expect(
					breakCommitment(place.db, actor, word(id, 'Not mine'), monday)
				).rejects.toMatchObject({ status: 404 });

			await place.db
				.update(grants)
				.set({ endsAt: wednesday })
				.where(and(eq(grants.personId, lindiwe.id), eq(grants.wardCode, ward7)));
			const former = await personOf(place.db, 'councillor', wednesday);
			await expect(
				keepCommitment(place.db, former, word(id, 'Done'), wednesday)
			).rejects.toMatchObject({ status: 404 });
			await expect(
				commitmentForOffice(place.db, former, kha, number, wednesday)
			).rejects.toMatchObject({ status: 404 });
			expect(await promise({ office: `ward-${ward7}` }, themba)).toBeTruthy();
			await reportProgressFor(themba, id);
			expect((await getCommitment(place.db, kha, number)).promisedByName).toBe('Lindiwe Hartzen');
		});
		const reportProgressFor = async (actor: Actor, id: string) => {
			await startCommitment(place.db, actor, word(id), wednesday);
			await reportProgress(place.db, actor, word(id, 'Still being dug'), wednesday);
		};

		test('an acting councillor promises until the day the vacancy ends', async () => {
			await place.db.insert(grants).values({
				id: newId(),
				municipalityId: kha,
				personId: thandi.id,
				role: 'councillor',
				term: 'acting',
				wardCode: '99901009',
				startsAt: monday,
				endsAt: wednesday
			});
			const acting = await personOf(place.db, 'resident', monday);
			expect(await promise({ office: 'ward-99901009' }, acting)).toMatchObject({
				promisedByName: thandi.name
			});
			const after = await personOf(place.db, 'resident', wednesday);
			await expect(promise({ office: 'ward-99901009' }, after)).rejects.toMatchObject({
				status: 404
			});
		});

		test('what a promise answers: its followers follow, and the issue says so', async () => {
			const water = await departmentOf(place.db, 'water');
			const pipe = await raise(
				place.db,
				{ municipalityId: kha, title: 'No water', wardCode: ward7, departmentId: water.id },
				monday
			);
			await place.db.insert(followings).values({
				id: newId(),
				municipalityId: kha,
				subject: 'issue',
				subjectId: pipe.id,
				personId: thandi.id,
				channel: 'sms',
				because: 'reported',
				since: monday
			});
			const { id, number } = await promise({ issueIds: [pipe.id, pipe.id] });
			const seen = await getCommitment(place.db, kha, number);
			expect(seen.issues.map(({ reference }) => reference)).toEqual([pipe.reference]);
			expect(seen.followerCount).toBe(1);
			expect(await followsCommitment(place.db, thandi.id, id)).toBe(true);
			const events = await place.db
				.select()
				.from(caseEvents)
				.where(eq(caseEvents.caseId, pipe.kase.id))
				.orderBy(caseEvents.seq);
			expect(events.at(-1)).toMatchObject({
				kind: 'commitment_linked',
				visibility: 'public',
				facts: { commitmentId: id }
			});

			const light = await raise(
				place.db,
				{ municipalityId: kha, title: 'Light out', wardCode: ward7 },
				monday
			);
			const more = { commitmentId: id, issueIds: [light.id, pipe.id], deedId: newId() };
			await linkIssues(place.db, lindiwe, more, wednesday);
			await linkIssues(place.db, lindiwe, more, wednesday);
			const after = await getCommitment(place.db, kha, number);
			expect(after.issues).toHaveLength(2);
			expect(after.events.at(-1)).toMatchObject({ kind: 'linked', facts: { count: 1 } });
		});

		test('private, held, hidden and other wards’ issues are not linked, and nothing is promised then', async () => {
			const tho = (await khanyisa(place.db, 'THO')).id;
			const cases = [
				{ municipalityId: kha, title: 'Private', wardCode: ward7, private: true },
				{ municipalityId: kha, title: 'Hidden', wardCode: ward7, hidden: true },
				{ municipalityId: kha, title: 'Held', wardCode: ward7, held: true },
				{ municipalityId: kha, title: 'Ward 2', wardCode: '99901002' },
				{ municipalityId: tho, title: 'Neighbour', wardCode: ward7 }
			];
			for (const facts of cases) {
				const { id } = await raise(place.db, facts, monday);
				await expect(promise({ issueIds: [id] })).rejects.toMatchObject({ status: 404 });
			}
			expect(await listCommitments(place.db, kha, {})).toEqual([]);
		});

		test('Thandi follows a promise, is counted once, and stops', async () => {
			const { id, number } = await promise();
			const follow = (wanted: boolean) =>
				followCommitment(place.db, thandi, { municipalityId: kha, number, follow: wanted }, monday);
			await follow(true);
			await follow(true);
			expect((await getCommitment(place.db, kha, number)).followerCount).toBe(1);
			await follow(false);
			expect(await followsCommitment(place.db, thandi.id, id)).toBe(false);
			expect((await getCommitment(place.db, kha, number)).followerCount).toBe(0);
			const tho = (await khanyisa(place.db, 'THO')).id;
			await expect(
				followCommitment(place.db, thandi, { municipalityId: tho, number, follow: true }, monday)
			).rejects.toMatchObject({ status: 404 });
		});

		test('what was said about a promise cannot be unsaid', async () => {
			const { id } = await promise();
			await expect(
				place.db.transaction((tx) =>
					tx
						.update(commitmentEvents)
						.set({ words: 'I never said that' })
						.where(eq(commitmentEvents.commitmentId, id))
				)
			).rejects.toMatchObject({ cause: { code: '42501' } });
		});

		test('Ayanda follows a promise with her number alone: she is asked first, once, and then hears of it', async () => {
			const { number, id } = await promise();
			const facts = { municipalityId: kha, number, contact: '082 000 0188', language: 'zu' };
			await followCommitmentAt(place.db, facts, monday);
			await followCommitmentAt(place.db, facts, monday);

			const asked = await place.db.select().from(messages).where(eq(messages.subjectId, id));
			expect(asked.map(({ template, channel, language }) => [template, channel, language])).toEqual(
				[['following', 'sms', 'zu']]
			);
			expect((await getCommitment(place.db, kha, number)).followerCount).toBe(1);
			await expect(
				followCommitmentAt(place.db, { ...facts, contact: '082' }, monday)
			).rejects.toMatchObject({ status: 400, field: 'contact' });
		});

		test('who follows a ward hears when its councillor reports back, and she herself does not', async () => {
			const about = {
				municipalityId: kha,
				subject: 'ward' as const,
				subjectId: ward7,
				channel: 'inbox' as const,
				because: 'asked' as const
			};
			for (const { id } of [thandi, lindiwe])
				await follow(place.db, { ...about, personId: id }, monday);
			const words = 'We mended nine leaks and the clinic has its bench.';
			const facts = { municipalityId: kha, wardCode: ward7, quarter: '2026-Q4', words };
			await publishReportBack(place.db, lindiwe, facts, wednesday);
			const [{ id: reportBackId }] = await place.db.select().from(reportBacks);
			await reportedBack.run({ db: place.db, now: wednesday } as never, { reportBackId });
			await reportedBack.run({ db: place.db, now: wednesday } as never, { reportBackId });

			const told = await place.db
				.select()
				.from(messages)
				.where(eq(messages.template, 'ward.reported_back'));
			expect(told.map(({ personId }) => personId)).toEqual([thandi.id]);
		});
	},
	async (db) => settleKhanyisa(db, monday)
);
