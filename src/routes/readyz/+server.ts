import { readiness } from '#lib/platform/server/readiness.ts';

/** Usable: database, queue and disk. Otherwise 503 with the reason. */
export async function GET({ locals }) {
	const problems = await readiness(locals.db);
	return Response.json(
		{ ready: problems.length === 0, problems },
		{ status: problems.length ? 503 : 200, headers: { 'cache-control': 'no-store' } }
	);
}
