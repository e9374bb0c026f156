import { PglitePreparedQuery } from 'drizzle-orm/pglite/session';
import { PostgresJsPreparedQuery } from 'drizzle-orm/postgres-js/session';
import type { Db } from '#lib/platform/server/db.ts';

export class Fault extends Error {}

interface Prepared {
	execute(...values: unknown[]): Promise<unknown>;
}
interface Kept {
	unsafe(words: string, values?: unknown[], how?: { prepare?: boolean }): unknown;
}
const prepared = [PglitePreparedQuery, PostgresJsPreparedQuery].map(
	(each) => each.prototype as unknown as Prepared
);
const asTheyWere = prepared.map(({ execute }) => execute);
let mendKept = () => {};

/** From now on statements reach the database again. */
export function mend() {
	prepared.forEach((each, at) => (each.execute = asTheyWere[at]));
	mendKept();
}

/** From now on the nth statement fails, once, before it reaches the database. Answers whether it came to that. */
export function breakNth(db: Db, nth: number) {
	let count = 0;
	let broken = false;
	const strike = () => ++count === nth && (broken = true);
	prepared.forEach((each, at) => {
		each.execute = function (this: Prepared, ...values) {
			return strike()
				? Promise.reject(new Fault(`call ${nth}`))
				: asTheyWere[at].apply(this, values);
		};
	});
	// Statements with a kept plan go past those.
	const { $client: client } = db as Db & { $client: unknown };
	if (typeof client === 'function') {
		const kept = client as unknown as Kept;
		const { unsafe } = kept;
		kept.unsafe = (words, values, how) =>
			how?.prepare && strike()
				? Promise.reject(new Fault(`call ${nth}`))
				: unsafe.call(kept, words, values, how);
		mendKept = () => (kept.unsafe = unsafe);
	}
	return () => broken;
}
