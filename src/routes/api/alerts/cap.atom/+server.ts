import { atomFeed } from '#lib/alerts/server/index.ts';
import { tagged } from '#lib/web/tagged.ts';

/** The index of CAP messages, as Atom. */
export const GET = async ({ locals: { db, municipality }, request }) =>
	tagged(await atomFeed(db, municipality), 'application/atom+xml', request);
