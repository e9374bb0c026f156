import { safeMapOf, safePlaces } from '#lib/alerts/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';

/** The sign of the nth way out on the map: A, B … Z, A2 … */
const letter = (n: number) =>
	String.fromCharCode(65 + (n % 26)) + (n < 26 ? '' : String(Math.floor(n / 26) + 1));

/** Where people are safe, by ward: read before anything burns, and kept on the phone. */
export async function load({ locals: { db, municipality } }) {
	const now = new Date();
	const offered = await safePlaces(db, municipality.id, now);
	const map = await safeMapOf(db, municipality.id, offered, now);
	const shelters = offered.shelters.map((each, i) => ({ ...each, sign: String(i + 1) }));
	const routes = offered.routes.map((each, i) => ({ ...each, sign: letter(i) }));
	const wards = await wardsOf(db, municipality.id, now);
	const inWard = (code: string | null) => ({
		places: shelters
			.filter(({ wardCode }) => wardCode === code)
			.map(({ sign, kind, name, lat, lon, capacity }) => ({
				sign,
				kind,
				name,
				lat,
				lon,
				capacity
			})),
		routes: routes
			.filter(({ wardCode }) => wardCode === code)
			.map(({ sign, name }) => ({ sign, name }))
	});
	const known = new Set(wards.map(({ code }) => code));
	const elsewhere = [...new Set([...shelters, ...routes].map(({ wardCode }) => wardCode))].filter(
		(code) => code === null || !known.has(code)
	);
	return {
		map: map && {
			...map,
			points: [
				...shelters.map(({ lon, lat, sign }) => ({ point: { lon, lat }, sign })),
				// In its middle: both ends may be where another way begins.
				...routes.map(({ line, sign }) => {
					const [lon, lat] = line[Math.floor(line.length / 2)];
					return { point: { lon, lat }, sign };
				})
			]
		},
		wards: [
			...wards.map(({ code, number }) => ({
				code,
				number: number as number | null,
				...inWard(code)
			})),
			...elsewhere.map((code) => ({ code: code ?? '', number: null, ...inWard(code) }))
		].filter(({ places, routes }) => places.length || routes.length)
	};
}
