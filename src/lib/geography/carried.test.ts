import { expect, test } from 'vitest';
import { wardsByLines, type WardLines } from './carried.ts';

/** Two wards side by side, about a kilometre wide, and a hole in neither. */
const square = (west: number) => [
	...[west, -33.21, west + 0.01, -33.21, west + 0.01, -33.2, west, -33.2, west, -33.21]
];
const lines: WardLines = [
	{ code: '99901006', simplified: false, rings: [square(28.49)] },
	{ code: '99901008', simplified: false, rings: [square(28.5)] }
];
const answer = (lon: number, accuracy: number, lat = -33.205) => {
	const { ward, maybe } = wardsByLines(lines, { lat, lon }, accuracy);
	return [ward?.code ?? null, ...maybe.map(({ code }) => code)];
};

test.each([
	['in the middle of ward 6', 28.495, 10, ['99901006']],
	['in the middle of ward 8', 28.505, 10, ['99901008']],
	['fifty metres from the line', 28.4995, 10, ['99901006', '99901008']],
	['a poor fix in the middle', 28.495, 600, ['99901006', '99901008']],
	['just outside of all', 28.4895, 10, ['99901006']],
	['far away', 29.5, 10, [null]]
])('%s', (_, lon, accuracy, wards) => {
	expect(answer(lon, accuracy)).toEqual(wards);
});
