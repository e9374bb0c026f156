import { m } from '#lib/i18n/index.ts';

/** Numbers that work everywhere in the country, as they are dialled, and who answers. */
export const nationalNumbers: Array<[number: string, who: () => string]> = [
	['112', m.wards_any_emergency],
	['10111', m.wards_police],
	['10177', m.wards_ambulance],
	['116', m.wards_children],
	['0800 150 150', m.wards_violence],
	['0800 567 567', m.wards_crisis]
];
