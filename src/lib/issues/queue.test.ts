import { expect, test } from 'vitest';
import { queueQuery, queueSorts, queueViews, readQueue, sortWords, viewWords } from './queue.ts';

const read = (query: string) => readQueue(new URLSearchParams(query));

test('an address without choices is all open cases, oldest first', () => {
	expect(read('')).toMatchObject({ view: 'open', sort: 'oldest', search: undefined });
	expect(queueQuery(read(''))).toBe('');
});

test.each(['view=mine', 'view=nobody&sort=urgent&q=burst+pipe', 'ward=99901007', 'assignee=none'])(
	'%s comes back as it went',
	(query) => {
		expect(queueQuery(read(query))).toBe(`?${query}`);
	}
);

test.each(['view=everything', 'sort=best', 'view=', 'q=+++'])('%s is passed over', (query) => {
	expect(queueQuery(read(query))).toBe('');
});

test('a search without end is cut', () => {
	expect(read(`q=${'x'.repeat(5000)}`).search).toHaveLength(100);
});

test('every choice has its words', () => {
	expect(Object.keys(viewWords)).toEqual([...queueViews]);
	expect(Object.keys(sortWords)).toEqual([...queueSorts]);
});
