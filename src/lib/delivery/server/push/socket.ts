import { isIP, type LookupFunction } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';

export interface SocketSettings {
	/** How names become addresses; none: as the machine does it. */
	lookup?: LookupFunction;
	secureContext?: SecureContext;
	/** Milliseconds until it must stand. */
	timeout: number;
}

/** A checked TLS connection that speaks what both can (ALPN): `h2` before `http/1.1`. */
export function openSocket(
	{ hostname, port }: URL,
	{ timeout, ...settings }: SocketSettings,
	done: (reason: Error | null, socket: TLSSocket) => void
): TLSSocket {
	const host = hostname.replace(/^\[|\]$/g, '');
	const socket = connect({
		host,
		port: Number(port || 443),
		servername: isIP(host) ? undefined : host,
		ALPNProtocols: ['h2', 'http/1.1'],
		...settings
	});
	let over = false;
	const finish = (reason: Error | null) => {
		if (over) return;
		over = true;
		socket.setTimeout(0);
		done(reason, socket);
	};
	socket.setNoDelay(true);
	socket.setTimeout(timeout, () => socket.destroy(new Error('timeout')));
	socket.on('error', finish);
	socket.once('close', () => finish(new Error('closed')));
	socket.once('secureConnect', () => finish(null));
	return socket;
}
