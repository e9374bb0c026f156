import { faceOf } from '../../clocks/clock.ts';
import { policyOf, type PolicyRows } from '../../clocks/policy.ts';
import {
	clockRow,
	mustBeAgreeable,
	policyRows,
	type InternalFacts,
	type Reckoned
} from '../../clocks/server/index.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ProjectedEvent } from '../projection.ts';
import type { Case } from './append.ts';
import { eventsOf, reckon, runningCases } from './clock.ts';

/** What another promise or other hours would do to the cases that are open now. */
export interface ClockPreview {
	/** Open cases looked at. */
	open: number;
	/** There are more than were looked at. */
	more: boolean;
	later: number;
	earlier: number;
	/** Have a promise that had none. */
	promised: number;
	lateBefore: number;
	lateAfter: number;
}

const batch = 500;
/** Enough to decide by, and soon enough to wait for. */
export const most = 20_000;

/** Reckons the open clocks of a municipality as they would stand, and changes nothing. */
export async function previewClocks(
	db: Db,
	municipalityId: string,
	change: (rows: PolicyRows) => PolicyRows,
	now: Date,
	dueOf: (reckoned: Reckoned | null) => Date | null | undefined = dueIn
): Promise<ClockPreview> {
	const rows = await policyRows(db, municipalityId, now);
	const [before, after] = [policyOf(rows), policyOf(change(rows))];
	const seen = {
		open: 0,
		more: false,
		later: 0,
		earlier: 0,
		promised: 0,
		lateBefore: 0,
		lateAfter: 0
	};
	for await (const batch of openClocks(db, municipalityId))
		for (const { kase, events } of batch) {
			if (seen.open === most) return { ...seen, more: true };
			compare(seen, dueOf(reckon(kase, events, before)), dueOf(reckon(kase, events, after)), now);
		}
	return seen;
}

/**
 * The same for the parts that departments owe each other, were one more thing agreed between them.
 * @throws Refusal 400, 409 for what they cannot agree
 */
export async function previewInternal(
	db: Db,
	facts: InternalFacts,
	now: Date
): Promise<ClockPreview> {
	await mustBeAgreeable(db, facts);
	const more = { ...facts, id: newId(now) };
	const change = (rows: PolicyRows) => ({ ...rows, internals: [...(rows.internals ?? []), more] });
	return previewClocks(db, facts.municipalityId, change, now, partIn);
}

const partIn = (reckoned: Reckoned | null) => reckoned && clockRow(reckoned).partDue;

/** Every case whose clock is open with its events, a few hundred at a time. */
export async function* openClocks(db: Db, municipalityId: string) {
	let from = '00000000-0000-0000-0000-000000000000';
	for (;;) {
		const some: Case[] = await runningCases(db, municipalityId, from, batch);
		const events = some.length
			? await eventsOf(
					db,
					some.map(({ id }) => id)
				)
			: new Map<string, ProjectedEvent[]>();
		yield some.map((kase) => ({ kase, events: events.get(kase.id) ?? [] }));
		if (some.length < batch) return;
		from = some.at(-1)!.id;
	}
}

const dueIn = (reckoned: Reckoned | null) =>
	reckoned && faceOf(reckoned.marks, reckoned.policy.targets, reckoned.policy.calendar).next?.due;

function compare(
	seen: ClockPreview,
	before: Date | null | undefined,
	after: Date | null | undefined,
	now: Date
) {
	seen.open++;
	if (before && before < now) seen.lateBefore++;
	if (after && after < now) seen.lateAfter++;
	if (!before && after) seen.promised++;
	if (!before || !after) return;
	if (after > before) seen.later++;
	if (after < before) seen.earlier++;
}
