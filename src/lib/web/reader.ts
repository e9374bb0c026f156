import type { Actor } from '#lib/identity/permissions.ts';
import { fingerprint } from '#lib/platform/server/keys.ts';

/** Carried by every page of somebody signed in, so that a phone keeps apart what different people read. */
export const readerHeader = 'x-reader';

/** A mark of this person, the same whenever they sign in, that names nobody. */
export const readerMark = ({ id }: Pick<Actor, 'id'>) =>
	fingerprint('device', `reader ${id}`).slice(0, 16);

/** What waited on a phone says who was signed in when it was written; it is not sent as somebody else. */
export const wasSomebodyElse = (request: Request, visitor: Pick<Actor, 'id'> | null) => {
	const said = request.headers.get(readerHeader);
	return said !== null && said !== (visitor ? readerMark(visitor) : '');
};
