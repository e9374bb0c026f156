import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

/** `+` an answer, `-` trouble. */
function run(story: string) {
	const pace = new Pace(32, 400);
	let troubled = 0;
	for (const each of story)
		if (each === '+') pace.good();
		else if (pace.bad()) troubled++;
	return { size: Math.round(pace.size), troubled };
}

// prettier-ignore
test.each([
	['nothing yet', '', 32, 0],
	['answers', '+'.repeat(100), 132, 0],
	['many answers', '+'.repeat(1000), 400, 0],
	['one phone in five in trouble', '++++-'.repeat(100), 400, 0],
	['a few in trouble at once', '+'.repeat(68) + '-'.repeat(20), 100, 0],
	['a storm', '+'.repeat(68) + '-'.repeat(40), 50, 19],
	['a long storm', '+'.repeat(68) + '-'.repeat(1000), 4, 979]
])('after %s', (_, story, size, troubled) => {
	expect(run(story)).toEqual({ size, troubled });
});

test('after a storm it grows again, more slowly, and no further than the service allows', () => {
	const pace = new Pace(32, 400);
	for (let n = 0; n < 400; n++) pace.bad();
	for (let n = 0; n < 160; n++) pace.good();
	expect(Math.round(pace.size)).toBe(14);
	pace.limit(10);
	expect(pace.size).toBe(10);
	for (let n = 0; n < 1000; n++) pace.good();
	expect(pace.size).toBe(10);
});
