import { doDeed, remark } from '#lib/cases/server/index.ts';
import type { HoldReason } from '#lib/cases/rules.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import {
	answerClaim,
	reopen,
	reportIssue,
	support,
	withdraw,
	type Reported
} from '#lib/issues/server/index.ts';
import { days, hours, later } from '#lib/platform/time.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { demoSpot } from '../geography-spots.ts';
import { actorOf, type Cast } from './cast.ts';
import { storyId } from './dice.ts';
import { stagePicture } from './pictures.ts';
import { neighbours } from './scenes.ts';
import { before, departmentIn, type Tale } from './year.ts';

export interface Stage {
	db: Db;
	cast: Cast;
	/** The day the story is told. */
	today: Date;
}

/** Tells one report from its sending to where it stands today, through the same verbs everybody uses. */
export async function tellTale(stage: Stage, tale: Tale) {
	const raised = before(stage.today, tale.daysAgo);
	const municipalityId = stage.cast.municipalityIds[tale.town];
	const reporter: Asker = stage.cast.neighbour(tale.n);
	const reported = await raise(stage, tale, municipalityId, reporter, raised);
	if (reported.receipt) reporter.receipts = [reported.receipt];

	try {
		await gatherSupport(stage, tale, municipalityId, reported, raised);
		await work(stage, tale, { municipalityId, reported, reporter, raised });
	} catch (reason) {
		// Told before and broken off: what it has passed already is refused, and needs no telling.
		if (!reported.repeated || !(reason instanceof Refusal)) throw reason;
	}
}

async function raise(
	{ db }: Stage,
	tale: Tale,
	municipalityId: string,
	reporter: Asker,
	raised: Date
) {
	const spot = demoSpot(tale.ward, tale.n, tale.town);
	const photoIds: string[] = [];
	for (let i = 0; i < tale.photos; i++)
		photoIds.push(
			(await stagePicture(db, municipalityId, tale.scene.photo, tale.n * 3 + i, raised)).id
		);

	return reportIssue(
		db,
		reporter,
		{
			municipalityId,
			kind: 'issue',
			service: tale.scene.service,
			description: tale.words.replace('{place}', spot.place),
			lat: spot.point.lat,
			lon: spot.point.lon,
			pinned: true,
			place: spot.place,
			photoIds,
			name: tale.signed ? neighbours[tale.n % neighbours.length] : undefined,
			showName: tale.signed,
			language: tale.language,
			clientId: storyId('report', tale.n),
			silent: true
		},
		raised
	);
}

async function gatherSupport(
	{ db, cast, today }: Stage,
	tale: Tale,
	municipalityId: string,
	{ reference }: Reported,
	raised: Date
) {
	for (let i = 0; i < tale.supporters; i++) {
		const at = later(raised, hours(5 + i * 7));
		if (at >= today) return;
		const asker = cast.neighbour(10_000 + tale.n * 20 + i);
		const address = i % 2 ? demoSpot(tale.ward, tale.n + i + 1, tale.town).place : undefined;
		await support(db, asker, { municipalityId, reference, address }, at);
	}
}

interface Working {
	municipalityId: string;
	reported: Reported;
	reporter: Asker;
	raised: Date;
}

const reached: Record<Tale['ending'], number> = {
	untouched: 0,
	withdrawn: 0,
	seen: 1,
	declined: 1,
	assigned: 2,
	working: 3,
	paused: 3,
	claimed: 4,
	confirmed: 4,
	contradicted: 4,
	reopened: 4
};

