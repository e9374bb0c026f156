import { climbsAhead, ladderLevels, type Climb, type LadderLevel } from '../../clocks/ladder.ts';
import { policyOf, withLadder } from '../../clocks/policy.ts';
import {
	climbedOf,
	policyRows,
	stepsInOrder,
	type LadderStep,
	type Reckoned
} from '../../clocks/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { reckon } from './clock.ts';
import { most, openClocks } from './preview-clocks.ts';

/** What other steps would do to the cases that are open now. */
export interface LadderPreview {
	/** Open cases looked at. */
	open: number;
	/** There are more than were looked at. */
	more: boolean;
	/** Some desk hears of them sooner, or later. */
	sooner: number;
	later: number;
	/** A desk has them ahead that had not, or has them no more. */
	gained: number;
	lost: number;
	/** How many open cases still have the step of each desk ahead of them, before and after. */
	ahead: Record<LadderLevel, { before: number; after: number }>;
}

/**
 * Reckons which steps would be ahead of every open case of a municipality under other steps of one
 * ladder, and changes nothing. Throws a 400 when a higher desk would hear before a lower one.
 */
export async function previewLadder(
	db: Db,
	municipalityId: string,
	{ serviceId, steps }: { serviceId: string | null; steps: LadderStep[] },
	now: Date
): Promise<LadderPreview> {
	const rows = await policyRows(db, municipalityId, now);
	const [before, after] = [
		policyOf(rows),
		policyOf(withLadder(rows, serviceId, stepsInOrder(steps), now))
	];
	const seen = nothingSeen();
	for await (const batch of openClocks(db, municipalityId)) {
		if (!batch.length) break;
		const climbed = await climbedOf(
			db,
			batch.map(({ kase }) => kase.id)
		);
		for (const { kase, events } of batch) {
			if (seen.open === most) return { ...seen, more: true };
			const done = climbed.get(kase.id) ?? new Set<string>();
			compare(seen, [
				stepsAhead(reckon(kase, events, before), done, now),
				stepsAhead(reckon(kase, events, after), done, now)
			]);
		}
	}
	return seen;
}

const nothingSeen = (): LadderPreview => ({
	...{ open: 0, more: false, sooner: 0, later: 0, gained: 0, lost: 0 },
	ahead: Object.fromEntries(
		ladderLevels.map((level) => [level, { before: 0, after: 0 }])
	) as LadderPreview['ahead']
});

/** What is still to come. A step whose moment has passed is told already, or never by new ones. */
function stepsAhead(reckoned: Reckoned | null, climbed: ReadonlySet<string>, now: Date): Climb[] {
	if (!reckoned?.policy.targets.resolve) return [];
	const { marks, policy, clocked } = reckoned;
	const urgent = clocked.priority === 'emergency';
	return climbsAhead(marks, policy.targets.resolve!, policy.calendar, policy.ladder, {
		climbed,
		urgent
	}).filter(({ at }) => at > now);
}

function compare(seen: LadderPreview, [before, after]: [Climb[], Climb[]]) {
	seen.open++;
	for (const { rung } of before) seen.ahead[rung.level].before++;
	for (const { rung } of after) seen.ahead[rung.level].after++;
	const told = (climbs: Climb[], level: LadderLevel) =>
		climbs.find(({ rung }) => rung.level === level)?.at;
	const moved = (how: (was: Date | undefined, will: Date | undefined) => boolean) =>
		ladderLevels.some((level) => how(told(before, level), told(after, level)));
	if (moved((was, will) => Boolean(was && will && will < was))) seen.sooner++;
	if (moved((was, will) => Boolean(was && will && will > was))) seen.later++;
	if (moved((was, will) => !was && Boolean(will))) seen.gained++;
	if (moved((was, will) => Boolean(was) && !will)) seen.lost++;
}
