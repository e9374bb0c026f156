import { newId } from '../../platform/ids.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import type { Asker } from '../../identity/asker.ts';

const whom = (kind: 'person' | 'device' | 'caller' | 'address', text: string) =>
	fingerprint('device', `outage ${kind}:${text}`);

export const byPerson = (id: string) => whom('person', id);

/** By what a household is known: the account, else the phone; a caller is nobody that was here before. */
export const whoSays = ({ actor, device }: Asker, forCaller: boolean) => {
	if (forCaller) return whom('caller', newId());
	return actor ? byPerson(actor.id) : whom('device', device);
};

/** As people write it: case, commas and double spaces make no other house. */
export const addressOf = (address: string) =>
	whom(
		'address',
		address
			.toLowerCase()
			.replace(/[^\p{L}\p{N}]+/gu, ' ')
			.trim()
	);
