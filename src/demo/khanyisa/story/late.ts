import { and, eq } from 'drizzle-orm';
import { climbLadders, doDeed, joinJob, remark } from '#lib/cases/server/index.ts';
import { ladderLevels, toldAt } from '#lib/clocks/ladder.ts';
import type { Policy } from '#lib/clocks/policy.ts';
import { laddersOf, policyAt, setLadder } from '#lib/clocks/server/index.ts';
import { dueAfter, workingTime } from '#lib/clocks/working-time.ts';
import { changeService } from '#lib/issues/server/index.ts';
import { services } from '#lib/issues/server/schema.ts';
import { days, hours, later, minutes } from '#lib/platform/time.ts';
import { demoAddress } from '../geography-spots.ts';
import { storyId } from './dice.ts';
import { at, report, signedIn } from './report.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

/** What supervisors look at: one job of thirty reports, a case on every rung, a service changed to and fro. */
export async function tellLate(stage: Stage) {
	await thirtyReports(stage);
	await everyRung(stage);
	await toAndFro(stage);
	await answeredQuestion(stage);
	await lateTap(stage);
}

const streets = ['Kelp Street', 'Mussel Street', 'Tern Street'];
const said = [
	'Hardly any water since last night. The taps only hiss.',
	'The water comes in drops. The school kitchen cannot cook.',
	'A thin thread of water, here and at my neighbours.',
	'Almost no pressure. When does it come back?',
	'It takes an hour to fill a bucket. There is a baby in the house.'
];

/** A valve that failed below the reservoir: thirty households of Kelp Bay report one after another. */
async function thirtyReports(stage: Stage) {
	const { db, cast, today } = stage;
	const began = before(today, 9.6);
	const ids: string[] = [];
	for (let n = 0; n < 30; n++) {
		const { caseId } = await report(
			stage,
			cast.neighbour(44_000 + n),
			`dry ${n}`,
			{
				service: 'low-pressure',
				description: said[n % said.length],
				...at(demoAddress(streets[n % streets.length], 3 + n))
			},
			later(began, minutes(9 * n))
		);
		ids.push(caseId);
	}
	const farida = cast.byHandle('supervisor');
	const led = await joinJob(
		db,
		farida,
		{
			cases: ids.map((id) => ({ id })),
			title: 'Hardly any water in Kelp Bay: a valve below the reservoir',
			words: 'All of you have little water for the same reason. We mend it once, and tell you all.',
			deedId: storyId('dry', 'join'),
			silent: true
		},
		later(began, hours(6))
	);
	const deed = (key: string) => ({ deedId: storyId('dry', key), silent: true });
	await doDeed(db, farida, led.id, { deed: 'start', ...deed('start') }, later(began, hours(20)));
	await remark(
		db,
		farida,
		led.id,
		{
			remark: 'reply',
			words:
				'The valve no longer opens and a new one is ordered. Until it is in, a tanker stands in Tern Street.',
			...deed('reply')
		},
		later(began, hours(21))
	);
}

const tanker = 'water-tanker';

/** One case told to the supervisor, one to the director, who has answered, and one to the municipal manager. */
async function everyRung(stage: Stage) {
	const { db, cast, today } = stage;
	const municipalityId = cast.municipalityIds.KHA;
	const [service] = await db
		.select({ id: services.id })
		.from(services)
		.where(and(eq(services.municipalityId, municipalityId), eq(services.code, tanker)));
	const known = await laddersOf(db, { municipalityId });
	if (!known.some(({ serviceId }) => serviceId === service.id))
		await setLadder(
			db,
			cast.byHandle('admin'),
			{
				municipalityId,
				serviceId: service.id,
				steps: ladderLevels.map((level, i) => ({
					...{ level, percent: 100 + i * 50, copyCouncillor: level === 'municipal_manager' }
				}))
			},
			before(today, 40)
		);

	const street = 'Ntabeni Road';
	const served = { serviceId: service.id, priority: 'high', wardCode: null };
	const departmentId = cast.byHandle('supervisor').grants[0].departmentId;
	const policy = (await policyAt(db, municipalityId, today))({ ...served, departmentId });
	if (!policy?.targets.resolve) throw new Error('The story promises nothing about tankers');
	const told: Date[] = [];
	const caseIds: string[] = [];
	for (const [i] of ladderLevels.entries()) {
		const raised = workBefore(today, policy, 1.25 + i * 0.5);
		const { caseId } = await report(
			stage,
			cast.neighbour(44_100 + i),
			`tanker ${i}`,
			{
				service: tanker,
				description: [
					'The tanker did not come on its day. We have nothing for the weekend.',
					'The tanker drove past us again. Forty people stand here with buckets.',
					'Two weeks without the tanker. The old people at the top cannot carry from the river.'
				][i],
				...at(demoAddress(street, 10 + i * 7))
			},
			raised
		);
		caseIds.push(caseId);
		for (let rung = 0; rung <= i; rung++) told.push(usedUp(raised, policy, 1 + rung * 0.5));
	}
	for (const moment of told.sort((a, b) => a.getTime() - b.getTime()))
		await climbLadders(db, later(moment, minutes(1)));
	await remark(
		db,
		cast.byHandle('director'),
		caseIds[1],
		{
			remark: 'reply',
			words:
				'It is late because the gearbox of the second tanker broke and no other was hired in time. One is hired from today; it comes to you first.',
			deedId: storyId('tanker', 'answer'),
			silent: true
		},
		before(today, 0.1)
	);
}

