import { liveAlerts, recentAlerts } from '#lib/alerts/server/index.ts';

/** What is in force, and the archive: the newest version of each. */
export async function load({ locals: { db, municipality } }) {
	const live = await liveAlerts(db, municipality.id);
	const seen = new Set(live.map(({ incidentId }) => incidentId));
	const past = (await recentAlerts(db, municipality.id, 200)).filter(
		({ incidentId }) => !seen.has(incidentId) && seen.add(incidentId)
	);
	return { live, past };
}
