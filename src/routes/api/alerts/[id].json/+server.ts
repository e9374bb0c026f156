import { sealedVersion } from '#lib/alerts/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { tagged } from '#lib/web/tagged.ts';

/** One version as its capsule, for an app that keeps it: every reviewed language, and each alone for paper. */
export async function GET({ locals: { db, municipality }, params, request }) {
	const { alert, seal } = await ask(() => sealedVersion(db, municipality.id, params.id));
	const { number, version, state } = alert;
	const body = { number, version, state, capsule: seal.capsule, scanned: seal.scanned };
	return tagged(JSON.stringify(body), 'application/json', request);
}
