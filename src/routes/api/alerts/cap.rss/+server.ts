import { rssFeed } from '#lib/alerts/server/index.ts';
import { tagged } from '#lib/web/tagged.ts';

/** The index of CAP messages, as RSS. */
export const GET = async ({ locals: { db, municipality }, request }) =>
	tagged(await rssFeed(db, municipality), 'application/rss+xml', request);
