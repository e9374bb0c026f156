import { plural } from '../platform/text.ts';
import { viewWords, type QueueView } from './queue.ts';

const told: QueueView[] = [
	'mine',
	'nobody',
	'reopened',
	'councillor',
	'private',
	'unplaced',
	'unrouted',
	'held'
];

/** What waits for somebody this morning, a line each; null when nothing does. */
export function digestLines(counts: Record<QueueView, number>): string | null {
	const lines = told
		.filter((view) => counts[view] > 0)
		.map((view) => `${viewWords[view]}: ${plural(counts[view], 'case')}`);
	return lines.length ? lines.join('\n') : null;
}
