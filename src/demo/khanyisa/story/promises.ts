import {
	breakCommitment,
	keepCommitment,
	makeCommitment,
	reportProgress,
	slipCommitment,
	startCommitment
} from '#lib/commitments/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { isoDay } from '#lib/platform/time.ts';
import { actorOf } from './cast.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

interface Vow {
	key: string;
	/** Who promises, and in which office. */
	by: (stage: Stage) => Actor;
	office: (actor: Actor) => string;
	what: string;
	evidence: string;
	made: number;
	due: number;
	then: 'promised' | 'started' | 'progress' | 'slipped' | 'kept' | 'broken';
}

const inWard = (actor: Actor) =>
	`ward-${actor.grants.find(({ role }) => role === 'councillor')?.wardCode}`;
const inDepartment = (actor: Actor) =>
	`department-${actor.grants.find(({ role }) => role === 'director')?.departmentId}`;
const lindiwe = ({ cast }: Stage) => cast.byHandle('councillor');
const deon = ({ cast }: Stage) => cast.byHandle('director');
const ofWard = (code: string) => (stage: Stage) => stage.cast.councillor(code)!;

// Days before today; a due date below zero is still to come.
// prettier-ignore
const promises: Vow[] = [
	{ key: 'meeting', by: lindiwe, office: inWard, what: 'A ward meeting in the evening, so that people who work can come', evidence: 'The notice, and the minutes on this page', made: 190, due: 150, then: 'kept' },
	{ key: 'lights', by: lindiwe, office: inWard, what: 'Six street lights along Mill Road burning again', evidence: 'A photo at night', made: 160, due: 120, then: 'kept' },
	{ key: 'standpipe', by: lindiwe, office: inWard, what: 'A second standpipe with water in Lower Thembeni', evidence: 'Water comes out when you open it', made: 75, due: 23, then: 'slipped' },
	{ key: 'humps', by: lindiwe, office: inWard, what: 'Speed humps in Mill Road before the school, on the council agenda', evidence: 'The item number and what council decided', made: 20, due: -12, then: 'progress' },
	{ key: 'clinic-gate', by: lindiwe, office: inWard, what: 'A bench and a roof at the clinic gate before the rains', evidence: 'Sit on it', made: 130, due: 60, then: 'broken' },
	{ key: 'toilets', by: ofWard('99901003'), office: inWard, what: 'The toilets at the sports ground open on match days', evidence: 'The key hangs at the caretaker', made: 100, due: 70, then: 'kept' },
	{ key: 'bins', by: ofWard('99901001'), office: inWard, what: 'Ten more bins on the beach for the holidays', evidence: 'Count them', made: 30, due: -20, then: 'started' },
	{ key: 'bridge', by: ofWard('99901005'), office: inWard, what: 'A plan for the footbridge over the stream, shown to residents', evidence: 'The drawing in the library', made: 9, due: -40, then: 'promised' },
	{ key: 'leaks', by: deon, office: inDepartment, what: 'Every reported meter leak in the town looked at within ten working days', evidence: 'The list on this site', made: 110, due: -10, then: 'progress' }
];

/** What was promised in Khanyisa: kept, slipped with its old date, broken with its reason, under way. */
export async function tellPromises(stage: Stage) {
	for (const promise of promises) await tellPromise(stage, promise);
}

async function tellPromise(
	stage: Stage,
	{ key, by, office, what, evidence, made, due, then }: Vow
) {
	const { db, cast, today } = stage;
	const when = before(today, made);
	const actor = await actorOf(db, by(stage).id, when);
	const { id: commitmentId } = await makeCommitment(
		db,
		actor,
		{
			id: storyId('promise', key),
			municipalityId: cast.municipalityIds.KHA,
			office: office(actor),
			what,
			evidence,
			dueOn: isoDay(before(today, due))
		},
		when
	);
	const word = (step: string, words: string, rest: object = {}) => ({
		commitmentId,
		deedId: storyId('promise', key, step),
		words,
		...rest
	});
	const at = (share: number) => before(today, made - (made - Math.max(due, 0.2)) * share);

	if (then === 'promised') return;
	await startCommitment(db, actor, word('start', ''), at(0.2));
	if (then === 'progress' || then === 'slipped')
		await reportProgress(
			db,
			actor,
			word('progress', 'The department has drawn it and council has the item.', { progress: 40 }),
			at(0.5)
		);
	if (then === 'kept')
		await keepCommitment(
			db,
			actor,
			word('keep', 'Done. Come and see; the proof is what we said it would be.'),
			at(0.9)
		);
	if (then === 'broken')
		await breakCommitment(
			db,
			actor,
			word(
				'break',
				'There is no money for it in this year’s budget. I asked for it twice and lost the vote.'
			),
			at(0.95)
		);
	if (then === 'slipped')
		await slipCommitment(
			db,
			actor,
			word('slip', 'The pump failed its test; the new one is on the way.', {
				dueOn: isoDay(before(today, -5))
			}),
			at(0.9)
		);
}
