import { resourceOf, sealedVersion } from '#lib/alerts/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { file } from '#lib/web/tagged.ts';

/** A file of one version, as its signed CAP message names it: `K7F-2QD.2/map.png`. */
export const GET = ({ locals: { db, municipality }, params, request }) =>
	ask(async () => {
		const { alert } = await sealedVersion(db, municipality.id, params.id);
		return file(await resourceOf(db, alert, params.file), request);
	});
