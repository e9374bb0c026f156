import { expect, test } from 'vitest';
import { verdictOf } from './canary.ts';

const [seven, eight] = ['99901007', '99901008'];

test.each([
	['everybody inside, nobody outside', [seven, eight], [eight, seven], null],
	['nobody in time', [seven], null, 'The canary ring did not answer.'],
	['one inside heard nothing', [seven, eight], [seven], 'A canary inside the area did not get it.'],
	['nobody inside', [seven], [], 'A canary inside the area did not get it.'],
	['one outside heard it', [seven], [seven, eight], 'A canary outside the area got it.']
])('the ring: %s', (_, inside, told, verdict) => {
	expect(verdictOf(inside, told)).toBe(verdict);
});
