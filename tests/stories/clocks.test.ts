import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { cases } from '#lib/cases/server/schema.ts';
import {
	doDeed,
	moveClocks,
	previewClocks,
	remark,
	verifyCases,
	type Case,
	type DeedFacts
} from '#lib/cases/server/index.ts';
import { withCalendar } from '#lib/clocks/policy.ts';
import {
	agreementsOf,
	calendarsOf,
	clockOf,
	endAgreement,
	proclaimDay,
	setAgreement,
	setCalendar,
	withdrawDay
} from '#lib/clocks/server/index.ts';
import { agreements, caseClocks, clockChanges } from '#lib/clocks/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { nextBroken, queuePage, workload } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { inBothDatabases } from '../support/story.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');
const timezone = 'Africa/Johannesburg';
const deed = (name: DeedFacts['deed'], more: Partial<DeedFacts> = {}): DeedFacts => ({
	deed: name,
	deedId: newId(),
	...more
});

inBothDatabases((place) => {
	let riaan: Actor, farida: Actor, chris: Actor, joyce: Actor;
	let water: string, municipalityId: string;
	let kase: Case;

	const raiseAt = async (title: string, when = monday, more = {}) =>
		(
			await raise(
				place.db,
				{ municipalityId, title, departmentId: water, wardCode: '99901007', ...more },
				when
			)
		).kase;
	const clockNow = async (id = kase.id) =>
		(await place.db.select().from(caseClocks).where(eq(caseClocks.caseId, id)))[0];
	const dueNow = async (id = kase.id) =>
		(await place.db.select({ dueAt: cases.dueAt }).from(cases).where(eq(cases.id, id)))[0].dueAt;
	const dealWith = (facts: DeedFacts, when: string) =>
		doDeed(place.db, farida, kase.id, facts, at(when));
	const civicCentre = async () =>
		(await calendarsOf(place.db, { municipalityId })).find(({ departmentId }) => !departmentId)!;

	beforeEach(async () => {
		[riaan, farida, chris, joyce] = [
			await personOf(place.db, 'department-officer'),
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'admin'),
			await personOf(place.db, 'neighbour-admin')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
		kase = await raiseAt('Weak water pressure, Vlei Street');
	});

	test('a report has its promises the moment it is received, each with its reason', async () => {
		const clock = await clockNow();
		expect(clock.acknowledgeDue).toEqual(at('2026-11-17T09:00'));
		expect(clock.replyDue).toEqual(at('2026-11-19T09:00'));
		expect(clock.resolveDue).toEqual(at('2026-11-30T09:00'));
		expect(await dueNow()).toEqual(clock.acknowledgeDue);
		expect(clock.reasons.resolve).toMatchObject({ minutes: 4800, weekdays: [6, 0], days: [] });
	});

	test('from looking at it to a pause and back: the clock follows every step', async () => {
		await dealWith(deed('acknowledge'), '2026-11-16T10:00');
		expect(await dueNow()).toEqual(at('2026-11-19T09:00'));
		await dealWith(deed('start'), '2026-11-16T11:00');
		await dealWith(deed('hold', { code: 'parts' }), '2026-11-17T09:00');
		expect(await dueNow()).toBeNull();
		expect((await clockNow()).pausedAt).toEqual(at('2026-11-17T09:00'));
		await dealWith(deed('start'), '2026-11-18T09:00');
		expect((await clockNow()).resolveDue).toEqual(at('2026-12-01T09:00'));
		await dealWith(deed('claim', { words: 'The valve was opened.' }), '2026-11-20T09:00');
		expect(await dueNow()).toBeNull();

		const shown = (await clockOf(place.db, kase.id, at('2027-03-01T09:00')))!;
		expect(shown.promises.map(({ target, verdict }) => [target, verdict])).toEqual([
			['acknowledge', 'kept'],
			['reply', 'kept'],
			['resolve', 'kept']
		]);
		expect((await verifyCases(place.db, municipalityId)).broken).toBeUndefined();
	});

	test('opened again on the same clock: what was left of the time runs on', async () => {
		await dealWith(deed('claim', { words: 'Done.' }), '2026-11-17T09:00');
		await dealWith(deed('reopen', { words: 'It is back.' }), '2026-11-23T09:00');
		expect((await clockNow()).resolveDue).toEqual(at('2026-12-04T09:00'));
	});

	test('more urgent means sooner, and both histories stay', async () => {
		await remark(
			place.db,
			farida,
			kase.id,
			{ remark: 'priority_changed', code: 'high', deedId: newId() },
			at('2026-11-16T10:00')
		);
		expect((await clockNow()).resolveDue).toEqual(at('2026-11-19T09:00'));
		const changes = await place.db
			.select()
			.from(clockChanges)
			.where(eq(clockChanges.caseId, kase.id));
		expect(changes).toHaveLength(1);
		expect(changes[0]).toMatchObject({
			fromDue: at('2026-11-30T09:00'),
			toDue: at('2026-11-19T09:00')
		});
		expect((await clockOf(place.db, kase.id, monday))!.moved).toHaveLength(1);
	});

	test('a note, a question or one more household costs the clock nothing', async () => {
		const before = await clockNow();
		await remark(
			place.db,
			riaan,
			kase.id,
			{ remark: 'note', words: 'Asked the depot.', deedId: newId() },
			at('2026-11-18T10:00')
		);
		expect(await clockNow()).toEqual(before);
	});

	describe('other hours', () => {
		test('move what is open, and never what has ended', async () => {
			const ended = await raiseAt('Leak at the tap, Kort Street');
			await doDeed(
				place.db,
				farida,
				ended.id,
				deed('claim', { words: 'Done.' }),
				at('2026-11-16T15:00')
			);
			const endedClock = await clockNow(ended.id);

			const hours = await civicCentre();
			const shorter = { ...hours.week, fri: [['07:45', '12:45']] as Array<[string, string]> };
			const facts = { ...hours, week: shorter, municipalityId, version: rowVersion(hours) };
			const given = facts;
			const preview = await previewClocks(
				place.db,
				municipalityId,
				(rows) => withCalendar(rows, given),
				at('2026-11-16T16:00')
			);
			expect(preview).toMatchObject({ open: 1, later: 0, lateBefore: 0 });

			await setCalendar(place.db, chris, given, at('2026-11-16T16:00'));
			expect(await moveClocks(place.db, municipalityId, at('2026-11-16T16:00'))).toBe(0);
			// Two Fridays three hours shorter.
			expect((await clockNow()).resolveDue).toEqual(at('2026-11-30T15:45'));
			expect(await clockNow(ended.id)).toEqual(endedClock);
			expect((await clockOf(place.db, kase.id, monday))!.moved[0].before).toEqual(
				at('2026-11-30T09:00')
			);
			expect(await moveClocks(place.db, municipalityId, at('2026-11-16T16:01'))).toBe(0);
			expect(await place.db.$count(clockChanges, eq(clockChanges.caseId, kase.id))).toBe(1);
		});

		test('that overlap, are none or were changed by somebody else are refused by name', async () => {
			const hours = await civicCentre();
			const given = hours;
			const set = (week: typeof hours.week, version = rowVersion(hours)) =>
				setCalendar(place.db, chris, { ...given, week, version }, monday);
			await expect(
				set({
					mon: [
						['08:00', '13:00'],
						['12:00', '16:00']
					]
				})
			).rejects.toThrow('overlap');
			await expect(set({})).rejects.toThrow('no working time');
			await expect(set(hours.week, 'another')).rejects.toMatchObject({ status: 409 });
			await expect(setCalendar(place.db, joyce, { ...given }, monday)).rejects.toMatchObject({
				status: 404
			});
			await expect(
				setCalendar(place.db, chris, { ...given, calendarId: undefined }, monday)
			).rejects.toMatchObject({ status: 409, field: 'departmentId' });
		});
	});

	test('a proclaimed day is skipped by what is open; one that is over is refused', async () => {
		const day = { municipalityId, timezone, name: 'Day of mourning' };
		await expect(
			proclaimDay(place.db, chris, { ...day, day: '2026-11-13' }, monday)
		).rejects.toMatchObject({ field: 'day' });
		const dayId = await proclaimDay(place.db, chris, { ...day, day: '2026-11-18' }, monday);
		await expect(
			proclaimDay(place.db, chris, { ...day, day: '2026-11-18' }, monday)
		).rejects.toMatchObject({ status: 409 });

		await moveClocks(place.db, municipalityId, monday);
		expect((await clockNow()).resolveDue).toEqual(at('2026-12-01T09:00'));
		expect((await clockNow()).reasons.resolve?.days).toEqual([
			{ day: '2026-11-18', name: 'Day of mourning' }
		]);

		await withdrawDay(place.db, chris, { municipalityId, dayId }, at('2026-11-16T10:00'));
		await moveClocks(place.db, municipalityId, at('2026-11-16T10:00'));
		expect((await clockNow()).resolveDue).toEqual(at('2026-11-30T09:00'));
	});

	describe('another promise', () => {
		const everybody = async () =>
			(await agreementsOf(place.db, { municipalityId })).find(
				({ serviceId, priority }) => !serviceId && !priority
			)!;

		test('holds for open cases from now on, and its earlier version stays', async () => {
			const stands = await everybody();
			const given = stands;
			const fiveDays = { minutes: 5 * 480, working: true };
			const id = await setAgreement(
				place.db,
				chris,
				{ ...given, resolve: fiveDays, version: rowVersion(stands) },
				at('2026-11-16T10:00')
			);
			expect(id).toBe(stands.agreementId);
			await moveClocks(place.db, municipalityId, at('2026-11-16T10:00'));
			expect((await clockNow()).resolveDue).toEqual(at('2026-11-23T09:00'));
			const versions = await place.db
				.select()
				.from(agreements)
				.where(eq(agreements.agreementId, id));
			expect(versions.map(({ until }) => until?.getTime())).toEqual(
				expect.arrayContaining([at('2026-11-16T10:00').getTime(), undefined])
			);
			await expect(
				setAgreement(place.db, chris, { ...given, version: rowVersion(stands) }, monday)
			).rejects.toMatchObject({ status: 409 });
		});

		test('ended: what was promised when it was reported stays promised', async () => {
			const stands = await everybody();
			await endAgreement(
				place.db,
				chris,
				{ municipalityId, agreementId: stands.agreementId, version: rowVersion(stands) },
				at('2026-11-16T10:00')
			);
			await moveClocks(place.db, municipalityId, at('2026-11-16T10:00'));
			expect((await clockNow()).resolveDue).toEqual(at('2026-11-30T09:00'));
			await dealWith(deed('acknowledge'), '2026-11-16T11:00');
			expect(await dueNow()).toEqual(at('2026-11-19T09:00'));
			const later = await raiseAt('No pressure again', at('2026-11-16T12:00'));
			expect(await clockNow(later.id)).toBeUndefined();
		});
	});

	test('Farida sees what breaks next, who holds what and why something stands still', async () => {
		const second = await raiseAt('Meter leaks, Kort Street', at('2026-11-10T09:00'));
		await doDeed(place.db, farida, second.id, deed('assign', { assigneeId: riaan.id }), monday);
		const third = await raiseAt('Tap drips, Bo Street', at('2026-11-12T09:00'));
		await doDeed(place.db, farida, third.id, deed('acknowledge'), monday);
		await doDeed(place.db, farida, third.id, deed('hold', { code: 'parts' }), monday);

		const now = at('2026-11-16T12:00');
		const next = await nextBroken(place.db, farida, municipalityId);
		expect(next.map(({ title }) => title)).toEqual([
			'Meter leaks, Kort Street',
			'Weak water pressure, Vlei Street'
		]);
		const { counts, holders, pauses } = await workload(place.db, farida, municipalityId, now);
		expect(counts).toMatchObject({ open: 3, late: 1, paused: 1 });
		expect(holders.find(({ id }) => id === riaan.id)).toMatchObject({ open: 1, late: 1 });
		expect(pauses).toMatchObject([{ reason: 'parts', n: 1 }]);
		expect((await workload(place.db, joyce, municipalityId, now)).counts.open).toBe(0);

		const { rows } = await queuePage(place.db, farida, municipalityId, {
			view: 'open',
			sort: 'due'
		});
		expect(rows.map(({ title }) => title)).toEqual([
			'Meter leaks, Kort Street',
			'Weak water pressure, Vlei Street',
			'Tap drips, Bo Street'
		]);
	});
}, settleKhanyisa);
