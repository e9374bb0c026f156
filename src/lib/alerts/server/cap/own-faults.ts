import { capFaults, type CapFault } from './faults.ts';
import type { CapAlert, CapInfo } from './document.ts';
import { partsOf } from '../../parts.ts';
import { readRing, type LatLon } from './ring.ts';

/** The languages of the country that have a written form (Constitution, section 6), as CAP writes them. */
const languages = 'en af zu xh nso tn st ts ss ve nr'.split(' ').map((code) => `${code}-ZA`);
/** A box around the country: latitude and longitude the wrong way round lie outside it. */
const inCountry = ([lat, lon]: LatLon) => lat > -36 && lat < -21 && lon > 16 && lon < 34;
const outline = (ring: string) => [readRing(ring)!];
const parameters = ['legalBasis', 'templateId', 'contentHash'];

/** What is wrong with a message of ours: all that is wrong with anybody's, and what we demand of ourselves. */
export function ownCapFaults(alert: CapAlert): CapFault[] {
	const faults = [...capFaults(alert), ...alert.info.flatMap(ownInfoFaults)];
	if (!/^za\.[a-z0-9-]+\.[0-9a-f-]{36}\.\d+(\.\d+)?$/.test(alert.identifier))
		faults.push({ field: 'identifier', says: 'is not za.municipality.id.version, and its part' });
	if (!alert.code.includes('ZA-DMC-1.0'))
		faults.push({ field: 'code', says: 'does not name ZA-DMC-1.0' });
	return faults;
}

function ownInfoFaults(info: CapInfo): CapFault[] {
	const faults: CapFault[] = [];
	const say = (field: string, says: string) => faults.push({ field, says });
	const polygons = info.area.flatMap(({ polygon }) => polygon);
	const scale = `${info.urgency}/${info.severity}/${info.certainty}`;

	if (!languages.includes(info.language ?? '')) say('language', `is ${info.language}`);
	for (const name of parameters)
		if (!info.parameter.some(({ valueName, value }) => valueName === name && value))
			say('parameter', `${name} is missing`);
	if (info.responseType.includes('Evacuate') && scale !== 'Immediate/Extreme/Observed')
		say('urgency', 'to leave now is Immediate, Extreme, Observed');
	if (!polygons.length) say('polygon', 'is missing');
	if (!polygons.every((ring) => readRing(ring)?.every(inCountry)))
		say('polygon', 'lies outside South Africa');
	else if (partsOf({ type: 'MultiPolygon', coordinates: polygons.map(outline) }).length > 1)
		say('polygon', 'zones that do not touch have messages of their own');
	return faults;
}
