/** How the office looks at its cases: every choice of the queue, readable from an address. */
export const queueViews = [
	'open',
	'mine',
	'nobody',
	'late',
	'paused',
	'claimed',
	'councillor',
	'reopened',
	'private',
	'unplaced',
	'unrouted',
	'held',
	'closed',
	'all'
] as const;
export type QueueView = (typeof queueViews)[number];

export const queueSorts = ['oldest', 'newest', 'moved', 'quiet', 'urgent', 'due'] as const;
export type QueueSort = (typeof queueSorts)[number];

export interface QueueFilters {
	view: QueueView;
	sort: QueueSort;
	service?: string;
	ward?: string;
	department?: string;
	assignee?: string;
	search?: string;
}

export const viewWords: Record<QueueView, string> = {
	open: 'All open',
	mine: 'Mine',
	nobody: 'Nobody has it',
	late: 'Late',
	paused: 'Paused',
	claimed: 'Said to be fixed',
	councillor: 'Waits for the councillor',
	reopened: 'Opened again',
	private: 'Private',
	unplaced: 'No ward',
	unrouted: 'No department',
	held: 'Held by moderation',
	closed: 'At its end',
	all: 'Everything'
};

export const sortWords: Record<QueueSort, string> = {
	oldest: 'Oldest first',
	newest: 'Newest first',
	moved: 'Last moved first',
	quiet: 'Longest silence first',
	urgent: 'Most urgent first',
	due: 'Next promise first'
};

const oneOf = <T extends string>(among: readonly T[], text: string | null, otherwise: T): T =>
	among.includes(text as T) ? (text as T) : otherwise;
const text = (from: URLSearchParams, name: string, longest: number) =>
	from.get(name)?.trim().slice(0, longest) || undefined;

/** The filters in an address. What nobody offers is passed over. */
export const readQueue = (from: URLSearchParams): QueueFilters => ({
	view: oneOf(queueViews, from.get('view'), 'open'),
	sort: oneOf(queueSorts, from.get('sort'), 'oldest'),
	service: text(from, 'service', 36),
	ward: text(from, 'ward', 8),
	department: text(from, 'department', 36),
	assignee: text(from, 'assignee', 36),
	search: text(from, 'q', 100)
});

/** The address of a queue; what is usual is left out. */
export function queueQuery(filters: QueueFilters, more: Record<string, string> = {}): string {
	const { view, sort, search, ...rest } = filters;
	const query = new URLSearchParams();
	if (view !== 'open') query.set('view', view);
	if (sort !== 'oldest') query.set('sort', sort);
	if (search) query.set('q', search);
	for (const [name, value] of Object.entries({ ...rest, ...more }))
		if (value) query.set(name, value);
	const written = query.toString();
	return written && `?${written}`;
}