async function work(stage: Stage, tale: Tale, working: Working) {
	const { db, cast, today } = stage;
	const { caseId } = working.reported;
	const code = `${tale.town}/${departmentIn(tale.town, tale.scene.department)}`;
	const officer = await actorAt(stage, cast.officer(code), working.raised);
	const span = Math.min(tale.takes, tale.daysAgo) * days(1);
	const at = (share: number) =>
		new Date(Math.min(working.raised.getTime() + span * share, today.getTime() - 60_000));
	const deedId = (what: string) => storyId(what, tale.n);
	const deed = (name: Parameters<typeof doDeed>[3]['deed'], share: number, facts: object = {}) =>
		doDeed(
			db,
			officer,
			caseId,
			{ deed: name, deedId: deedId(name), silent: true, ...facts },
			at(share)
		);
	const far = reached[tale.ending];

	if (tale.ending === 'withdrawn') {
		const facts = { municipalityId: working.municipalityId, reference: working.reported.reference };
		await withdraw(
			db,
			working.reporter,
			{ ...facts, deedId: deedId('withdraw'), code: 'fixed', words: '' },
			at(0.6)
		);
		return;
	}
	if (far >= 1) await deed('acknowledge', 0.08);
	await councillorSpeaks(stage, tale, working, at(0.12));
	if (tale.ending === 'declined') return void (await deed('decline', 0.7, declineFacts(tale)));
	if (far >= 2) await deed('assign', 0.15, { assigneeId: officer.id });
	if (far >= 3) await deed('start', 0.3, { words: tale.scene.starts });
	if (tale.ending === 'paused') await deed('hold', 0.6, { code: 'parts' satisfies HoldReason });
	if (far >= 4) {
		await deed('claim', 1, { words: tale.scene.done });
		await afterwards(stage, tale, working, at(1), deedId);
	}
}

const declineFacts = (tale: Tale) =>
	tale.n % 2
		? {
				code: 'no_action',
				words: 'We looked twice and found it in order. Report it again if it comes back.'
			}
		: {
				code: 'invalid',
				words: 'This lies on private ground; the owner must act. We wrote to them.'
			};

/** Grants are those of the day it happens on. */
const actorAt = ({ db }: Stage, actor: Actor, at: Date) => actorOf(db, actor.id, at);

async function councillorSpeaks({ db, cast }: Stage, tale: Tale, { reported }: Working, at: Date) {
	const spot = demoSpot(tale.ward, tale.n, tale.town);
	const councillor = cast.councillor(spot.wardCode);
	if (!tale.councillorSpeaks || !councillor) return;
	await remark(
		db,
		councillor,
		reported.caseId,
		{
			remark: 'councillor_reply',
			words:
				'I saw it this morning and asked the department for a date. I write here again when I have it.',
			deedId: storyId('councillor', tale.n),
			silent: true
		},
		at
	);
}

/** What the residents say to the claim. */
async function afterwards(
	stage: Stage,
	tale: Tale,
	working: Working,
	claimed: Date,
	deedId: (what: string) => string
) {
	const { db, cast, today } = stage;
	const { municipalityId, reporter, reported } = working;
	const { reference } = reported;
	const answered = later(claimed, hours(20));
	if (answered >= today) return;
	const answer = (asker: Asker, fixed: boolean, what: string, at: Date) =>
		answerClaim(db, asker, { municipalityId, reference, fixed, deedId: deedId(what) }, at);

	if (tale.ending === 'confirmed') {
		const neighbour = tale.supporters > 0 && tale.n % 3 === 0;
		await answer(
			neighbour ? cast.neighbour(10_000 + tale.n * 20) : reporter,
			true,
			'yes',
			answered
		);
		return;
	}
	if (tale.ending === 'contradicted') await answer(reporter, false, 'no', answered);
	else if (tale.ending === 'reopened') {
		const words = 'It was good for two days. Now it is as before.';
		await reopen(
			db,
			reporter,
			{ municipalityId, reference, words, deedId: deedId('reopen') },
			answered
		);
	} else return;

	if (await onceMore(stage, tale, working, answered))
		await answer(reporter, true, 'yes at last', later(answered, days(6)));
}

/** The department comes back within the week; whether it did, when there was time for it. */
async function onceMore(stage: Stage, tale: Tale, { reported, raised }: Working, opened: Date) {
	const { db, cast, today } = stage;
	if (later(opened, days(7)) >= today) return false;
	const code = `${tale.town}/${departmentIn(tale.town, tale.scene.department)}`;
	const officer = await actorAt(stage, cast.officer(code), raised);
	const deed = (name: 'start' | 'claim', words: string, at: Date) =>
		doDeed(
			db,
			officer,
			reported.caseId,
			{ deed: name, words, deedId: storyId(`${name} once more`, tale.n), silent: true },
			at
		);
	await deed('start', 'You were right. The team is back.', later(opened, days(2)));
	await deed('claim', `${tale.scene.done} We stayed until it was tested.`, later(opened, days(5)));
	return true;
}
