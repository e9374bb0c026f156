import { expect, test } from 'vitest';
import { listAddress, readFilters } from './filters.ts';

const read = (address: string) => readFilters(new URLSearchParams(address));

// prettier-ignore
test.each<[string, string, object]>([
	['nothing asked: open issues, newest first', '', { state: 'open', kind: 'issue', sort: 'newest', q: '' }],
	['a search looks at everything', 'q=pothole', { state: 'all', q: 'pothole' }],
	['a search within open ones', 'q=pothole&state=open', { state: 'open' }],
	['my own, however they stand', 'mine=1', { state: 'all', mine: true }],
	['a state that does not exist', 'state=constructor', { state: 'open' }],
	['a sort that does not exist', 'sort=;drop', { sort: 'newest' }],
	['a day that does not exist', 'from=2026-13-45&to=2026-11-24', { from: '', to: '2026-11-24' }],
	['a day no month has', 'from=2026-02-31&to=0000-01-01', { from: '', to: '' }],
	['control and direction-changing characters', 'q=a%00%E2%80%AEb', { q: 'ab' }],
	['a text far too long is cut', `q=${'x'.repeat(5000)}`, { q: 'x'.repeat(200) }]
])('%s', (_, address, filters) => {
	expect(read(address)).toMatchObject(filters);
});

test('an address holds what was asked, and comes back as it was', () => {
	const address = listAddress('/issues', read('q=mill+road&ward=99901007&state=all&sort=oldest'));
	expect(address).toBe('/issues?q=mill+road&ward=99901007&state=all&sort=oldest');
	expect(listAddress('/issues', read('after=x&state=open'), { ward: '99901003' })).toBe(
		'/issues?ward=99901003&state=open'
	);
});
