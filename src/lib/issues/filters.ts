import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';
import { openStates, statesOfType, type State } from '../cases/rules.ts';
import { cleanLine } from '../platform/text.ts';

/** Which issues a list shows, by how they stand. `open` is what still waits for the municipality. */
export const standings = {
	open: openStates,
	claimed: ['resolved_claimed'],
	fixed: ['verified_closed', 'accepted'],
	paused: statesOfType('paused'),
	closed: statesOfType('closed', 'merged'),
	answered: ['evaluating', 'accepted', 'rejected', 'retired'],
	all: []
} as const satisfies Record<string, readonly State[]>;
export type StandingFilter = keyof typeof standings;

export const standingWords = tableOf<StandingFilter>({
	open: m.lists_standing_open,
	claimed: m.lists_standing_claimed,
	fixed: m.lists_standing_fixed,
	paused: m.lists_standing_paused,
	closed: m.lists_standing_closed,
	answered: m.lists_standing_answered,
	all: m.lists_standing_all
});

export const sorts = tableOf({
	newest: m.lists_sort_newest,
	supported: m.lists_sort_supported,
	oldest: m.lists_sort_oldest
});
export type Sort = keyof typeof sorts;

export interface Filters {
	q: string;
	service: string;
	group: string;
	ward: string;
	state: StandingFilter;
	kind: 'issue' | 'suggestion' | 'all';
	/** Days on the municipality's calendar, `2026-11-24`, both included. */
	from: string;
	to: string;
	/** Only what this account or device reported. */
	mine: boolean;
	sort: Sort;
	/** Whether every way to narrow the list is shown: they cost a kilobyte. */
	more: boolean;
	/** Where the page before ended. */
	after: string;
}

const has = <Table extends object>(table: Table, key: string): key is keyof Table & string =>
	Object.hasOwn(table, key);
/** A day there is: the 31st of February is none. */
const isDay = (text: string) => {
	const at = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00Z`) : null;
	return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** Filters as an address holds them. What cannot be meant is left out; a search looks at everything. */
export function readFilters(address: URLSearchParams): Filters {
	const text = (name: string, longest = 60) => cleanLine(address.get(name) ?? '').slice(0, longest);
	const day = (name: string) => (isDay(text(name)) ? text(name) : '');
	const [state, sort, kind] = [text('state'), text('sort'), text('kind')];
	const q = text('q', 200);
	return {
		q,
		service: text('service'),
		group: text('group'),
		ward: text('ward'),
		state: has(standings, state) ? state : q || text('mine') ? 'all' : 'open',
		kind: kind === 'suggestion' || kind === 'all' ? kind : 'issue',
		from: day('from'),
		to: day('to'),
		mine: text('mine') === '1',
		sort: has(sorts, sort) ? sort : 'newest',
		more: text('more') === '1',
		after: text('after', 80)
	};
}

/** The address of a list: filters with some changed, without what is empty. */
export function listAddress(
	path: string,
	filters: Filters,
	changes: Partial<Filters> = {}
): string {
	const usual = filters.kind === 'suggestion' ? 'supported' : 'newest';
	const entries = Object.entries({ ...filters, after: '', ...changes })
		.filter(([, value]) => value)
		.filter(([name, value]) => name !== 'sort' || value !== usual)
		.filter(([name, value]) => !(name === 'kind' && value === 'issue'))
		.map(([name, value]) => [name, value === true ? '1' : String(value)]);
	const query = new URLSearchParams(entries).toString();
	return query ? `${path}?${query}` : path;
}

/** Whether the less common ways to narrow a list are in use, or were asked for. */
export const showsAllWays = ({ more, service, group, from, to, mine, sort }: Filters) =>
	Boolean(more || service || group || from || to || mine || sort !== 'newest');
