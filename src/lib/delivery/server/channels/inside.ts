import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const inside = new BlockList();
// prettier-ignore
const networks: Array<[network: string, prefix: number, family: 'ipv4' | 'ipv6']> = [
	// This host, private, carrier, link-local, documentation, benchmarks, multicast, reserved (RFC 6890).
	['0.0.0.0', 8, 'ipv4'], ['10.0.0.0', 8, 'ipv4'], ['100.64.0.0', 10, 'ipv4'], ['127.0.0.0', 8, 'ipv4'],
	['169.254.0.0', 16, 'ipv4'], ['172.16.0.0', 12, 'ipv4'], ['192.0.0.0', 24, 'ipv4'], ['192.0.2.0', 24, 'ipv4'],
	['192.88.99.0', 24, 'ipv4'], ['192.168.0.0', 16, 'ipv4'], ['198.18.0.0', 15, 'ipv4'], ['198.51.100.0', 24, 'ipv4'],
	['203.0.113.0', 24, 'ipv4'], ['224.0.0.0', 3, 'ipv4'],
	// The same in IPv6, and the forms that carry an IPv4 address inside: compatible, NAT64, Teredo, 6to4.
	['::', 96, 'ipv6'], ['64:ff9b::', 96, 'ipv6'], ['64:ff9b:1::', 48, 'ipv6'], ['100::', 64, 'ipv6'],
	['2001::', 32, 'ipv6'], ['2001:db8::', 32, 'ipv6'], ['2002::', 16, 'ipv6'], ['fc00::', 7, 'ipv6'],
	['fe80::', 10, 'ipv6'], ['fec0::', 10, 'ipv6'], ['ff00::', 8, 'ipv6']
];
for (const network of networks) inside.addSubnet(...network);

/** Whether an address lies in our own network or in none: never where a push service lives. IPv6-mapped ones count as the IPv4 they carry. */
export function isInside(address: string): boolean {
	const family = isIP(address);
	return family === 0 || inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The name leads into our own network. */
export class LeadsInside extends Error {}

type Resolved = (fault: NodeJS.ErrnoException | null, found: LookupAddress[]) => void;
type Resolver = (name: string, options: LookupOptions & { all: true }, done: Resolved) => void;

/**
 * For a connection: the name is resolved once, judged, and that very address is connected to, so a name
 * that answers differently the second time (DNS rebinding) gains nothing. One bad address spoils all.
 */
export const outwardLookup =
	(resolver: Resolver = resolve): LookupFunction =>
	(name, options, done) =>
		resolver(name, { ...options, all: true }, (fault, found) => {
			if (fault) return done(fault, '');
			if (!found.length || found.some(({ address }) => isInside(address)))
				return done(new LeadsInside(name), '');
			if (options.all) return done(null, found);
			done(null, found[0].address, found[0].family);
		});
