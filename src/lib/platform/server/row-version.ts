import { createHash } from 'node:crypto';
import { Refusal } from '../refusal.ts';

/** What a row said when it was shown, as a short text that a form carries. */
export const rowVersion = (row: unknown): string =>
	createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 16);

/** Refuses a save that was based on another version of the row. */
export function mustBeAsShown(row: unknown, shown: string) {
	if (rowVersion(row) !== shown)
		throw new Refusal(
			409,
			'Somebody else changed this while you were writing. Your words are still here; look at what stands now, then save again.',
			'version'
		);
}
