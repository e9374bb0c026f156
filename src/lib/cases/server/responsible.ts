import type { Db } from '../../platform/server/db.ts';
import type { Case } from './append.ts';

type Look = (tx: Db, kase: Case, now: Date) => Promise<Case>;

let look: Look = async (_, kase) => kase;

/**
 * Takes who looks up the responsible body of a case: the engine knows no table of them, and whoever
 * wires the processes together hands it in.
 */
export const askWhoIsResponsible = (asked: Look) => {
	look = asked;
};

/**
 * Asks who is responsible for a case that is new, or whose service or place has changed, in the deed's
 * own transaction. Answers the case as it stands afterwards.
 */
export const whoIsResponsible: Look = (tx, kase, now) =>
	kase.track === 'issue' && kase.state !== 'submitted'
		? look(tx, kase, now)
		: Promise.resolve(kase);
