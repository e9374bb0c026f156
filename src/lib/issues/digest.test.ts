import { expect, test } from 'vitest';
import { digestLines } from './digest.ts';
import { queueViews, type QueueView } from './queue.ts';

const counts = (some: Partial<Record<QueueView, number>>) =>
	({ ...Object.fromEntries(queueViews.map((view) => [view, 0])), ...some }) as Record<
		QueueView,
		number
	>;

test('a morning says what waits, and nothing else', () => {
	expect(digestLines(counts({ mine: 2, reopened: 1, closed: 900, all: 903 }))).toBe(
		'Mine: 2 cases\nOpened again: 1 case'
	);
});

test('when nothing waits, nobody is written to', () => {
	expect(digestLines(counts({ closed: 5, all: 5 }))).toBeNull();
});
