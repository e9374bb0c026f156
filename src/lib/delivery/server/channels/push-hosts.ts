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

/** A host that the operator named: where tests and drills listen. */
export const isAllowed = (url: URL, allow: string) =>
	allow
		.split(',')
		.map((each) => each.trim())
		.some((each) => each !== '' && each === url.host);
