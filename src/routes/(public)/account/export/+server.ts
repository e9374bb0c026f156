import { exportPerson } from '#lib/issues/server/index.ts';
import { isoDay } from '#lib/platform/time.ts';
import { ask } from '#lib/web/attempt.ts';

/** Everything kept about whoever is signed in, as a file of their own. */
export async function GET({ locals: { db, actor } }) {
	const all = await ask(() => exportPerson(db, actor.id));
	return new Response(JSON.stringify(all, null, '\t'), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': `attachment; filename="my-data-${isoDay(all.madeAt)}.json"`,
			'cache-control': 'private, no-store'
		}
	});
}
