import type { CapArea } from './document.ts';
import { readRing, ringFault } from './ring.ts';

const circle = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?) (\d+(?:\.\d+)?)$/;

/** What is wrong with an area to warn. An empty list when nothing is. */
export function areaFaults(area: CapArea): Array<{ field: string; says: string }> {
	const faults: Array<{ field: string; says: string }> = [];
	const say = (field: string, says: string) => faults.push({ field, says });
	if (!area.areaDesc) say('areaDesc', 'is missing');
	if (area.areaDesc.length >= 50) say('areaDesc', 'is 50 characters or longer');
	if (area.polygon.length && !area.geocode.length)
		say('geocode', 'beside a polygon stand the codes of its wards');
	for (const polygon of area.polygon) {
		const ring = readRing(polygon);
		const fault = ring ? ringFault(ring) : 'is no list of latitudes and longitudes';
		if (fault) say('polygon', fault);
		if (/\.\d{7}/.test(polygon)) say('polygon', 'has more than six decimals');
	}
	for (const each of area.circle)
		if (!(Number(circle.exec(each)?.[3]) > 0))
			say('circle', 'is no latitude, longitude and radius above 0 km');
	return faults;
}
