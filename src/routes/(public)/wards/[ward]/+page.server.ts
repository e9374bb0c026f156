import { committeeOf, mapOf, wardByCode } from '#lib/geography/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';

/** A ward as a place: its lines, suburbs and committee. */
export async function load({ params, locals: { db, municipality } }) {
	const now = new Date();
	const ward = await ask(async () => {
		const found = await wardByCode(db, municipality.id, params.ward.slice(0, 20), now);
		if (!found) throw notFound();
		return found;
	});
	const [drawing, committee] = await Promise.all([
		mapOf(db, municipality.id, { ward: ward.code }, now),
		committeeOf(db, municipality.id, ward.code, now)
	]);
	return { ward, drawing, committee, past: Boolean(ward.validTo && ward.validTo <= now) };
}
