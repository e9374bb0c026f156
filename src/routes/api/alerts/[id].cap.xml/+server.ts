import { sealedVersion } from '#lib/alerts/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { tagged } from '#lib/web/tagged.ts';

/** One version, or a part of its area, as a signed CAP message. */
export async function GET({ locals: { db, municipality }, params, request }) {
	const { cap } = await ask(() => sealedVersion(db, municipality.id, params.id));
	return tagged(cap, 'application/cap+xml', request);
}
