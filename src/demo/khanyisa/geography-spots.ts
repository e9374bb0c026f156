import { demoCountry } from './geography-places.ts';
import { chance, type Position } from './geography-shapes.ts';
import { wardCode } from './municipalities.ts';

export interface DemoSpot {
	/** As a resident would write it: `12 Vlei Street, Thembeni`. */
	place: string;
	point: { lon: number; lat: number };
	ward: number;
	wardCode: string;
}

const between = (a: Position, b: Position, t: number) => ({
	lon: Number((a[0] + (b[0] - a[0]) * t).toFixed(6)),
	lat: Number((a[1] + (b[1] - a[1]) * t).toFixed(6))
});

/** The point a share of the way along a line, 0 its start and 1 its end. */
export function alongLine(line: Position[], share: number) {
	const at = Math.min(Math.max(share, 0), 0.9999) * (line.length - 1);
	const step = Math.floor(at);
	return between(line[step], line[step + 1], at - step);
}

/**
 * A place in a ward where something can be wrong; the same for the same `n`. Mostly a house in a
 * street, every fifth a landmark.
 */
export function demoSpot(ward: number, n: number, municipality: 'KHA' | 'THO' = 'KHA'): DemoSpot {
	const { streets, landmarks } = demoCountry[municipality];
	const code = wardCode(municipality, ward);
	const known = landmarks.filter((each) => each.ward === ward);
	if (n % 5 === 4 && known.length) {
		const { name, point } = known[Math.floor(n / 5) % known.length];
		return { place: name, point: { lon: point[0], lat: point[1] }, ward, wardCode: code };
	}

	const here = streets.filter((each) => each.ward === ward);
	const { name, suburb, line } = here[n % here.length];
	const house = 1 + Math.floor(chance(`${municipality}${ward}/${n}`) * 60);
	const point = alongLine(line, house / 62);
	return { place: `${house} ${name}, ${suburb}`, point, ward, wardCode: code };
}

/** A house with its number in a named street of the demonstration: `demoAddress('Vlei Street', 12)`. */
export function demoAddress(
	street: string,
	house: number,
	municipality: 'KHA' | 'THO' = 'KHA'
): DemoSpot {
	const found = demoCountry[municipality].streets.find(({ name }) => name === street);
	if (!found) throw new Error(`No ${street} in ${municipality}`);
	return {
		place: `${house} ${street}, ${found.suburb}`,
		point: alongLine(found.line, house / 62),
		ward: found.ward,
		wardCode: wardCode(municipality, found.ward)
	};
}

/** A landmark of the demonstration by its name. */
export function demoLandmark(name: string, municipality: 'KHA' | 'THO' = 'KHA'): DemoSpot {
	const found = demoCountry[municipality].landmarks.find((each) => each.name === name);
	if (!found) throw new Error(`No ${name} in ${municipality}`);
	const [lon, lat] = found.point;
	return {
		place: name,
		point: { lon, lat },
		ward: found.ward,
		wardCode: wardCode(municipality, found.ward)
	};
}
