import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { noArea } from '#lib/alerts/area.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { services } from '#lib/issues/server/schema.ts';
import {
	changeOutage,
	discardOutage,
	dismissProposal,
	eraseHouseholds,
	exportHouseholds,
	forgetHouseholds,
	getOutage,
	joinOutage,
	knownOutage,
	lateDismissals,
	listOutages,
	moveOutage,
	outagesForOffice,
	outagesToPublish,
	outageToWork,
	proposalsFor,
	writeOutage,
	type Move,
	type NewOutage
} from '#lib/outages/server/index.ts';
import { outageEvents, outageHouseholds, outages } from '#lib/outages/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { drainJobs } from '#lib/platform/server/jobs.ts';
import { days, hours, later } from '#lib/platform/time.ts';
import { demoAddress, demoSpot } from '../../src/demo/khanyisa/geography-spots.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { jobs } from '../../src/schedule.ts';
import { askerFor, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const at = (hour: number) => later(monday, hours(hour));
const ward7 = '99901007';
const why = 'The coupling has to come from East London.';
const house = demoAddress('Vlei Street', 12);

inBothDatabases((place) => {
	let kha: string;
	let farida: Actor, pumla: Actor, thandi: Actor, ayanda: Actor, riaan: Actor, anele: Actor;

	beforeEach(async () => {
		kha = (await khanyisa(place.db)).id;
		[farida, pumla, thandi, ayanda, riaan, anele] = [
			await personOf(place.db, 'supervisor', monday),
			await personOf(place.db, 'agent', monday),
			await personOf(place.db, 'resident', monday),
			await personOf(place.db, 'resident-2', monday),
			await personOf(place.db, 'department-officer', monday),
			await personOf(place.db, 'neighbour-officer', monday)
		];
	});

	const facts = (more: Partial<NewOutage> = {}): NewOutage => ({
		id: newId(monday),
		municipalityId: kha,
		planned: false,
		services: ['no-water', 'low-pressure'],
		areaDesc: 'Vlei Street and around',
		areaWish: { ...noArea, around: `${house.point.lat}, ${house.point.lon}`, metres: 300 },
		startsAt: at(-1),
		forecastEnd: at(6),
		words: 'A main broke at the clinic. A tanker stands at the gate.',
		language: 'en',
		reference: '',
		...more
	});
	const write = (more: Partial<NewOutage> = {}, actor = farida, now = monday) =>
		writeOutage(place.db, actor, facts(more), now);
	const say = (
		number: number,
		deed: Move['deed'],
		more: Partial<Move> = {},
		now = monday,
		actor = farida
	) =>
		moveOutage(
			place.db,
			actor,
			{ municipalityId: kha, number, deed, deedId: newId(now), ...more },
			now
		);
	const published = async (more: Partial<NewOutage> = {}) => {
		const { number } = await write(more);
		await say(number, 'publish');
		return number;
	};
	const join = (who: Actor | null, number: number, address = '', more = {}) =>
		joinOutage(
			place.db,
			askerFor(who, 'phone' in more ? String(more.phone) : 'a-phone'),
			{ municipalityId: kha, number, address, ...more },
			at(1)
		);
	const known = (more = {}, now = monday) =>
		knownOutage(
			place.db,
			{ municipalityId: kha, service: 'no-water', point: house.point, wardCode: ward7, ...more },
			now
		);
	const told = async () =>
		(await place.db.select().from(messages))
			.filter(({ template }) => template.startsWith('outage.'))
			.map(({ template, personId, title }) => ({ template, personId, title }));
	const row = async (number: number) =>
		(await place.db.select().from(outages).where(eq(outages.number, number)))[0];

	test('Farida writes one: nobody else sees it; published, everybody does, and in its ward', async () => {
		const { number, wardCodes } = await write();
		expect(wardCodes).toContain(ward7);
		await expect(getOutage(place.db, askerFor(null), kha, number)).rejects.toMatchObject({
			status: 404
		});
		expect((await listOutages(place.db, kha, {}, monday)).now).toEqual([]);
		expect(await known()).toBeNull();

		await say(number, 'publish', { version: 1 });
		const seen = await getOutage(place.db, askerFor(null), kha, number, monday);
		expect(seen).toMatchObject({
			state: 'open',
			areaDesc: 'Vlei Street and around',
			households: 0,
			services: [{ code: 'no-water', name: 'No water' }, { code: 'low-pressure' }]
		});
		expect(seen.history.map(({ kind }) => kind)).toEqual(['publish']);
		const inWard = await listOutages(place.db, kha, { wardCode: ward7 }, monday);
		expect(inWard.now.map((each) => each.number)).toEqual([number]);
		const elsewhere = await listOutages(place.db, kha, { wardCode: '99901002' }, monday);
		expect(elsewhere.now).toEqual([]);
		expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
	});

	test('who may not publish finds nothing; a supervisor speaks for her department alone', async () => {
		await expect(write({}, riaan)).rejects.toMatchObject({ status: 404 });
		await expect(write({}, anele)).rejects.toMatchObject({ status: 404 });
		await expect(write({}, thandi)).rejects.toMatchObject({ status: 404 });
		await expect(write({ services: ['no-power-area'] })).rejects.toMatchObject({
			field: 'services'
		});
		const { number } = await write({ services: ['no-power-area'] }, pumla);
		await expect(say(number, 'publish')).rejects.toMatchObject({ status: 404 });
		await expect(outageToWork(place.db, farida, kha, number)).rejects.toMatchObject({
			status: 404
		});
		expect(await outagesForOffice(place.db, farida, kha)).toEqual([]);
		expect(await outagesForOffice(place.db, pumla, kha)).toHaveLength(1);
		await expect(outagesForOffice(place.db, anele, kha)).rejects.toMatchObject({ status: 404 });
	});

	test.each([
		[{ areaDesc: 'x' }, 'place'],
		[{ services: [] }, 'services'],
		[{ services: ['no-water', 'witchcraft'] }, 'services'],
		[{ services: ['illegal-connection'] }, 'services'],
		[{ startsAt: null }, 'starts'],
		[{ startsAt: at(2), forecastEnd: null }, 'starts'],
		[{ forecastEnd: at(-0.5) }, 'forecast'],
		[{ language: 'klingon' }, 'language'],
		[{ reference: 'KHA-26-NONE1' }, 'reference'],
		[{ areaWish: noArea }, 'wards'],
		[{ areaWish: { ...noArea, corners: '1, 2\n3, 4' } }, 'corners'],
		[{ areaWish: { ...noArea, around: '-30.5, 20.5', metres: 300 } }, 'corners']
	])('a draft with %o is refused and says where', async (more, field) => {
		await expect(write(more)).rejects.toMatchObject({ status: 400, field });
	});

	test('a draft changes and goes; what is public does neither', async () => {
		const { number, version } = await write();
		const which = { municipalityId: kha, number };
		await changeOutage(
			place.db,
			farida,
			{ ...facts({ planned: true }), ...which, version },
			monday
		);
		await expect(
			changeOutage(place.db, farida, { ...facts(), ...which, version }, monday)
		).rejects.toMatchObject({ status: 409 });
		await say(number, 'publish');
		await expect(
			changeOutage(place.db, farida, { ...facts(), ...which }, monday)
		).rejects.toMatchObject({ status: 409 });
		await expect(discardOutage(place.db, farida, which, monday)).rejects.toMatchObject({
			status: 409
		});
		await expect(
			place.db.transaction((tx) =>
				tx.update(outages).set({ areaDesc: 'Elsewhere' }).where(eq(outages.number, number))
			)
		).rejects.toThrow();
		await expect(
			place.db.transaction((tx) => tx.update(outageEvents).set({ why: 'Another' }))
		).rejects.toThrow();
		const { number: other } = await write();
		await discardOutage(place.db, farida, { municipalityId: kha, number: other }, monday);
		expect(await row(other)).toBeUndefined();
	});

	test('the forecast moves with its reason, and the old one stays visible', async () => {
		const number = await published();
		await say(number, 'crew', {}, at(1));
		await expect(say(number, 'forecast', { forecast: at(9) }, at(2))).rejects.toMatchObject({
			field: 'why'
		});
		const deedId = newId(monday);
		await say(number, 'forecast', { forecast: at(9), why, deedId }, at(2));
		await say(number, 'forecast', { forecast: at(9), why, deedId }, at(2));
		await say(number, 'forecast', { forecast: null, why }, at(3));
		const { history, forecastEnd } = await getOutage(place.db, askerFor(null), kha, number, at(3));
		expect(forecastEnd).toBeNull();
		expect(
			history.map(({ kind, forecastBefore, forecastAfter }) => [
				kind,
				forecastBefore,
				forecastAfter
			])
		).toEqual([
			['forecast', at(9), null],
			['forecast', at(6), at(9)],
			['crew', at(6), at(6)],
			['publish', at(6), at(6)]
		]);
	});

	test('two speak at once: the second reads what the first said', async () => {
		const number = await published();
		const { version } = await row(number);
		await say(number, 'crew', { version }, at(1));
		await expect(
			say(number, 'forecast', { version, forecast: at(9), why }, at(1), pumla)
		).rejects.toMatchObject({ status: 409 });
	});

	test('a report inside, of its service, while it lasts, is known; anything else is not', async () => {
		const number = await published();
		expect(await known()).toMatchObject({ number, startsAt: at(-1), forecastEnd: at(6) });
		expect(await known({ service: 'low-pressure' })).toMatchObject({ number });
		expect(await known({ service: 'burst-pipe' })).toBeNull();
		expect(await known({ point: demoSpot(2, 0).point })).toBeNull();
		// Only the ward is known, and the outage is not everywhere in it.
		expect(await known({ point: null })).toBeNull();
		expect(await known({}, at(-2))).toBeNull();
		await say(number, 'resolve', {}, at(4));
		expect(await known({}, at(4))).toBeNull();
		await say(number, 'again', { why, forecast: at(9) }, at(5));
		expect(await known({}, at(5))).toMatchObject({ number, forecastEnd: at(9) });
	});

	test('over a whole ward, the ward alone is enough; planned for tomorrow, nobody is told yet', async () => {
		const whole = { areaWish: { ...noArea, wards: [ward7] }, areaDesc: 'Ward 7' };
		const number = await published(whole);
		expect(await known({ point: null })).toMatchObject({ number });
		expect(await known({ point: null, wardCode: '99901003' })).toBeNull();
		await published({
			...whole,
			planned: true,
			services: ['water-quality'],
			startsAt: at(24),
			forecastEnd: at(30)
		});
		expect(await known({ point: null, service: 'water-quality' })).toBeNull();
		expect(await known({ point: null, service: 'water-quality' }, at(25))).not.toBeNull();
	});

	describe('households', () => {
		test('each counts once: the same phone, the same person, the same address', async () => {
			const number = await published();
			await join(null, number, '12 Vlei Street', { phone: 'one' });
			await join(null, number, '12 Vlei Street', { phone: 'one' });
			await join(thandi, number, '12 vlei street,', { phone: 'two' });
			await join(ayanda, number, '14 Vlei Street', { phone: 'three' });
			await join(null, number, '', { phone: 'four' });
			expect((await row(number)).households).toBe(3);
			const kept = await place.db.select().from(outageHouseholds);
			expect(JSON.stringify(kept)).not.toMatch(/vlei/i);
		});

		test('an agent adds callers one by one; nobody else can count themselves often', async () => {
			const number = await published();
			await join(pumla, number, '12 Vlei Street', { forCaller: true });
			await join(pumla, number, '14 Vlei Street', { forCaller: true });
			expect((await row(number)).households).toBe(2);
			await join(null, number, '', { forCaller: true, phone: 'one' });
			await join(null, number, '', { forCaller: true, phone: 'one' });
			expect((await row(number)).households).toBe(3);
		});

		test('whoever added theirs hears when the time moves and when it is back, each once', async () => {
			const number = await published();
			await join(thandi, number, '12 Vlei Street');
			await join(ayanda, number, '14 Vlei Street');
			await say(number, 'assign', {}, at(1));
			await say(number, 'forecast', { forecast: at(9), why }, at(2));
			await say(number, 'forecast', { forecast: null, why }, at(3));
			await say(number, 'resolve', {}, at(4));
			await say(number, 'close', {}, at(5));
			await drainJobs(place.db, jobs, at(5));
			await drainJobs(place.db, jobs, at(5));
			const all = await told();
			const of = (who: Actor) =>
				all.filter(({ personId }) => personId === who.id).map(({ template }) => template);
			expect(of(thandi).toSorted()).toEqual([
				'outage.ended',
				'outage.forecast',
				'outage.forecast_unknown'
			]);
			expect(of(ayanda)).toHaveLength(3);
			expect(
				all.find(
					({ personId, template }) => personId === thandi.id && template === 'outage.forecast'
				)
			).toMatchObject({
				title: 'Outage in Vlei Street and around: now expected back Mon 23 Nov, 19:00'
			});
		});

		test('called off says so; a contact is asked first, and a wrong one is refused', async () => {
			const number = await published();
			await join(null, number, '', { contacts: ['nowhere@mail.example'], phone: 'one' });
			expect((await place.db.select().from(messages)).map(({ template }) => template)).toContain(
				'following'
			);
			await expect(
				join(null, number, '', { contacts: ['12345'], phone: 'two' })
			).rejects.toMatchObject({ field: 'contact' });
			await expect(join(null, number, 'x'.repeat(201), { phone: 'two' })).rejects.toMatchObject({
				field: 'address'
			});
			await join(thandi, number);
			await expect(say(number, 'close', {}, at(2))).rejects.toMatchObject({ field: 'why' });
			await say(number, 'close', { why: 'It was the wrong valve; all taps run.' }, at(2));
			await drainJobs(place.db, jobs, at(2));
			expect((await told()).filter(({ personId }) => personId === thandi.id)).toMatchObject([
				{ template: 'outage.called_off' }
			]);
			await expect(join(ayanda, number)).rejects.toMatchObject({ status: 409 });
			await expect(join(ayanda, 999)).rejects.toMatchObject({ status: 404 });
		});

		test('a person is told what is kept of them, and forgotten on their word', async () => {
			const number = await published();
			await join(thandi, number, '12 Vlei Street');
			await join(ayanda, number, '14 Vlei Street');
			expect(await exportHouseholds(place.db, thandi.id)).toEqual([
				{ outage: number, area: 'Vlei Street and around', at: at(1) }
			]);
			await eraseHouseholds(place.db, thandi.id);
			expect(await exportHouseholds(place.db, thandi.id)).toEqual([]);
			expect(await exportHouseholds(place.db, ayanda.id)).toHaveLength(1);
			await join(null, number, '', { phone: 'one' });
			expect((await row(number)).households).toBe(3);
		});

		test('one phone cannot go on for ever; a month after its end nobody is known any more', async () => {
			const number = await published();
			for (let i = 0; i < 20; i++) await join(null, number, `${i} Vlei Street`);
			await expect(join(null, number)).rejects.toMatchObject({ status: 429 });
			await say(number, 'resolve', {}, at(4));
			expect(await forgetHouseholds(place.db, later(at(4), days(29)))).toBe(0);
			expect(await forgetHouseholds(place.db, later(at(5), days(30)))).toBe(1);
			expect(await place.db.select().from(outageHouseholds)).toEqual([]);
			expect((await row(number)).households).toBe(1);
		});
	});

	describe('proposals', () => {
		const serviceId = async (code: string) =>
			(await place.db.select().from(services).where(eq(services.code, code))).find(
				({ municipalityId }) => municipalityId === kha
			)!.id;
		const off = async (n: number, more: Parameters<typeof raise>[1] | object = {}, when = at(-1)) =>
			raise(
				place.db,
				{
					municipalityId: kha,
					title: `No water, ${n}`,
					serviceId: await serviceId('no-water'),
					point: demoAddress('Vlei Street', 10 + n).point,
					wardCode: ward7,
					deviceIndex: `phone ${n}`,
					...more
				},
				when
			);
		const several = async (count: number, from = 0, more = {}, when = at(-1)) => {
			const all = [];
			for (let n = 0; n < count; n++) all.push(await off(from + n, more, when));
			return all;
		};
		const proposed = (actor = farida, now = monday) => proposalsFor(place.db, actor, kha, now);

		test('four like reports near each other propose one, with its evidence; a person publishes it', async () => {
			const reports = await several(3);
			expect(await proposed()).toEqual([]);
			reports.push(await off(3));
			const [proposal, ...more] = await proposed();
			expect(more).toEqual([]);
			expect(proposal).toMatchObject({ service: 'no-water', reporters: 4, households: 4 });
			expect(proposal.since).toEqual(at(-1));
			expect(proposal.reports.map(({ reference }) => reference).toSorted()).toEqual(
				reports.map(({ reference }) => reference).toSorted()
			);

			const { number } = await write({
				services: [proposal.service],
				areaWish: { ...noArea, corners: proposal.corners },
				like: reports[0].reference
			});
			expect(await proposed()).toEqual([]);
			const { evidenceReports, openReports } = await outageToWork(place.db, farida, kha, number);
			expect(evidenceReports).toHaveLength(4);
			expect(openReports).toBe(4);
			await say(number, 'publish');
			// The fifth lies in what is known.
			await off(1, { deviceIndex: 'phone 9' });
			expect(await proposed()).toEqual([]);
		});

		test.each([
			['one phone, four times', { deviceIndex: 'phone 1' }, at(-1)],
			['the day before', {}, at(-30)],
			['hidden ones', { hidden: true }, at(-1)],
			['without a position', { point: null }, at(-1)]
		])('%s propose nothing', async (_, more, when) => {
			await several(4, 0, more, when);
			expect(await proposed()).toEqual([]);
		});

		test('of different services, or far apart, they are not one', async () => {
			await several(2);
			await several(2, 2, { serviceId: await serviceId('low-pressure') });
			expect(await proposed()).toEqual([]);
			await off(4);
			for (const ward of [2, 4, 9])
				await off(5, { point: demoSpot(ward, 0).point, deviceIndex: `ward ${ward}` });
			expect(await proposed()).toEqual([]);
		});

		test('potholes make no outage; another department’s is nobody’s to see', async () => {
			await several(5, 0, { serviceId: await serviceId('pothole') });
			expect(await proposed(pumla)).toEqual([]);
			await several(4, 0, { serviceId: await serviceId('no-power-area') });
			expect(await proposed()).toEqual([]);
			expect(await proposed(pumla)).toHaveLength(1);
		});

		test('dismissed with its reason, it is remembered; only new reports propose again', async () => {
			const reports = await several(4);
			const like = reports[1].reference;
			const dismiss = (actor: Actor, reason: string, deedId = newId(monday)) =>
				dismissProposal(
					place.db,
					actor,
					{ municipalityId: kha, like, why: reason, deedId },
					monday
				);
			await expect(dismiss(farida, '')).rejects.toMatchObject({ field: 'why' });
			await expect(dismiss(riaan, why)).rejects.toMatchObject({ status: 404 });
			const deedId = newId(monday);
			await dismiss(farida, 'Four flats with one broken pump.', deedId);
			await dismiss(farida, 'Four flats with one broken pump.', deedId);
			expect(await proposed()).toEqual([]);
			expect(await lateDismissals(place.db, farida, kha)).toMatchObject([
				{ reports: 4, why: 'Four flats with one broken pump.', byName: farida.name }
			]);
			await several(3, 4);
			expect(await proposed()).toEqual([]);
			await off(8);
			expect(await proposed()).toMatchObject([{ reporters: 4 }]);
			await expect(dismiss(farida, why)).rejects.toMatchObject({ status: 404 });
		});
	});

	test('for machines: what is current, the last week, all; planned or not', async () => {
		const number = await published();
		const planned = await published({
			planned: true,
			services: ['water-quality'],
			startsAt: at(24),
			forecastEnd: at(30)
		});
		await write();
		const numbers = async (...[ask, now]: [Parameters<typeof outagesToPublish>[2], Date?]) =>
			(await outagesToPublish(place.db, kha, ask, now ?? monday)).map((each) => each.number);
		expect(await numbers({ frame: 'current' })).toEqual([planned, number]);
		expect(await numbers({ frame: 'current', planned: true })).toEqual([planned]);
		await say(number, 'resolve', {}, at(4));
		expect(await numbers({ frame: 'current', planned: false }, at(5))).toEqual([number]);
		expect(await numbers({ frame: 'current', planned: false }, at(30))).toEqual([]);
		await say(number, 'close', {}, at(31));
		expect(await numbers({ frame: '7days', planned: false }, at(32))).toEqual([number]);
		expect(await numbers({ frame: '7days', planned: false }, at(24 * 9))).toEqual([]);
		expect(await numbers({ frame: 'all' }, at(24 * 9))).toEqual([planned, number]);
		const [first] = await outagesToPublish(place.db, kha, { frame: 'all', planned: false }, monday);
		expect(first.wkt).toMatch(/^MULTIPOLYGON\(\(\(28\./);
	});
}, settleKhanyisa);
