import * as v from 'valibot';
import { job } from '../../platform/server/jobs.ts';
import { publishDueNews } from './publish.ts';

/** Publishes what waits for this minute. */
export const newsDue = job({
	name: 'news-due',
	payload: v.object({}),
	run: async ({ db, now }) => void (await publishDueNews(db, now))
});
