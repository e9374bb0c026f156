import { findWard, mapOf, wardsOf, type WardFinding } from '#lib/geography/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';

/** The wards, and in which of them the place lies that was asked for (`?place=`, or `?lat=&lon=`). */
export async function load({ url, locals: { db, municipality } }) {
	const asked = {
		place: (url.searchParams.get('place') ?? '').slice(0, 200),
		lat: url.searchParams.get('lat') ?? '',
		lon: url.searchParams.get('lon') ?? '',
		accuracy: url.searchParams.get('accuracy') ?? ''
	};
	const answered = await answer();
	const ward = answered.finding?.wardCode;
	const [wards, drawing] = await Promise.all([
		wardsOf(db, municipality.id),
		mapOf(db, municipality.id, { ward })
	]);
	return { wards, drawing, asked, ...answered };

	async function answer(): Promise<{ finding?: WardFinding; problem?: string }> {
		if (!asked.place && !asked.lat && !asked.lon) return {};
		try {
			return { finding: await findWard(db, municipality.id, asked) };
		} catch (reason) {
			if (reason instanceof Refusal) return { problem: reason.message };
			throw reason;
		}
	}
}
