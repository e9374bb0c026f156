import { connect as plainly } from 'node:net';
import { connect as securely } from 'node:tls';

/**
 * Opens a connection to where a gateway listens and closes it again, over TLS where it speaks TLS with
 * its certificate checked. Sends nothing, so nothing is paid for.
 * @throws with a code of the system: ECONNREFUSED, ETIMEDOUT, CERT_HAS_EXPIRED
 */
export async function dial(address: string, timeout = 10_000): Promise<void> {
	const { protocol, hostname, port } = new URL(address);
	const secure = protocol === 'https:' || protocol === 'smpps:';
	const host = hostname.replace(/^\[|\]$/g, '');
	const place = { host, port: Number(port) || (secure ? 443 : 80), timeout };
	await new Promise<void>((opened, failed) => {
		const socket = secure
			? securely({ ...place, servername: /^[\d.:]+$/.test(host) ? undefined : host }, done)
			: plainly(place, done);
		function done() {
			socket.destroy();
			opened();
		}
		socket.once('timeout', () => {
			socket.destroy();
			failed(Object.assign(new Error('No answer'), { code: 'ETIMEDOUT' }));
		});
		socket.once('error', failed);
	});
}
