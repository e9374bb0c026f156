import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomes, type Outcome } from './channel.ts';
import { after, before, isLost, onward, type State } from './outcomes.ts';

// prettier-ignore
test.each([
	['queued', 'accepted', 'accepted'], ['accepted', 'delivered', 'delivered'],
	['accepted', 'failed', 'failed'], ['accepted', 'gone', 'gone'],
	['accepted', 'opened', 'opened'],
	['delivered', 'accepted', 'delivered'], ['delivered', 'failed', 'delivered'],
	['delivered', 'delivered', 'delivered'], ['opened', 'shown', 'opened'],
	['acknowledged', 'gone', 'acknowledged'],
	['failed', 'delivered', 'failed'], ['gone', 'accepted', 'gone'], ['failed', 'gone', 'failed']
] as Array<[State, Outcome, State]>)('%s, then the news %s: %s', (state, news, next) => {
	expect(after(state, news)).toBe(next);
});

const anyNews = fc.array(fc.constantFrom(...outcomes), { maxLength: 30 });
const path: State[] = ['queued', 'accepted', 'delivered', 'shown', 'opened', 'acknowledged'];
const told = (news: Outcome[], from: State = 'queued') => news.reduce(after, from);

test('no news, in whatever order and however often, moves a message backwards', () => {
	fc.assert(
		fc.property(anyNews, (news) => {
			let state: State = 'queued';
			for (const each of news) {
				const next = after(state, each);
				if (isLost(state)) expect(next).toBe(state);
				else if (!isLost(next))
					expect(path.indexOf(next)).toBeGreaterThanOrEqual(path.indexOf(state));
				state = next;
			}
		})
	);
});

test('the same news again changes nothing, and without a failure only the furthest news counts', () => {
	const good = fc.array(fc.constantFrom(...outcomes.filter((each) => !isLost(each))));
	fc.assert(
		fc.property(anyNews, (news) => {
			expect(told([...news, ...news.slice(-1)])).toBe(told(news));
		})
	);
	fc.assert(
		fc.property(good, (news) => {
			const furthest = Math.max(0, ...news.map((each) => path.indexOf(each)));
			expect(told(news)).toBe(path[furthest]);
		})
	);
});

test('who reached somebody is never called lost afterwards', () => {
	for (const state of path.slice(2))
		for (const news of ['failed', 'gone'] as const) expect(after(state, news)).toBe(state);
});

test('what an UPDATE asks for is the same table, read backwards', () => {
	for (const news of outcomes)
		expect(before(news).sort()).toEqual(
			(Object.keys(onward) as State[]).filter((state) => after(state, news) !== state).sort()
		);
});