/** The latest quarter of an hour from which so much of the promised time has been used up by now. */
function workBefore(now: Date, { calendar, targets }: Policy, share: number): Date {
	const wanted = minutes(targets.resolve!.minutes) * share;
	let from = now.getTime();
	while (workingTime(calendar, from, now.getTime()) < wanted) from -= minutes(15);
	return new Date(from);
}

/** When it is told that so much of the promised time was used up. */
function usedUp(raised: Date, { calendar, targets }: Policy, share: number): Date {
	const time = minutes(targets.resolve!.minutes) * share;
	return toldAt(new Date(dueAfter(calendar, raised.getTime(), time)!), calendar, false);
}

/** Filed under another service and back again by two people: what a supervisor should ask about. */
async function toAndFro(stage: Stage) {
	const { db, cast, today } = stage;
	const raised = before(today, 9);
	const { caseId } = await report(
		stage,
		cast.neighbour(44_200),
		'to-and-fro',
		{
			service: 'meter-leak',
			description: 'Water comes up beside the meter and runs into the road.',
			...at(demoAddress('Spring Street', 21))
		},
		raised
	);
	const known = await db
		.select({ id: services.id, code: services.code })
		.from(services)
		.where(eq(services.municipalityId, cast.municipalityIds.KHA));
	const changes = [
		['department-officer', 'burst-pipe', 2],
		['agent', 'meter-leak', 4]
	] as const;
	for (const [handle, code, after] of changes)
		await changeService(
			db,
			cast.byHandle(handle),
			caseId,
			{
				serviceId: known.find((each) => each.code === code)!.id,
				deedId: storyId('to-and-fro', code)
			},
			later(raised, days(after))
		);
}

/** Thandi asked Lindiwe two weeks ago and was answered: she is asked what came of it. */
async function answeredQuestion(stage: Stage) {
	const { db, cast, today } = stage;
	const asked = before(today, 16.2);
	const { caseId } = await report(
		stage,
		signedIn(stage, 'resident'),
		'library',
		{
			kind: 'suggestion',
			description: 'Can the library stay open one evening a week? My son studies for matric.',
			ward: demoAddress('Vlei Street', 12).wardCode
		},
		asked
	);
	await remark(
		db,
		cast.byHandle('councillor'),
		caseId,
		{
			remark: 'councillor_reply',
			words: 'I asked the library. From next month it stays open on Wednesdays until 20:00.',
			deedId: storyId('library', 'answer'),
			silent: true
		},
		later(asked, days(3))
	);
}

/** Thandi's tap: looked at, promised within three working days, and late. She may take it higher. */
async function lateTap(stage: Stage) {
	const { db, cast, today } = stage;
	const raised = before(today, 11);
	const { caseId } = await report(
		stage,
		signedIn(stage, 'resident'),
		'tap',
		{
			service: 'communal-tap',
			description: 'The communal tap behind the hall gives no water. We walk to the next one.',
			...at(demoAddress('Umthi Street', 8))
		},
		raised
	);
	await doDeed(
		db,
		cast.byHandle('department-officer'),
		caseId,
		{ deed: 'acknowledge', deedId: storyId('tap', 'seen'), silent: true },
		later(raised, days(1))
	);
}
