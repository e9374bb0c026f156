import type { Outcome } from './channel.ts';

/** A message nobody has taken yet, or one of its outcomes. */
export type State = 'queued' | Outcome;

/**
 * What may become of a message from where it is. Only forward: news comes late, twice and in any
 * order. A phone that showed a message had it delivered, whoever reports that first.
 */
// prettier-ignore
export const onward: Record<State, readonly Outcome[]> = {
	queued:       ['accepted', 'delivered', 'shown', 'opened', 'acknowledged', 'failed', 'gone'],
	accepted:     ['delivered', 'shown', 'opened', 'acknowledged', 'failed', 'gone'],
	delivered:    ['shown', 'opened', 'acknowledged'],
	shown:        ['opened', 'acknowledged'],
	opened:       ['acknowledged'],
	acknowledged: [],
	failed:       [],
	gone:         []
};

/** The state after a piece of news; where the news is late or known, the state as it was. */
export const after = (state: State, news: Outcome): State =>
	onward[state].includes(news) ? news : state;

/** The states this news changes anything in: what an UPDATE asks for. */
export const before = (news: Outcome): State[] =>
	(Object.keys(onward) as State[]).filter((state) => onward[state].includes(news));

/** Nothing more is to come, and nobody was reached. */
export const isLost = (state: State) => state === 'failed' || state === 'gone';
