import type { Database, Db } from './db.ts';
import { notifyAll } from './db.ts';

const channel = 'changed';

/** Something happened in a municipality: what kept a copy lets go of it, whoever watches is told. */
export interface Change {
	municipalityId: string;
	/** The id of what changed: an issue, a case, a commitment … */
	thingId: string;
	/** Milliseconds since 1970, by the clock of the process that did it. */
	at: number;
}

/** Says it to every process when the transaction commits. NOTIFY drops nothing and costs no row. */
export const announce = (tx: Db, changes: Change[]) =>
	notifyAll(
		tx,
		channel,
		changes.map(({ municipalityId, thingId, at }) => `${municipalityId} ${thingId} ${at}`)
	);

/** Hears every change, of this process and of others. Call the answer to stop. */
export const hearChanges = (database: Database, heard: (change: Change) => void) =>
	database.listen(channel, (payload) => {
		const [municipalityId, thingId, at] = payload.split(' ');
		heard({ municipalityId, thingId, at: Number(at) });
	});
