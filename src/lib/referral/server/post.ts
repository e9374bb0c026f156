import { isIP } from 'node:net';
import {
	isAllowedHost,
	isInside,
	postOutward,
	type OutwardAnswer
} from '../../delivery/server/index.ts';
import { readConfig } from '../../platform/server/config.ts';

export const letterPath = '/api/referrals';

export type AddressObstacle = 'not_an_address' | 'not_https' | 'inside';

/** Why an installation cannot be written to at an address, or null: https, and never into our own network. */
export function addressObstacle(
	address: string,
	allow = readConfig().PEER_ALLOW
): AddressObstacle | null {
	if (address.length > 300 || !URL.canParse(address)) return 'not_an_address';
	const url = new URL(address);
	if (url.username || url.password || url.pathname !== '/' || url.search || url.hash)
		return 'not_an_address';
	if (isAllowedHost(url, allow)) return null;
	if (url.protocol !== 'https:') return 'not_https';
	const host = url.hostname.replace(/^\[|\]$/g, '');
	if (host === 'localhost' || (isIP(host) && isInside(host))) return 'inside';
	return null;
}

/** Posts a signed letter. @throws when the address is refused, or nobody answers in 15 seconds */
export async function postLetter(
	address: string,
	text: string,
	signature: string
): Promise<OutwardAnswer> {
	const obstacle = addressObstacle(address);
	if (obstacle) throw new Error(obstacle);
	const url = new URL(letterPath, address);
	const headers = { 'content-type': 'application/json', 'imbizo-signature': signature };
	const inside = isAllowedHost(url, readConfig().PEER_ALLOW);
	return postOutward(url, text, headers, { inside });
}
