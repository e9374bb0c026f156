import { clipBytes } from '#lib/alerts/server/index.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';
import { file } from '#lib/web/tagged.ts';

/** A recording: what a second person said yes to for everybody, the rest for officials who listen to it. */
export const GET = ({ locals: { db, visitor, municipality }, params, request }) =>
	ask(async () => {
		if (!isId(params.clip)) throw notFound();
		return file(await clipBytes(db, visitor, municipality.id, params.clip), request);
	});
