import { isIPv4, isIPv6 } from 'node:net';
import type { RequestEvent } from '@sveltejs/kit';

/**
 * The network somebody asks from: /24 of an IPv4 address, /48 of an IPv6 one. It only keys a
 * counter, so nobody's own address is kept.
 */
export function networkOf(address: string): string {
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
	if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.');
	if (!isIPv6(plain)) return '';
	const [head, tail] = plain.split('::');
	const left = head ? head.split(':') : [];
	const right = tail ? tail.split(':') : [];
	const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
	return [...left, ...Array<string>(zeros).fill('0'), ...right]
		.slice(0, 3)
		.map((part) => part.toLowerCase().replace(/^0+(?=.)/, ''))
		.join(':');
}

/** The network of a request; empty when the proxy did not say, which is no reason to answer nobody. */
export function readNetwork({ getClientAddress }: Pick<RequestEvent, 'getClientAddress'>): string {
	try {
		return networkOf(getClientAddress());
	} catch {
		return '';
	}
}
