import { isIPv6 } from 'node:net';
import type { IncomingMessage } from 'node:http';

interface Proxied {
	/** The header in which the proxy names the reader, and how many proxies stand in a row (adapter-node). */
	ADDRESS_HEADER?: string;
	XFF_DEPTH?: string;
}

/**
 * Who asks, to count lines by and nothing else: an IPv4 address, or the /64 of an IPv6 one, which is
 * one household's. Null when a proxy stands before us and does not say: then nobody is counted.
 */
export function addressOf(
	{ headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } },
	{ ADDRESS_HEADER, XFF_DEPTH }: Proxied = process.env
): string | null {
	const name = ADDRESS_HEADER?.toLowerCase();
	const said = name ? String(headers[name] ?? '') : (socket.remoteAddress ?? '');
	const all = name === 'x-forwarded-for' ? said.split(',') : [said];
	const address = (all[all.length - Number(XFF_DEPTH || 1)] ?? '')
		.trim()
		.toLowerCase()
		.replace(/^::ffff:(?=\d+\.)/, '');
	if (!address || address === '::1' || address.startsWith('127.')) return null;
	return isIPv6(address) ? firstHalf(address) : address;
}

function firstHalf(address: string): string {
	const [head, tail] = address.split('::');
	const left = head ? head.split(':') : [];
	const right = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
	return [...left, ...Array<string>(zeros).fill('0'), ...right]
		.slice(0, 4)
		.map((part) => part.replace(/^0+(?=.)/, ''))
		.join(':');
}
