import { expect, test } from 'vitest';
import { isId } from '#lib/platform/ids.ts';
import { storyId } from './dice.ts';
import { taleOfTheYear } from './year.ts';

test('the year is the same whenever it is told, oldest first, with every ending', () => {
	const year = taleOfTheYear();
	expect(year).toHaveLength(400);
	expect(taleOfTheYear()).toEqual(year);
	expect(year[0].daysAgo).toBeGreaterThan(year.at(-1)!.daysAgo);
	expect(new Set(year.map(({ ending }) => ending)).size).toBe(11);
	expect(new Set(year.map(({ town, ward }) => `${town}${ward}`)).size).toBe(13);
});

test('ids of the story are ids, and differ', () => {
	const ids = Array.from({ length: 1000 }, (_, n) => storyId('report', n));
	expect(ids.every(isId)).toBe(true);
	expect(new Set(ids).size).toBe(1000);
});
