import { doDeed, remark } from '#lib/cases/server/index.ts';
import { support } from '#lib/issues/server/index.ts';
import { days, hours, later } from '#lib/platform/time.ts';
import { demoAddress, demoLandmark } from '../geography-spots.ts';
import { tellBehind } from './behind.ts';
import { storyId } from './dice.ts';
import { stagePicture } from './pictures.ts';
import { at, report, signedIn } from './report.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

/** The first chapter: what the people of the demonstration find when they sign in. */
export async function tellToday(stage: Stage) {
	await burstPipe(stage);
	await streetLight(stage);
	await byTelephone(stage);
	await questionsForTheCouncillor(stage);
	await delicate(stage);
	await tellBehind(stage);
}

/** Thandi's burst pipe in Vlei Street: work under way, fourteen households, the councillor has written. */
async function burstPipe(stage: Stage) {
	const { db, cast, today } = stage;
	const raised = before(today, 4.2);
	const spot = demoAddress('Vlei Street', 12);
	const municipalityId = cast.municipalityIds.KHA;
	const photoIds = [
		(await stagePicture(db, municipalityId, 'water', 71, raised)).id,
		(await stagePicture(db, municipalityId, 'water', 72, raised)).id
	];
	const { caseId, reference } = await report(
		stage,
		signedIn(stage, 'resident'),
		'pipe',
		{
			service: 'burst-pipe',
			description:
				'Water is running down Vlei Street since last night, from the corner by the clinic. It is going into two yards.',
			...at(spot),
			photoIds
		},
		raised
	);
	for (let i = 0; i < 13; i++)
		await support(
			db,
			cast.neighbour(20_000 + i),
			{ municipalityId, reference, address: demoAddress('Vlei Street', 14 + i * 2).place },
			later(raised, hours(2 + i * 3))
		);

	const riaan = cast.byHandle('department-officer');
	const deedId = (what: string) => storyId('pipe', what);
	const deed = (name: 'acknowledge' | 'assign' | 'start', after: number, facts: object = {}) =>
		doDeed(
			db,
			riaan,
			caseId,
			{ deed: name, deedId: deedId(name), silent: true, ...facts },
			later(raised, hours(after))
		);
	await deed('acknowledge', 1.3);
	await deed('assign', 4, { assigneeId: riaan.id });
	await remark(
		db,
		cast.byHandle('councillor'),
		caseId,
		{
			remark: 'councillor_reply',
			words: 'I saw it this morning. A tanker stands at the clinic gate until the water is back.',
			deedId: deedId('councillor'),
			silent: true
		},
		later(raised, hours(26))
	);
	await deed('start', 75, {
		words:
			'The pipe is open. The joint must be replaced; the part comes tomorrow from the Old Mill store. Water is closed from number 2 to number 40.'
	});
}

/** Thandi's street light: the department says it is done, she has not answered yet. */
async function streetLight(stage: Stage) {
	const { db, cast, today } = stage;
	const raised = before(today, 12);
	const { caseId } = await report(
		stage,
		signedIn(stage, 'resident'),
		'light',
		{
			service: 'street-light',
			description:
				'Street light out at 14 Ntaba Street. The corner is dark when we come from the taxi.',
			...at(demoAddress('Ntaba Street', 14))
		},
		raised
	);
	const yolanda = cast.officer('KHA/electricity');
	const deedId = (what: string) => storyId('light', what);
	await doDeed(
		db,
		yolanda,
		caseId,
		{ deed: 'acknowledge', deedId: deedId('seen'), silent: true },
		later(raised, days(1))
	);
	await doDeed(
		db,
		yolanda,
		caseId,
		{ deed: 'assign', assigneeId: yolanda.id, deedId: deedId('assign'), silent: true },
		later(raised, days(2))
	);
	await doDeed(
		db,
		yolanda,
		caseId,
		{
			deed: 'claim',
			words: 'New lamp and photocell. It should come on by itself at dusk.',
			deedId: deedId('claim'),
			silent: true
		},
		before(today, 1.5)
	);
}

/** Ayanda has no smartphone: Pumla wrote it down when she called. */
async function byTelephone(stage: Stage) {
	await report(
		stage,
		signedIn(stage, 'agent'),
		'call',
		{
			service: 'missed-collection',
			description:
				'The caller says the refuse truck has not come to Sparrow Street for two weeks. She is seventy and cannot carry the bags to the corner.',
			...at(demoAddress('Sparrow Street', 9)),
			name: 'Ayanda Booysen',
			phone: '082 000 0102',
			capture: 'phone'
		},
		before(stage.today, 2.1)
	);
}

/** Three residents wait for Lindiwe Hartzen. */
async function questionsForTheCouncillor(stage: Stage) {
	const { db, cast, today } = stage;
	const ward = demoAddress('Vlei Street', 12).wardCode;
	// prettier-ignore
	const asked: Array<[key: string, daysAgo: number, words: string]> = [
		['standpipe', 10, 'When will the second standpipe in Lower Thembeni have water? My mother carries from the river.'],
		['humps', 6, 'Who decides where the speed humps go? Mill Road needs two before the school.'],
		['proof', 5, 'Proof of residence for a job: where do I get it, and what must I bring?']
	];
	for (const [key, daysAgo, words] of asked) {
		const { reference } = await report(
			stage,
			cast.neighbour(30_000 + daysAgo),
			key,
			{ kind: 'suggestion', description: words, ward },
			before(today, daysAgo)
		);
		for (let i = 0; i < daysAgo - 3; i++)
			await support(
				db,
				cast.neighbour(31_000 + daysAgo * 20 + i),
				{ municipalityId: cast.municipalityIds.KHA, reference },
				before(today, daysAgo - 1 - i * 0.1)
			);
	}
}

/** What nobody but those who must may see: a private complaint, an unplaced report, one just sent. */
async function delicate(stage: Stage) {
	const { cast, today } = stage;
	await report(
		stage,
		cast.neighbour(40_001),
		'conduct',
		{
			service: 'conduct',
			description:
				'A meter reader asked me for R50 to write down a lower number. It was on Tuesday at about ten.',
			...at(demoAddress('Umthi Street', 22)),
			anonymous: true
		},
		before(today, 3.4)
	);
	await report(
		stage,
		cast.neighbour(40_002),
		'unplaced',
		{
			service: 'blocked-sewer',
			description:
				'There is sewage behind the shacks by the big tree. I do not know the street, it has no name.'
		},
		before(today, 1.2)
	);
	await report(
		stage,
		cast.neighbour(40_003),
		'near-clinic',
		{
			service: 'no-water',
			description: 'No water at the clinic tap since yesterday.',
			...at(demoLandmark('Thembeni Clinic'))
		},
		before(today, 0.4)
	);
}
