import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import {
	climbLadders,
	doDeed,
	moveClocks,
	previewLadder,
	remark,
	type Case
} from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import { setLadder, type LadderStep } from '#lib/clocks/server/index.ts';
import { caseClimbs, caseClocks } from '#lib/clocks/server/schema.ts';
import { followings } from '#lib/delivery/server/schema.ts';
import { takeHigher } from '#lib/issues/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { breakNth, mend } from '../support/break-nth.ts';
import { inBothDatabases, inBothDatabasesForReal } from '../support/story.ts';
import { askerFor, departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');
const steps: LadderStep[] = [
	{ level: 'supervisor', percent: 100, copyCouncillor: false },
	{ level: 'director', percent: 150, copyCouncillor: false },
	{ level: 'municipal_manager', percent: 200, copyCouncillor: true }
];

/** A report of Monday morning in ward 7, under a ladder that was there before it. */
async function reported(db: Db, more: Parameters<typeof raise>[1] | object = {}) {
	const municipalityId = (await khanyisa(db)).id;
	const chris = await personOf(db, 'admin');
	await setLadder(db, chris, { municipalityId, serviceId: null, steps }, at('2026-11-13T09:00'));
	const departmentId = (await departmentOf(db, 'water')).id;
	const facts = {
		municipalityId,
		title: 'Weak water pressure',
		departmentId,
		wardCode: '99901007'
	};
	return (await raise(db, { ...facts, ...more }, monday)).kase;
}

const carriedUp = async (db: Db, { id }: Case) =>
	(
		await db
			.select({ facts: caseEvents.facts, at: caseEvents.occurredAt })
			.from(caseEvents)
			.where(and(eq(caseEvents.caseId, id), eq(caseEvents.kind, 'escalated')))
			.orderBy(caseEvents.seq)
	).map(({ facts }) => facts.code);

inBothDatabases((place) => {
	let farida: Actor, deon: Actor, zanele: Actor, lindiwe: Actor, chris: Actor;
	let kase: Case;

	beforeEach(async () => {
		[farida, deon, zanele, lindiwe, chris] = [
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'director'),
			await personOf(place.db, 'municipal-manager'),
			await personOf(place.db, 'councillor'),
			await personOf(place.db, 'admin')
		];
		kase = await reported(place.db);
	});

	test('at the due moment, once, to the supervisor; residents see it, and she hears of it', async () => {
		expect(await climbLadders(place.db, at('2026-11-30T08:59'))).toBe(0);
		expect(await climbLadders(place.db, at('2026-11-30T09:00'))).toBe(1);
		expect(await climbLadders(place.db, at('2026-11-30T09:01'))).toBe(0);
		expect(await carriedUp(place.db, kase)).toEqual(['supervisor']);
		const following = await place.db
			.select()
			.from(followings)
			.where(eq(followings.subjectId, kase.subjectId));
		expect(following.map(({ personId }) => personId)).toEqual([farida.id]);
		const [clock] = await place.db.select().from(caseClocks).where(eq(caseClocks.caseId, kase.id));
		expect(clock.nextClimb).toEqual(at('2026-12-07T09:00'));
	});

	test('after a stop every rung is told once, in order, and none at midnight', async () => {
		expect(await climbLadders(place.db, at('2026-12-14T23:30'))).toBe(0);
		expect(await carriedUp(place.db, kase)).toEqual([]);
		expect(await climbLadders(place.db, at('2026-12-15T07:44'))).toBe(0);
		expect(await climbLadders(place.db, at('2026-12-15T07:45'))).toBe(3);
		expect(await carriedUp(place.db, kase)).toEqual([
			'supervisor',
			'director',
			'municipal_manager'
		]);
		expect(await climbLadders(place.db, at('2026-12-15T08:00'))).toBe(0);
		const following = await place.db
			.select()
			.from(followings)
			.where(eq(followings.subjectId, kase.subjectId));
		expect(following.map(({ personId }) => personId)).toEqual(
			expect.arrayContaining([farida.id, deon.id, zanele.id, lindiwe.id])
		);
	});

	test('a case that cannot be carried up holds up no other, and is carried up the next minute', async () => {
		const other = await reported(place.db, { title: 'No pressure uphill either' });
		const stands = (version: number) =>
			place.db.update(cases).set({ version }).where(eq(cases.id, other.id));
		// What would be its next event is there already.
		await stands(0);
		expect(await climbLadders(place.db, at('2026-11-30T09:00'))).toBe(1);
		await stands(other.version);
		expect(await climbLadders(place.db, at('2026-11-30T09:01'))).toBe(1);
		for (const each of [kase, other])
			expect(await carriedUp(place.db, each)).toEqual(['supervisor']);
	});

	test('a fault in the middle loses nothing: each case is tried again by itself', async () => {
		const other = await reported(place.db, { title: 'No pressure uphill either' });
		breakNth(place.db, 8);
		try {
			expect(await climbLadders(place.db, at('2026-11-30T09:00'))).toBe(2);
		} finally {
			mend();
		}
		for (const each of [kase, other])
			expect(await carriedUp(place.db, each)).toEqual(['supervisor']);
	});

	test('an emergency wakes people at the minute', async () => {
		const wires = await raise(
			place.db,
			{
				municipalityId: kase.municipalityId,
				title: 'Sparks at the pump',
				departmentId: kase.departmentId!,
				wardCode: '99901007'
			},
			at('2026-11-16T14:00')
		);
		await remark(
			place.db,
			farida,
			wires.kase.id,
			{ remark: 'priority_changed', code: 'emergency', deedId: newId() },
			at('2026-11-16T14:05')
		);
		expect(await climbLadders(place.db, at('2026-11-17T01:59'))).toBe(0);
		expect(await climbLadders(place.db, at('2026-11-17T02:00'))).toBe(1);
	});

	test('what is done or stands still is not carried up; an answer is kept beside the rung', async () => {
		await doDeed(
			place.db,
			farida,
			kase.id,
			{ deed: 'acknowledge', deedId: newId() },
			at('2026-11-17T09:00')
		);
		await doDeed(
			place.db,
			farida,
			kase.id,
			{ deed: 'hold', code: 'parts', deedId: newId() },
			at('2026-11-18T09:00')
		);
		expect(await climbLadders(place.db, at('2026-12-15T09:00'))).toBe(0);
		await doDeed(
			place.db,
			farida,
			kase.id,
			{ deed: 'start', deedId: newId() },
			at('2026-11-19T09:00')
		);
		expect(await climbLadders(place.db, at('2026-12-01T09:00'))).toBe(1);
		await remark(
			place.db,
			farida,
			kase.id,
			{ remark: 'reply', words: 'The valve comes on Friday.', deedId: newId() },
			at('2026-12-01T10:00')
		);
		const [climb] = await place.db.select().from(caseClimbs).where(eq(caseClimbs.caseId, kase.id));
		expect(climb).toMatchObject({ level: 'supervisor', answeredAt: at('2026-12-01T10:00') });
	});

	test('Thandi takes what is late higher, once; it is answered, and nobody else may', async () => {
		const thandi = await personOf(place.db, 'resident');
		const late = await raise(
			place.db,
			{
				municipalityId: kase.municipalityId,
				title: 'No pressure',
				departmentId: kase.departmentId!,
				wardCode: '99901007',
				reporterId: thandi.id
			},
			monday
		);
		const higher = (
			when: string,
			words = 'Two old people live here.',
			who: Actor | null = thandi
		) =>
			takeHigher(
				place.db,
				askerFor(who),
				{ municipalityId: kase.municipalityId, reference: late.reference, deedId: newId(), words },
				at(when)
			);
		await expect(higher('2026-11-16T15:00')).rejects.toMatchObject({ status: 409, field: 'why' });
		await expect(higher('2026-11-18T10:00', ' ')).rejects.toMatchObject({ status: 400 });
		await expect(higher('2026-11-18T10:00', 'Mine', lindiwe)).rejects.toMatchObject({
			status: 404
		});
		await higher('2026-11-18T10:00');
		await expect(higher('2026-11-18T11:00')).rejects.toMatchObject({ status: 409 });
		expect(await carriedUp(place.db, late.kase)).toEqual(['supervisor']);
		const following = await place.db
			.select()
			.from(followings)
			.where(eq(followings.subjectId, late.id));
		expect(following.map(({ personId }) => personId)).toEqual(
			expect.arrayContaining([farida.id, lindiwe.id])
		);
	});

	describe('another ladder', () => {
		test('is shown with what it would do to open cases before it is set', async () => {
			const municipalityId = kase.municipalityId;
			const preview = (percents: number[], serviceId: string | null = null) =>
				previewLadder(
					place.db,
					municipalityId,
					{
						serviceId,
						steps: steps.slice(0, percents.length).map((each, i) => ({
							...each,
							percent: percents[i]
						}))
					},
					at('2026-11-27T09:00')
				);
			const nothing = { sooner: 0, later: 0, gained: 0, lost: 0 };
			expect(await preview([100, 150, 200])).toMatchObject({ open: 1, more: false, ...nothing });
			expect(await preview([95, 150])).toMatchObject({
				...{ ...nothing, sooner: 1, lost: 1 },
				ahead: {
					supervisor: { before: 1, after: 1 },
					municipal_manager: { before: 1, after: 0 }
				}
			});
			expect(await preview([120])).toMatchObject({ ...nothing, later: 1, lost: 1 });
			// Only the second desk hears sooner.
			expect(await preview([100, 120, 200])).toMatchObject({ ...nothing, sooner: 1 });
			expect(await preview([])).toMatchObject({ ...nothing, lost: 1 });
			// What fell due before is not carried up by new steps.
			expect(await preview([50])).toMatchObject({ ...nothing, lost: 1 });
			expect(await preview([10], newId())).toMatchObject(nothing);
			await expect(preview([150, 120])).rejects.toMatchObject({ field: 'director' });
			expect(await climbLadders(place.db, at('2026-11-30T09:00'))).toBe(1);
		});

		test('carries up only what falls due after it was set', async () => {
			const soon = [{ level: 'director', percent: 50, copyCouncillor: false }] as LadderStep[];
			const { municipalityId } = kase;
			const set = { municipalityId, serviceId: null, steps: soon };
			await setLadder(place.db, chris, set, at('2026-11-27T09:00'));
			await moveClocks(place.db, municipalityId, at('2026-11-27T09:00'));
			expect(await climbLadders(place.db, at('2026-12-15T09:00'))).toBe(0);
		});

		test('on which a higher desk hears first is refused, and so is whoever may not', async () => {
			const { municipalityId } = kase;
			const wrong = [
				{ level: 'supervisor', percent: 100, copyCouncillor: false },
				{ level: 'director', percent: 80, copyCouncillor: false }
			] as LadderStep[];
			const set = { municipalityId, serviceId: null, steps: wrong };
			await expect(setLadder(place.db, chris, set, monday)).rejects.toMatchObject({
				status: 400,
				field: 'director'
			});
			await expect(setLadder(place.db, farida, { ...set, steps }, monday)).rejects.toMatchObject({
				status: 404
			});
		});
	});
}, settleKhanyisa);

inBothDatabasesForReal((place) => {
	test('two workers at once tell it once', async () => {
		const kase = await reported(place.database.db);
		const now = at('2026-11-30T09:00');
		const told = await Promise.all([
			climbLadders(place.database.db, now),
			climbLadders(place.database.db, now)
		]);
		expect(told[0] + told[1]).toBe(1);
		expect(await carriedUp(place.database.db, kase)).toEqual(['supervisor']);
	});
}, settleKhanyisa);
