import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** The push services of the browsers there are: a host, or with a dot in front everything under it. */
const known = [
	'fcm.googleapis.com',
	'android.googleapis.com',
	'updates.push.services.mozilla.com',
	'.push.services.mozilla.com',
	'.push.apple.com',
	'.notify.windows.com'
];

export type EndpointObstacle = 'not_an_address' | 'not_https' | 'unknown_host';

/**
 * Why a push endpoint is refused, or null. A browser names the address we will post to, so only
 * known push services are ever posted to (server-side request forgery).
 * @param allow further hosts, comma separated, with their port: `127.0.0.1:8443`
 */
export function endpointObstacle(endpoint: string, allow = ''): EndpointObstacle | null {
	if (endpoint.length > 1000 || !URL.canParse(endpoint)) return 'not_an_address';
	const url = new URL(endpoint);
	if (url.username || url.password) return 'not_an_address';
	if (isAllowed(url, allow))
		return url.protocol === 'https:' || url.protocol === 'http:' ? null : 'not_https';
	if (url.protocol !== 'https:') return 'not_https';
	const named = url.port === '' && known.some((host) => matches(url.hostname, host));
	return named ? null : 'unknown_host';
}

const matches = (hostname: string, host: string) =>
	host.startsWith('.') ? hostname.endsWith(host) : hostname === host;

const isAllowed = (url: URL, allow: string) =>
	allow
		.split(',')
		.map((each) => each.trim())
		.some((each) => each !== '' && each === url.host);

// Loopback, link-local, private, carrier and documentation ranges.
const inside =
	/^(0|10|127)\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^22[4-9]\.|^2[3-5]\d\.|^::1?$|^f[cd]|^fe[89ab]|^::ffff:(0|10|127|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\./i;

/** Whether a known name resolves to an address inside our own network, as a poisoned resolver would have it. */
export async function leadsInside(endpoint: string, allow = ''): Promise<boolean> {
	const url = new URL(endpoint);
	if (isAllowed(url, allow)) return false;
	const name = url.hostname.replace(/^\[|\]$/g, '');
	if (isIP(name)) return inside.test(name);
	const found = await lookup(name, { all: true });
	return found.some(({ address }) => inside.test(address));
}
