import { recordAll } from '../../audit/server/index.ts';
import type { Climb } from '../../clocks/ladder.ts';
import { keepClocks, type Reckoned } from '../../clocks/server/index.ts';
import { caseClimbs } from '../../clocks/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { appendLinks, linkAfter, type Case } from './append.ts';
import { letAllHear } from './hearers.ts';

/** A case, and the rungs that have come for it. */
export interface Climber {
	kase: Case;
	reckoned: Reckoned;
	come: Climb[];
}

/** Each rung stands in the history for everybody, and those who must answer hear of the case from now on. */
export async function carryUp(tx: Db, climbers: Climber[], now: Date) {
	const linked = climbers.map(({ kase, come }) => {
		let after = kase;
		const events = come.map(({ rung }) => {
			const { row, moved } = linkAfter(after, {
				kind: 'escalated',
				actorId: null,
				actorRole: 'system',
				channel: 'clock',
				at: now,
				deedId: newId(now),
				visibility: kase.private ? 'private' : 'public',
				facts: { code: rung.level, percent: rung.percent }
			});
			after = moved;
			return row;
		});
		return { after, events };
	});
	const moved = linked.filter(({ events }) => events.length).map(({ after }) => after);

	const rungs = climbers.flatMap(({ kase, come }) => come.map((each) => rungRow(kase, each, now)));
	if (rungs.length) await tx.insert(caseClimbs).values(rungs);
	await letAllHear(tx, climbers, now);
	await appendLinks(
		tx,
		linked.flatMap(({ events }) => events),
		moved
	);
	await keepClocks(
		tx,
		climbers.map(({ reckoned }, i) => ({
			...reckoned,
			clocked: { ...reckoned.clocked, seq: linked[i].after.version }
		})),
		now
	);
	for (const municipalityId of new Set(moved.map((kase) => kase.municipalityId)))
		await recordAll(
			tx,
			null,
			municipalityId,
			moved
				.filter((kase) => kase.municipalityId === municipalityId)
				.map(({ id, version, lastHash }) => ({
					deed: 'case.escalated',
					thing: 'case',
					thingId: id,
					details: { seq: version, head: lastHash }
				})),
			now
		);
}

const rungRow = (
	kase: Case,
	{ rung, moment }: Climb,
	now: Date
): typeof caseClimbs.$inferInsert => ({
	id: newId(now),
	municipalityId: kase.municipalityId,
	caseId: kase.id,
	rung: rung.id,
	level: rung.level,
	dueAt: moment,
	at: now
});
