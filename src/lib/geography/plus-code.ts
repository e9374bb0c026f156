import OLC from 'open-location-code';
import { metresPerDegree, type Position } from './position.ts';

const codes = new OLC.OpenLocationCode();

// The alphabet has no vowels; 2 to 8 signs, a plus, 2 to 7 more. Keyboards put spaces around the plus.
const pattern =
	/(?:^|[\s,;(])((?:[23456789CFGHJMPQRVWX]{8}|[23456789CFGHJMPQRVWX]{6}|[23456789CFGHJMPQRVWX]{4}|[23456789CFGHJMPQRVWX]{2})\s?\+\s?[23456789CFGHJMPQRVWX]{2,5})(?=$|[\s,;.)])/i;

export interface PlusCode {
	code: string;
	/** A short code means something only near a town. */
	short: boolean;
	/** What stood around the code: perhaps the town. */
	rest: string;
}

/** The Plus Code in what somebody typed (Open Location Code), or null. */
export function findPlusCode(text: string): PlusCode | null {
	const match = pattern.exec(text.slice(0, 500));
	if (!match) return null;
	const code = match[1].replace(/\s/g, '').toUpperCase();
	if (!codes.isValid(code)) return null;
	const rest = (text.slice(0, match.index) + ' ' + text.slice(match.index + match[0].length))
		.replace(/[\s,;]+/g, ' ')
		.trim();
	return { code, short: codes.isShort(code), rest };
}

export interface Decoded {
	position: Position;
	/** From the middle of the code's cell to its corner, in metres. */
	accuracy: number;
	/** The code in full. */
	code: string;
}

/** The middle of the cell a code names; a short one is read as the nearest to `near`. */
export function decodePlusCode({ code, short }: Pick<PlusCode, 'code' | 'short'>, near: Position) {
	const full: string = short ? codes.recoverNearest(code, near.lat, near.lon) : code;
	const area = codes.decode(full);
	const scale = metresPerDegree(area.latitudeCenter);
	return {
		position: { lon: area.longitudeCenter, lat: area.latitudeCenter },
		accuracy: Math.ceil(
			Math.hypot(
				((area.longitudeHi - area.longitudeLo) / 2) * scale.lon,
				((area.latitudeHi - area.latitudeLo) / 2) * scale.lat
			)
		),
		code: full
	} satisfies Decoded;
}

/** The Plus Code of a position: ten signs, about 14 metres across. */
export const plusCodeOf = ({ lat, lon }: Position): string => codes.encode(lat, lon);
