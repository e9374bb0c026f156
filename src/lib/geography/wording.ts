import { m } from '../i18n/index.ts';
import { positionObstacles, type Position, type PositionObstacle } from './position.ts';

const degrees = (n: number) => n.toFixed(5).replace(/0+$/, '').replace(/\.$/, '');

/** What to do about a position that cannot be right. */
const positionWording: Record<PositionObstacle, () => string> = {
	half_missing: m.wards_half_missing,
	not_a_number: m.wards_not_a_number,
	out_of_range: m.wards_out_of_range,
	swapped: m.wards_swapped,
	outside_country: m.wards_outside_country
};

export const isPositionObstacle = (text: string): text is PositionObstacle =>
	positionObstacles.includes(text as PositionObstacle);

/** The sentence for a position that was refused, with the other way round offered where that fits. */
export const positionSentence = (obstacle: PositionObstacle, swapped?: Position) =>
	swapped
		? `${positionWording[obstacle]()} ${m.wards_did_you_mean({ lat: degrees(swapped.lat), lon: degrees(swapped.lon) })}`
		: positionWording[obstacle]();

/** The last three digits of a ward code are the ward's number. */
export const wardNumber = (code: string) => Number(code.slice(-3));

/** `6 or 8`, `ward 6 or ward 8`: any of these. */
export const eitherOf = (several: Array<string | number>) =>
	several.map(String).reduce((a, b) => m.wards_or({ a, b }));

/** `Ward 6`, or `Ward 6, maybe 8` near a line. */
export function wardPhrase(code: string | null, maybe: string[] = []): string {
	const others = maybe.map(wardNumber);
	if (!code) return others.length ? m.wards_maybe({ others: eitherOf(others) }) : m.wards_no_ward();
	const n = wardNumber(code);
	return others.length
		? m.wards_maybe_after({ n, others: eitherOf(others) })
		: m.wards_ward_n({ n });
}
