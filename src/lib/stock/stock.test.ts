import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appended, appendedByCount, type CountFact, type Delta } from './stock.ts';

type Entry = { at: number; moved: number } | { at: number; counted: number };
const minute = (n: number) => new Date(Date.UTC(2026, 10, 23, 8, n));

const balanceOf = (rows: readonly Delta[]) => rows.reduce((sum, { quantity }) => sum + quantity, 0);

/** The first count that had seen what happened at an instant: at that instant, or after it. */
const firstCountSince = (at: Date, counts: readonly CountFact[]) =>
	counts.filter((count) => count.at >= at).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];

/** Written down in the order it arrives, as the ledger does. */
function written(entries: Entry[]) {
	const rows: Delta[] = [];
	const counts: CountFact[] = [];
	for (const [n, entry] of entries.entries()) {
		const at = minute(entry.at);
		if ('moved' in entry) {
			rows.push(...appended({ at, quantity: entry.moved }, firstCountSince(at, counts)));
			continue;
		}
		// Two counts of one lot at one minute are refused.
		if (counts.some((each) => each.at.getTime() === at.getTime())) continue;
		const count = { id: String(n), at, counted: entry.counted };
		const before = balanceOf(rows.filter((row) => row.at <= at));
		rows.push(...appendedByCount(count, before, firstCountSince(at, counts)));
		counts.push(count);
	}
	return { rows, counts };
}

/** What lies there: what was counted last, and what moved since. */
function plainly(entries: Entry[], counts: CountFact[]) {
	const last = counts.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
	return entries.reduce(
		(sum, each) =>
			'moved' in each && (!last || minute(each.at) > last.at) ? sum + each.moved : sum,
		last?.counted ?? 0
	);
}

const entry = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ at: fc.nat(20), moved: fc.integer({ min: -50, max: 50 }) }) },
	fc.record({ at: fc.nat(20), counted: fc.nat(100) })
);

test('in whatever order it arrives, each count stays what was counted, and the sum is the balance', () => {
	fc.assert(
		fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
			const { rows, counts } = written(entries);
			for (const { at, counted } of counts)
				expect(balanceOf(rows.filter((row) => row.at <= at))).toBe(counted);
			expect(balanceOf(rows)).toBe(plainly(entries, counts));
		}),
		{ numRuns: 2000 }
	);
});

test('the same entries in another order come to the same balance', () => {
	// Counts at different minutes: which of two at one minute is refused depends on the order.
	const unlike = fc.uniqueArray(fc.nat(20), { maxLength: 5 });
	fc.assert(
		fc.property(
			fc.array(fc.record({ at: fc.nat(20), moved: fc.integer({ min: -9, max: 9 }) })),
			unlike.chain((ats) =>
				fc.tuple(...ats.map((at) => fc.record({ at: fc.constant(at), counted: fc.nat(50) })))
			),
			fc.infiniteStream(fc.nat()),
			(moves, counts, order) => {
				const entries: Entry[] = [...moves, ...(counts as Entry[])];
				const shuffled = entries
					.map((each) => [each, order.next().value!] as const)
					.toSorted(([, a], [, b]) => a - b)
					.map(([each]) => each);
				expect(balanceOf(written(shuffled).rows)).toBe(balanceOf(written(entries).rows));
			}
		),
		{ numRuns: 2000 }
	);
});

test('a count of one is not moved to forty-three by what is cancelled late', () => {
	const { rows } = written([
		{ at: 1, moved: 42 },
		{ at: 5, counted: 1 },
		{ at: 2, moved: 42 }
	]);
	expect(balanceOf(rows)).toBe(1);
});
