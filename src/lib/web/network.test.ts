import { expect, test } from 'vitest';
import { networkOf } from './network.ts';

// prettier-ignore
test.each([
	['196.25.1.7', '196.25.1'],
	['::ffff:196.25.1.7', '196.25.1'],
	['2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3'],
	['2001:0DB8::1', '2001:db8:0'],
	['::1', '0:0:0'],
	['unknown', '']
])('%s asks from %s', (address, network) => {
	expect(networkOf(address)).toBe(network);
});
