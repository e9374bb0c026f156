import { positionObstacles, type Position, type PositionObstacle } from './position.ts';

const degrees = (n: number) => n.toFixed(5).replace(/0+$/, '').replace(/\.$/, '');

/** What to do about a position that cannot be right. */
export const positionWording: Record<PositionObstacle, string> = {
	half_missing: 'Give both latitude and longitude, or neither. A street or a landmark is enough.',
	not_a_number: 'Latitude and longitude are numbers, like −33.22 and 28.51.',
	out_of_range: 'Latitude goes from −90 to 90 and longitude from −180 to 180.',
	swapped: 'Latitude and longitude have changed places.',
	outside_country: 'That position is not in South Africa. Say where it is: a street or a landmark.'
};

export const isPositionObstacle = (text: string): text is PositionObstacle =>
	positionObstacles.includes(text as PositionObstacle);

/** The sentence for a position that was refused, with the other way round offered where that fits. */
export const positionSentence = (obstacle: PositionObstacle, swapped?: Position) =>
	swapped
		? `${positionWording[obstacle]} Did you mean latitude ${degrees(swapped.lat)}, longitude ${degrees(swapped.lon)}?`
		: positionWording[obstacle];

/** The last three digits of a ward code are the ward's number. */
export const wardNumber = (code: string) => Number(code.slice(-3));

/** `Ward 6`, or `Ward 6, maybe 8` near a line. */
export function wardPhrase(code: string | null, maybe: string[] = []): string {
	const others = maybe.map(wardNumber);
	if (!code) return others.length ? `Maybe ward ${others.join(' or ')}` : 'No ward yet';
	const doubt = others.length ? `, maybe ${others.join(' or ')}` : '';
	return `Ward ${wardNumber(code)}${doubt}`;
}
