import { expect, test } from 'vitest';
import { leastLikeness, likeness, type Nearby } from './duplicates.ts';

const pothole: Nearby = { metres: 10, radius: 50, age: 2, alike: 0.2, sameObject: false };

// prettier-ignore
test.each<[string, Partial<Nearby>, boolean]>([
	['a young one ten metres away', {}, true],
	['one at the edge of the radius', { metres: 50 }, true],
	['one beyond the radius', { metres: 51 }, false],
	['a very old one at the edge, in other words', { metres: 50, age: 400, alike: 0 }, false],
	['the same pole, wherever the phone thought it was', { metres: 4000, sameObject: true }, true],
	['a service that asks nobody', { radius: 0, metres: 0 }, false]
])('%s is offered: %s', (_, facts, offered) => {
	expect(likeness({ ...pothole, ...facts }) >= leastLikeness).toBe(offered);
});

test('nearer, younger and more alike each weigh more', () => {
	const base = likeness(pothole);
	expect(likeness({ ...pothole, metres: 30 })).toBeLessThan(base);
	expect(likeness({ ...pothole, age: 90 })).toBeLessThan(base);
	expect(likeness({ ...pothole, alike: 0.9 })).toBeGreaterThan(base);
});
