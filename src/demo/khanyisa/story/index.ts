import { doDeed } from '#lib/cases/server/index.ts';
import { reportIssue } from '#lib/issues/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { wardCode } from '../municipalities.ts';
import { tellBoard } from './board.ts';
import { gatherCast } from './cast.ts';
import { storyId } from './dice.ts';
import { tellHandedOver } from './handed-over.ts';
import { tellOutages } from './outages.ts';
import { tellLate } from './late.ts';
import { tellPromises } from './promises.ts';
import { tellReadyAnswers } from './ready-answers.ts';
import { tellTale, type Stage } from './tell.ts';
import { tellToday } from './today.ts';
import { tellWarnings } from './warnings.ts';
import { before, suggestionsOfTheYear, taleOfTheYear } from './year.ts';

/** How much of the year has been told. */
export interface Telling {
	told: number;
	of: number;
}

/** What is there before anybody may come in: today's people and their troubles, promises, suggestions. */
export async function tellFirstChapter(db: Db, today: Date) {
	const stage = { db, cast: await gatherCast(db, today), today };
	await tellReadyAnswers(stage);
	await tellPromises(stage);
	await tellBoard(stage);
	await tellWarnings(stage);
	await tellToday(stage);
	await tellHandedOver(stage);
	await tellOutages(stage);
	await tellLate(stage);
	await tellSuggestions(stage);
}

/**
 * Tells the year, report by report, oldest first. Every step has an id of its own, so telling on after
 * a stop repeats nothing. `pause` lets others have the one connection between two reports.
 */
export async function tellYear(
	db: Db,
	today: Date,
	{
		from = 0,
		told,
		pause
	}: { from?: number; told: (telling: Telling) => Promise<void>; pause: () => Promise<boolean> }
) {
	const stage = { db, cast: await gatherCast(db, today), today };
	const year = taleOfTheYear();
	for (let n = from; n < year.length; n++) {
		if (!(await pause())) return;
		await tellTale(stage, year[n]);
		if ((n + 1) % 10 === 0 || n + 1 === year.length) await told({ told: n + 1, of: year.length });
	}
}

async function tellSuggestions({ db, cast, today }: Stage) {
	const municipalityId = cast.municipalityIds.KHA;
	for (const { n, ward, words, answer, daysAgo } of suggestionsOfTheYear()) {
		const code = wardCode('KHA', ward);
		const { caseId } = await reportIssue(
			db,
			cast.neighbour(50_000 + n),
			{
				municipalityId,
				kind: 'suggestion',
				description: words,
				ward: code,
				clientId: storyId('suggestion', n),
				silent: true
			},
			before(today, daysAgo)
		);
		const councillor = cast.councillor(code);
		if (answer && councillor)
			await doDeed(
				db,
				councillor,
				caseId,
				{ ...answer, deedId: storyId('suggestion answered', n), silent: true },
				before(today, daysAgo - 9)
			);
	}
}
