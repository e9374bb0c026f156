import { expect, test } from 'vitest';
import { dueBefore, retentionClasses, sayMonths } from './retention.ts';

// prettier-ignore
test.each([
	[1, '1 month'],
	[12, '1 year'],
	[18, '18 months'],
	[24, '2 years']
])('%i is said as %s', (months, words) => {
	expect(sayMonths(months)).toBe(words);
});

// prettier-ignore
test.each([
	['2026-11-20T10:00:00Z', 12, '2025-11-20T10:00:00.000Z'],
	['2026-03-31T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
	['2028-03-31T10:00:00Z', 1, '2028-02-29T10:00:00.000Z']
])('%s less %i months is %s', (now, months, due) => {
	expect(dueBefore(months, new Date(now)).toISOString()).toBe(due);
});

test('what we start with lies inside what may be chosen', () => {
	for (const { months, least, most } of retentionClasses) {
		expect(months).toBeGreaterThanOrEqual(least);
		expect(months).toBeLessThanOrEqual(most);
	}
});
