import { listOutages } from '#lib/outages/server/index.ts';

/** What is off, what will be, and what is back. */
export async function load({ locals: { db, municipality } }) {
	const now = new Date();
	return { outages: await listOutages(db, municipality.id, {}, now), at: now };
}
