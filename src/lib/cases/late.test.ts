import { expect, test } from 'vitest';
import { lateObstacle } from './late.ts';

const due = new Date('2026-11-16T09:00:00Z');
const at = (text: string) => new Date(`${text}Z`);
const late = { state: 'open', dueAt: due, before: false } as const;

test.each([
	['in time', late, '2026-11-16T09:00', 'not_late'],
	['late', late, '2026-11-16T09:01', null],
	['paused, but late before', { ...late, state: 'on_hold' }, '2026-11-20T09:00', null],
	['said to be done', { ...late, state: 'resolved_claimed' }, '2026-11-20T09:00', 'not_late'],
	['nothing promised', { ...late, dueAt: null }, '2026-11-20T09:00', 'not_late'],
	['once already', { ...late, before: true }, '2026-11-20T09:00', 'once'],
	['after a month', late, '2026-12-17T09:00', 'window_over']
] as const)('%s', (_, facts, now, obstacle) => {
	expect(lateObstacle(facts, at(now))).toBe(obstacle);
});
