import { originOf } from '../../../delivery/server/index.ts';
import type { Municipality } from '../../../identity/server/index.ts';
import { codeOf } from '../../../platform/codes.ts';
import type { CapHouse } from '../cap/compose.ts';

/** What the disaster management centre of a municipality adds to each of its messages. */
export function houseOf(municipality: Municipality): CapHouse {
	const slug = codeOf(municipality.name);
	const host = municipality.hosts.find((each) => !each.endsWith('localhost'));
	const { phone } = municipality.contact;
	return {
		slug,
		sender: `dmc@${host ?? `${slug}.imbizo.example`}`,
		timezone: municipality.timezone,
		origin: originOf(municipality),
		contact: phone ?? municipality.emergencyNumbers[0]?.number ?? '112'
	};
}
