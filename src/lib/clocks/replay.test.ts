import { expect, test } from 'vitest';
import { quantile } from '../platform/quantile.ts';
import { readCalendar } from './calendar-file.ts';
import { replay } from './replay.ts';

const calendar = readCalendar({
	timezone: 'Africa/Johannesburg',
	week: { mon: [['08:00', '16:00']], tue: [['08:00', '16:00']] }
});
const monday = (time: string) => new Date(`2026-11-02T${time}:00+02:00`);
const tuesday = (time: string) => new Date(`2026-11-03T${time}:00+02:00`);
const day = { minutes: 480, working: true };

test('what took a working day is kept, what took more is missed, what waits longer is late', () => {
	expect(
		replay(
			[
				{ service: 'Pothole', from: monday('09:00'), to: tuesday('09:00') },
				{ service: 'Pothole', from: monday('09:00'), to: tuesday('10:00') },
				{ service: 'Pothole', from: monday('09:00'), to: null },
				{ service: 'Pothole', from: tuesday('09:00'), to: null },
				{ service: 'Leak', from: tuesday('09:00'), to: monday('09:00') }
			],
			day,
			calendar,
			tuesday('12:00')
		)
	).toEqual({
		counted: 4,
		impossible: 1,
		services: [
			{
				service: 'Pothole',
				done: 2,
				open: 2,
				kept: 1,
				missed: 1,
				late: 1,
				medianWorkingMinutes: 510,
				medianHours: 24.5,
				p80WorkingMinutes: expect.closeTo(528),
				p80Hours: expect.closeTo(24.8)
			}
		]
	});
});

test.each([
	[[], 0.5, null],
	[[4], 0.8, 4],
	[[3, 1, 2], 0.5, 2],
	[[1, 2, 3, 4], 0.5, 2.5],
	[[10, 0], 0.8, 8],
	[[5, 7], 1, 7]
])('of %j the share %d lies below %d', (values, share, expected) => {
	expect(quantile(values, share)).toEqual(expected);
});
