import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import '../../src/schedule.ts';
import { type Case } from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { departments } from '#lib/identity/server/schema.ts';
import { changeService, moveWard, reportIssue } from '#lib/issues/server/index.ts';
import { services } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import {
	answerInOffice,
	endResponsibility,
	previewResponsibility,
	responsibilityTable,
	responsibleBody,
	setResponsibility
} from '#lib/referral/server/index.ts';
import { referrals } from '#lib/referral/server/schema.ts';
import { inBothDatabases } from '../support/story.ts';
import { askerFor, departmentOf, khanyisa, personOf } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');

inBothDatabases((place) => {
	let chris: Actor, joyce: Actor, pumla: Actor, anele: Actor;
	let municipalityId: string, thokozani: string, utility: string;

	const say = (more: object, now = monday, actor = chris) =>
		setResponsibility(
			place.db,
			actor,
			{
				municipalityId,
				function: 'group:Water',
				wardCode: '',
				to: `municipality:${thokozani}`,
				since: '',
				sends: false,
				...more
			},
			now
		);
	let nth = 0;
	const reported = async (service: string, ward = '99901007', now = monday): Promise<Case> => {
		const { caseId } = await reportIssue(
			place.db,
			askerFor(null, `phone-${++nth}`),
			{
				municipalityId,
				kind: 'issue',
				service,
				ward,
				description: 'It runs into the road.',
				clientId: newId()
			},
			now
		);
		return (await place.db.select().from(cases).where(eq(cases.id, caseId)))[0];
	};
	const saidOf = (kase: Case) =>
		place.db
			.select({ facts: caseEvents.facts, visibility: caseEvents.visibility })
			.from(caseEvents)
			.where(and(eq(caseEvents.caseId, kase.id), eq(caseEvents.kind, 'responsible')));
	const serviceId = async (code: string) =>
		(
			await place.db
				.select()
				.from(services)
				.where(and(eq(services.municipalityId, municipalityId), eq(services.code, code)))
		)[0].id;

	beforeEach(async () => {
		[chris, joyce, pumla, anele] = [
			await personOf(place.db, 'admin'),
			await personOf(place.db, 'neighbour-admin'),
			await personOf(place.db, 'agent'),
			await personOf(place.db, 'neighbour-officer')
		];
		municipalityId = (await khanyisa(place.db)).id;
		thokozani = (await khanyisa(place.db, 'THO')).id;
		utility = (await departmentOf(place.db, 'power-utility')).id;
	});

	test('a new report of another body’s says whose it is, once, and stays where it is', async () => {
		await say({});
		const kase = await reported('burst-pipe');
		expect(kase.state).toBe('open');
		expect(await saidOf(kase)).toMatchObject([
			{ visibility: 'public', facts: { holder: 'Thokozani' } }
		]);
		expect(await saidOf(await reported('street-light'))).toEqual([]);
		expect(await responsibleBody(place.db, kase, monday)).toMatchObject({ name: 'Thokozani' });
	});

	test('where the table says so it is handed over by itself, but never round in a circle', async () => {
		await say({ sends: true });
		const kase = await reported('burst-pipe');
		expect(kase.state).toBe('referred_out');
		const [sent] = await place.db.select().from(referrals).where(eq(referrals.caseId, kase.id));
		expect(sent).toMatchObject({ toName: 'Thokozani', sentBy: null });
		await answerInOffice(
			place.db,
			anele,
			sent.id,
			{
				kind: 'return',
				code: 'not_ours',
				body: 'The district',
				words: 'That main is bulk.',
				deedId: newId()
			},
			monday
		);
		const moved = await moveWard(
			place.db,
			pumla,
			kase.id,
			{ wardCode: '99901008', deedId: newId() },
			monday
		);
		expect(moved.state).toBe('acknowledged');
	});

	test('another service or ward asks again, and says it when the answer is another', async () => {
		await place.db.update(departments).set({ email: null }).where(eq(departments.id, utility));
		await say({
			function: 'group:Electricity',
			wardCode: '99901009',
			to: `department:${utility}`,
			sends: true
		});
		const kase = await reported('burst-pipe', '99901009');
		expect(await saidOf(kase)).toEqual([]);
		const filed = await changeService(
			place.db,
			pumla,
			kase.id,
			{ serviceId: await serviceId('no-power-area'), deedId: newId() },
			monday
		);
		// The utility has no address: it is named, and a person decides.
		expect(filed.state).toBe('open');
		expect(await saidOf(kase)).toMatchObject([{ facts: { holder: 'National power utility' } }]);
		await moveWard(place.db, pumla, kase.id, { wardCode: '99901007', deedId: newId() }, monday);
		expect(await saidOf(kase)).toHaveLength(1);
		expect(await responsibleBody(place.db, filed, monday)).not.toBeNull();
	});

	test('it holds from its day on, and what it replaces holds until then', async () => {
		await say({});
		await say({ to: `department:${utility}`, since: '2026-12-01' });
		const before = await reported('burst-pipe', '99901007', at('2026-11-30T23:00'));
		expect(await saidOf(before)).toMatchObject([{ facts: { holder: 'Thokozani' } }]);
		const after = await reported('burst-pipe', '99901007', at('2026-12-01T00:01'));
		expect(await saidOf(after)).toMatchObject([{ facts: { holder: 'National power utility' } }]);
		const [row] = await responsibilityTable(place.db, municipalityId);
		await endResponsibility(
			place.db,
			chris,
			{ municipalityId, id: row.id },
			at('2026-12-02T08:00')
		);
		expect(await saidOf(await reported('burst-pipe', '99901007', at('2026-12-02T09:00')))).toEqual(
			[]
		);
	});

	test('before it is saved one sees what it means for open cases, and nothing moves', async () => {
		const kase = await reported('no-water', '99901008');
		await reported('no-water', '99901007');
		const preview = await previewResponsibility(
			place.db,
			{
				municipalityId,
				function: 'group:Water',
				wardCode: '99901008',
				to: `municipality:${thokozani}`,
				since: '',
				sends: true
			},
			monday
		);
		expect(preview).toMatchObject({ body: 'Thokozani', open: 1, some: [kase.reference] });
		expect(await saidOf(kase)).toEqual([]);
	});

	test('only the administrator of the municipality says it, of its own services and bodies', async () => {
		await expect(say({}, monday, joyce)).rejects.toMatchObject({ status: 404 });
		await expect(say({}, monday, pumla)).rejects.toMatchObject({ status: 404 });
		await expect(say({ function: `service:${newId()}` })).rejects.toMatchObject({
			field: 'function'
		});
		await expect(say({ to: `department:${newId()}` })).rejects.toMatchObject({ field: 'to' });
	});
}, settleKhanyisa);
