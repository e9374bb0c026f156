import { and, asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import {
	doDeed,
	joinJob,
	leaveJob,
	passOn,
	verifyCases,
	type Case,
	type DeedFacts
} from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import { tellOfEvent } from '#lib/cases/server/tell.ts';
import { caseClocks } from '#lib/clocks/server/schema.ts';
import { follow } from '#lib/delivery/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { answerClaim, incidentPage, support, withdraw } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later } from '#lib/platform/time.ts';
import { inBothDatabases } from '../support/story.ts';
import { askerFor, departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');
const noon = at('2026-11-16T12:00');
const timezone = 'Africa/Johannesburg';

inBothDatabases((place) => {
	let thandi: Actor, ayanda: Actor, farida: Actor, riaan: Actor;
	let municipalityId: string, water: string;
	let first: Case, second: Case, third: Case;

	const raiseAt = async (title: string, when: Date, reporterId?: string, more = {}) => {
		const { id, kase } = await raise(
			place.db,
			{ municipalityId, title, departmentId: water, wardCode: '99901007', reporterId, ...more },
			when
		);
		if (reporterId)
			await follow(
				place.db,
				{
					municipalityId,
					subject: 'issue',
					subjectId: id,
					personId: reporterId,
					channel: 'inbox',
					because: 'reported'
				},
				when
			);
		return kase;
	};
	const caseNow = async ({ id }: Pick<Case, 'id'>) =>
		(await place.db.select().from(cases).where(eq(cases.id, id)))[0];
	const clockNow = async ({ id }: Pick<Case, 'id'>) =>
		(await place.db.select().from(caseClocks).where(eq(caseClocks.caseId, id)))[0];
	const eventsOf = async ({ id }: Pick<Case, 'id'>) =>
		place.db
			.select()
			.from(caseEvents)
			.where(eq(caseEvents.caseId, id))
			.orderBy(asc(caseEvents.seq));
	const join = (some: Case[], more: Partial<Parameters<typeof joinJob>[2]> = {}, by = farida) =>
		joinJob(
			place.db,
			by,
			{
				cases: some.map(({ id, version }) => ({ id, basedOn: version })),
				title: 'Burst main in Kort Street',
				deedId: newId(),
				...more
			},
			noon
		);
	const step = async (kase: Case, facts: Omit<DeedFacts, 'deedId'>, when: string) => {
		await doDeed(place.db, farida, kase.id, { ...facts, deedId: newId() }, at(when));
		await passOn(place.db, kase.id, at(when));
	};
	const whole = async () =>
		expect((await verifyCases(place.db, municipalityId)).broken).toBeUndefined();
	const page = (asker = askerFor(null)) =>
		incidentPage(place.db, asker, { id: municipalityId, timezone }, first.reference);
	/** Tells of the last event of a kind, as the job would. */
	const tellLast = async (kase: Case, kind: string) => {
		const event = (await eventsOf(kase)).filter((each) => each.kind === kind).at(-1)!;
		await tellOfEvent(place.db, event.id, event.occurredAt);
	};

	beforeEach(async () => {
		[thandi, ayanda, farida, riaan] = [
			await personOf(place.db, 'resident'),
			await personOf(place.db, 'resident-2'),
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'department-officer')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
		first = await raiseAt('No water in Kort Street', monday, thandi.id);
		second = await raiseAt('Water in the road, Kort Street', later(monday, hours(1)), ayanda.id);
		third = await raiseAt('Taps are dry', later(monday, hours(2)), ayanda.id);
	});

	test('three reports become one job: the one that waits longest leads, each keeps its history', async () => {
		const before = await clockNow(second);
		expect((await join([third, second, first])).id).toBe(first.id);
		expect(await caseNow(first)).toMatchObject({ state: 'open', parts: 2 });
		expect(await caseNow(second)).toMatchObject({ state: 'merged', mergedIntoId: first.id });
		expect((await eventsOf(second)).map(({ kind }) => kind)).toEqual(['opened', 'job_joined']);
		expect(await clockNow(second)).toMatchObject({
			resolveDue: before.resolveDue,
			endedAt: null
		});
		expect(await place.db.$count(auditEntries, eq(auditEntries.deed, 'case.joined'))).toBe(1);
		await whole();
	});

	test('what the leading case does, every part does: it stands, runs and ends with it', async () => {
		await join([first, second, third]);
		await step(first, { deed: 'start' }, '2026-11-16T13:00');
		await step(first, { deed: 'hold', code: 'parts' }, '2026-11-16T14:00');
		expect((await clockNow(second)).pausedAt).toEqual(at('2026-11-16T14:00'));
		await step(first, { deed: 'start' }, '2026-11-17T09:00');
		await step(first, { deed: 'claim', words: 'New joint.' }, '2026-11-17T11:00');
		expect((await clockNow(third)).endedAt).toEqual(at('2026-11-17T11:00'));
		expect((await caseNow(third)).state).toBe('merged');

		const told = (await eventsOf(second)).length;
		await passOn(place.db, first.id, at('2026-11-17T12:00'));
		expect(await eventsOf(second)).toHaveLength(told);
		await whole();
	});

	test('taken out again, a report stands where it stood, with the clock it would have had alone', async () => {
		const alone = await raiseAt('The same hour, never joined', later(monday, hours(1)));
		await join([first, second, third]);
		await step(first, { deed: 'start' }, '2026-11-16T13:00');
		await step(first, { deed: 'hold', code: 'parts' }, '2026-11-16T14:00');
		await leaveJob(
			place.db,
			farida,
			second.id,
			{ words: 'It is the meter.', deedId: newId() },
			at('2026-11-18T09:00')
		);
		expect(await caseNow(second)).toMatchObject({ state: 'open', mergedIntoId: null });
		expect(await caseNow(first)).toMatchObject({ parts: 1 });
		const [ours, theirs] = [await clockNow(second), await clockNow(alone)];
		expect(ours).toMatchObject({
			resolveDue: theirs.resolveDue,
			acknowledgedAt: null,
			pausedAt: null,
			endedAt: null
		});
		expect((await eventsOf(second)).map(({ kind }) => kind)).toEqual([
			'opened',
			'job_joined',
			'job_moved',
			'job_moved',
			'job_left'
		]);
		await step(first, { deed: 'start' }, '2026-11-18T10:00');
		expect((await eventsOf(second)).at(-1)?.kind).toBe('job_left');
		await whole();
	});

	test('without its last part a job is none, and its page is gone', async () => {
		await join([first, second]);
		expect((await page()).title).toBe('Burst main in Kort Street');
		await leaveJob(place.db, farida, second.id, { words: 'Not this.', deedId: newId() }, noon);
		await expect(page()).rejects.toMatchObject({ status: 404 });
	});

	test('everybody is told everything, and Ayanda with two reports in it once', async () => {
		await join([first, second, third]);
		await tellLast(second, 'job_joined');
		await tellLast(third, 'job_joined');
		await step(first, { deed: 'start', words: 'The team is there.' }, '2026-11-16T13:00');
		await tellLast(first, 'start');
		const toldTo = async (template: string) =>
			(await place.db.select().from(messages).where(eq(messages.template, template)))
				.map(({ personId }) => personId)
				.sort();
		expect(await toldTo('case.joined_job')).toEqual([ayanda.id]);
		expect(await toldTo('case.in_progress')).toEqual([thandi.id, ayanda.id].sort());
	});

	test('weight is households: Ayanda twice is one, two people at one address are one', async () => {
		const asker = (device: string) => askerFor(null, device);
		const at7 = { municipalityId, address: '7 Kort Street' };
		await support(place.db, asker('phone-one'), { ...at7, reference: first.reference }, noon);
		await support(
			place.db,
			asker('phone-two'),
			{ ...at7, address: ' 7 KORT street', reference: second.reference },
			noon
		);
		await support(place.db, askerFor(ayanda), { municipalityId, reference: first.reference }, noon);
		await join([first, second, third]);
		// Thandi, Ayanda, and 7 Kort Street.
		expect(await page()).toMatchObject({ households: 3, reports: 3 });
	});

	test('Ayanda answers on her own report, and Thandi’s case is confirmed with it', async () => {
		await join([first, second]);
		await step(first, { deed: 'claim', words: 'New joint.' }, '2026-11-17T11:00');
		const outcome = await answerClaim(
			place.db,
			askerFor(ayanda),
			{ municipalityId, reference: second.reference, fixed: true, deedId: newId() },
			at('2026-11-17T15:00')
		);
		expect(outcome).toBe('confirm');
		expect(await caseNow(first)).toMatchObject({ state: 'verified_closed' });
	});

	test('a part that its reporter takes back leaves; the leader taken back frees the others', async () => {
		await join([first, second, third]);
		const back = (who: Actor, { reference }: Case) =>
			withdraw(
				place.db,
				askerFor(who),
				{ municipalityId, reference, code: 'fixed', deedId: newId() },
				at('2026-11-16T15:00')
			);
		await back(ayanda, third);
		await passOn(place.db, first.id, at('2026-11-16T15:01'));
		expect(await caseNow(first)).toMatchObject({ parts: 1 });
		await back(thandi, first);
		await passOn(place.db, first.id, at('2026-11-16T15:02'));
		expect(await caseNow(second)).toMatchObject({ state: 'open', mergedIntoId: null });
		expect(await caseNow(first)).toMatchObject({ parts: 0, state: 'withdrawn' });
		await whole();
	});

	describe('refused', () => {
		test('a stale save, which changes nothing', async () => {
			const stale = join([first, { ...second, version: second.version - 1 }]);
			await expect(stale).rejects.toMatchObject({ status: 409, field: 'version' });
			expect(await caseNow(second)).toMatchObject({ state: 'open' });
		});

		test('one report, a private one, a job without a name, two jobs', async () => {
			await expect(join([first])).rejects.toMatchObject({ status: 400, field: 'case' });
			await expect(join([first, second], { title: ' ' })).rejects.toMatchObject({
				field: 'title'
			});
			const secret = await raiseAt('Between us', monday, undefined, { private: true });
			await expect(join([first, secret])).rejects.toThrow(/private.*T\d+/);
			await join([first, second]);
			const fourth = await raiseAt('Another street', monday);
			await join([third, fourth]);
			const [a, b] = [await caseNow(first), await caseNow(fourth)];
			await expect(join([a, b])).rejects.toThrow(/Two of them lead/);
		});

		test('somebody of another department, and a reason that is missing', async () => {
			const other = (await departmentOf(place.db, 'roads')).id;
			const road = await raiseAt('A hole', monday, undefined, { departmentId: other });
			await expect(join([first, road], {}, riaan)).rejects.toMatchObject({ status: 404 });
			await join([first, second]);
			await expect(
				leaveJob(place.db, farida, second.id, { words: ' ', deedId: newId() }, noon)
			).rejects.toMatchObject({ status: 400, field: 'words' });
		});

		test('the same form twice joins once', async () => {
			const deedId = newId();
			await join([first, second], { deedId });
			await join([first, second], { deedId });
			expect(
				await place.db.$count(
					caseEvents,
					and(eq(caseEvents.caseId, first.id), eq(caseEvents.kind, 'job_gained'))
				)
			).toBe(1);
		});
	});

	test('more reports join a job that stands, and keep its name', async () => {
		await join([first, second]);
		await join([await caseNow(first), third], { title: 'Another name' });
		expect(await page()).toMatchObject({ title: 'Burst main in Kort Street', reports: 3 });
	});
}, settleKhanyisa);
