import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { isInside, LeadsInside, outwardLookup } from './inside.ts';

// prettier-ignore
test.each([
	['127.0.0.1', true], ['10.1.2.3', true], ['169.254.169.254', true], ['172.31.255.255', true],
	['192.168.1.1', true], ['100.100.0.1', true], ['0.0.0.0', true], ['224.0.0.1', true], ['255.255.255.255', true],
	['::1', true], ['::', true], ['fd00::1', true], ['fe80::1', true], ['ff02::1', true],
	['::ffff:127.0.0.1', true], ['::ffff:7f00:1', true], ['::ffff:a9fe:a9fe', true], ['::ffff:10.0.0.1', true],
	['64:ff9b::7f00:1', true], ['2002:7f00:1::', true], ['::127.0.0.1', true],
	['172.32.0.1', false], ['142.250.1.1', false], ['::ffff:142.250.1.1', false], ['2a00:1450::1', false],
	['no address', true]
])('%s is inside: %s', (address, expected) => {
	expect(isInside(address)).toBe(expected);
});

const answering =
	(...rounds: string[][]) =>
	(_: string, __: object, done: (fault: null, found: LookupAddress[]) => void) =>
		done(
			null,
			(rounds.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
		);

const resolved = (lookup: ReturnType<typeof outwardLookup>) =>
	new Promise((done) =>
		lookup('fcm.googleapis.com', {}, (fault, address) => done(fault ?? address))
	);

test('a name that answers with our own network the second time is caught at the second connection', async () => {
	const lookup = outwardLookup(answering(['142.250.1.1'], ['127.0.0.1']));
	expect(await resolved(lookup)).toBe('142.250.1.1');
	expect(await resolved(lookup)).toBeInstanceOf(LeadsInside);
});

test('one address inside among good ones spoils the name', async () => {
	const lookup = outwardLookup(answering(['142.250.1.1', '::ffff:169.254.169.254']));
	expect(await resolved(lookup)).toBeInstanceOf(LeadsInside);
});

test('a name that leads nowhere leads to no connection', async () => {
	expect(await resolved(outwardLookup(answering([])))).toBeInstanceOf(LeadsInside);
});
