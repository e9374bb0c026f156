import { handOver, municipalityById } from '#lib/identity/server/index.ts';
import {
	flag,
	hideIssue,
	moderationsOfMine,
	objectTo,
	requestPrivacy
} from '#lib/issues/server/index.ts';
import { days, later } from '#lib/platform/time.ts';
import { demoAddress } from '../geography-spots.ts';
import { storyId } from './dice.ts';
import { at, report, signedIn } from './report.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

/** What waits behind the counter: for whoever moderates, for whoever answers about data, and who is away. */
export async function tellBehind(stage: Stage) {
	await heldBack(stage);
	await flagged(stage);
	await hiddenAndObjected(stage);
	await aboutHerData(stage);
	await onLeave(stage);
}

/** Not public yet: it carries what looks like somebody's identity number (no such number exists). */
async function heldBack(stage: Stage) {
	await report(
		stage,
		stage.cast.neighbour(41_001),
		'held',
		{
			service: 'no-water',
			description:
				'No water for my mother since Sunday. She is in a wheelchair. Her ID is 500228 0000 080, please put her on the list for the tanker.',
			...at(demoAddress('Umthi Street', 30))
		},
		before(stage.today, 0.6)
	);
}

/** Public still: one neighbour says that it accuses him wrongly. */
async function flagged(stage: Stage) {
	const { db, cast, today } = stage;
	const { reference } = await report(
		stage,
		cast.neighbour(41_002),
		'flagged',
		{
			service: 'dumping',
			description:
				'Rubble lies on the corner again. Everybody knows it is the builder at number 18 who does it at night.',
			...at(demoAddress('Sparrow Street', 16))
		},
		before(today, 2.6)
	);
	await flag(
		db,
		cast.neighbour(41_003),
		{
			municipalityId: cast.municipalityIds.KHA,
			reference,
			reason: 'false',
			words: 'I live at number 18. I have not built anything for a year.'
		},
		before(today, 1.1)
	);
}

/** Hidden by Lerato; whoever wrote it does not agree, and somebody else than Lerato has to answer. */
async function hiddenAndObjected(stage: Stage) {
	const { db, cast, today } = stage;
	const municipalityId = cast.municipalityIds.KHA;
	const writer = cast.neighbour(41_004);
	const { reference, receipt } = await report(
		stage,
		writer,
		'hidden',
		{
			service: 'street-light',
			description:
				'Dark again at the tavern. The owner, Mr Khoza, cut the cable himself and laughs at us.',
			...at(demoAddress('Ntaba Street', 22))
		},
		before(today, 5)
	);
	await hideIssue(
		db,
		cast.byHandle('communications'),
		{ municipalityId, reference, reason: 'false', deedId: storyId('hidden', 'hide') },
		before(today, 3)
	);
	const asker = { ...writer, receipts: receipt ? [receipt] : [] };
	const { acts } = await moderationsOfMine(db, asker, { municipalityId, reference });
	await objectTo(
		db,
		asker,
		{
			municipalityId,
			reference,
			moderationId: acts[0].id,
			words:
				'Take the name out if you must, but the light is out and the street is dark. Why hide that?'
		},
		before(today, 1.8)
	);
}

/** Ayanda asks what is kept about her; the thirty days run. */
const aboutHerData = (stage: Stage) =>
	requestPrivacy(
		stage.db,
		signedIn(stage, 'resident-2'),
		{
			municipalityId: stage.cast.municipalityIds.KHA,
			kind: 'access',
			words: 'Somebody rang me about my refuse. Who has my number, and what else do you keep?'
		},
		before(stage.today, 6.5)
	);

/** Bheki is away until next week; Riaan does his work meanwhile. */
async function onLeave({ db, cast, today }: Stage) {
	const municipality = await municipalityById(db, cast.municipalityIds.KHA);
	if (!municipality) throw new Error('The story has no Khanyisa');
	await handOver(
		db,
		cast.byHandle('supervisor'),
		{
			municipality,
			fromPersonId: cast.byHandle('field-worker').id,
			toPersonId: cast.byHandle('department-officer').id,
			startsAt: before(today, 2),
			endsAt: later(today, days(8)),
			reason: 'Family responsibility leave'
		},
		before(today, 2)
	);
}
