import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { doDeed, type DeedFacts } from '#lib/cases/server/index.ts';
import { flagWords } from '#lib/cases/gaming-wording.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { answerClaim, changeService, gamingFlags, servicesOf } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later, minutes } from '#lib/platform/time.ts';
import { inBothDatabases } from '../support/story.ts';
import { askerFor, departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');
const month = at('2026-12-14T09:00');

inBothDatabases((place) => {
	let thandi: Actor, riaan: Actor, farida: Actor;
	let municipalityId: string, water: string;

	const raised = async (title: string, when = monday, more = {}) =>
		(
			await raise(
				place.db,
				{
					...{ municipalityId, title, departmentId: water, wardCode: '99901007' },
					...{ reporterId: thandi.id, ...more }
				},
				when
			)
		).kase;
	const dealWith = (
		{ id }: { id: string },
		when: Date,
		deed: DeedFacts['deed'],
		more: Partial<DeedFacts> = {},
		who = riaan
	) => doDeed(place.db, who, id, { deed, deedId: newId(), silent: true, ...more }, when);
	const seenBy = async (who: Actor, now = month) =>
		(await gamingFlags(place.db, who, municipalityId, now)).flags;

	beforeEach(async () => {
		[thandi, riaan, farida] = [
			await personOf(place.db, 'resident'),
			await personOf(place.db, 'department-officer'),
			await personOf(place.db, 'supervisor')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
	});

	/** Promised for Monday the 30th at 09:00, never answered, paused. */
	const paused = async (title: string, when: string) => {
		const kase = await raised(title);
		await dealWith(kase, at('2026-11-16T10:00'), 'acknowledge');
		await dealWith(kase, at(when), 'hold', { code: 'parts' });
		return kase;
	};

	test('three pauses on the Friday before a Monday’s promise: the weekend is not time that was left', async () => {
		await paused('Leak 1', '2026-11-27T15:30');
		await paused('Leak 2', '2026-11-27T16:00');
		const last = await paused('Leak 3', '2026-11-30T08:00');
		const early = await paused('Leak 4', '2026-11-20T09:00');

		const [flag, ...more] = await seenBy(farida);
		expect(more).toEqual([]);
		expect(flag).toMatchObject({ sign: 'pause_before_breach', by: { id: riaan.id }, n: 3, of: 4 });
		expect(flag.evidence[0]).toMatchObject({
			...{ kind: 'hold', reference: last.reference, title: 'Leak 3', left: minutes(60) }
		});
		expect(flag.evidence.map(({ reference }) => reference)).not.toContain(early.reference);
		expect(flagWords(flag)).toBe(
			'Looks like pausing just before a promise breaks: Riaan Mabuza, 3 of 4 pauses with 4 h or less to go'
		);
		// What was done in November is nothing to look at in the new year.
		expect(await seenBy(farida, at('2027-01-11T09:00'))).toEqual([]);
	});

	test('claims that residents contradict', async () => {
		for (const [n, fixed] of [false, false, false, true].entries()) {
			const kase = await raised(`Tap ${n}`);
			await dealWith(kase, later(monday, days(1)), 'claim', { words: 'Done.' });
			await answerClaim(
				place.db,
				askerFor(thandi),
				{ municipalityId, reference: kase.reference, fixed, deedId: newId() },
				later(monday, days(2))
			);
		}
		expect(await seenBy(farida)).toMatchObject([{ sign: 'close_and_reopen', n: 3, of: 4 }]);
	});

	test('a service changed and changed back the next day', async () => {
		const offered = await servicesOf(place.db, municipalityId);
		const [leak, pressure] = ['burst-pipe', 'low-pressure'].map(
			(code) => offered.find((each) => each.code === code)!.id
		);
		const kase = await raised('Wet road', monday, { serviceId: leak });
		const change = (serviceId: string, when: Date) =>
			changeService(place.db, farida, kase.id, { serviceId, deedId: newId() }, when);
		await change(pressure, later(monday, days(1)));
		expect(await seenBy(farida)).toEqual([]);
		await change(leak, later(monday, days(2)));
		expect(await seenBy(farida)).toMatchObject([{ sign: 'category_shuffle', by: null, n: 2 }]);
	});

	test('twenty ended in an hour; of what is private, and of other departments, nobody learns here', async () => {
		for (let n = 0; n < 20; n++) {
			const kase = await raised(`Drip ${n}`, monday, { private: n === 0 });
			await dealWith(kase, later(monday, minutes(60 + n)), 'claim', { words: 'Done.' });
		}
		const [{ n, evidence }] = await seenBy(await personOf(place.db, 'municipal-manager'));
		expect([n, evidence.length]).toEqual([20, 10]);
		const { from } = await gamingFlags(place.db, farida, municipalityId, month, 5);
		expect(from).toEqual(later(monday, minutes(75)));
		for (const handle of ['neighbour-admin', 'resident', 'department-officer'])
			expect(await seenBy(await personOf(place.db, handle))).toEqual([]);
	});
}, settleKhanyisa);
