import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

const from = (remoteAddress: string, headers = {}) => ({ headers, socket: { remoteAddress } });
const proxied = { ADDRESS_HEADER: 'X-Forwarded-For' };

// prettier-ignore
test.each([
	['41.13.9.8', '41.13.9.8'],
	['::ffff:41.13.9.8', '41.13.9.8'],
	['2C0F:F4C0:0012:0003:aaaa::1', '2c0f:f4c0:12:3'],
	['2c0f:f4c0:12:3::9', '2c0f:f4c0:12:3'],
	['2c0f::9', '2c0f:0:0:0'],
	['127.0.0.1', null],
	['::1', null],
	['', null]
])('a reader at %s is counted as %s', (remote, counted) => {
	expect(addressOf(from(remote), {})).toBe(counted);
});

// prettier-ignore
test.each([
	['41.13.9.8', {}, '41.13.9.8'],
	['6.6.6.6, 41.13.9.8', {}, '41.13.9.8'],
	['41.13.9.8, 10.0.0.1', { XFF_DEPTH: '2' }, '41.13.9.8'],
	['', {}, null],
	['41.13.9.8', { XFF_DEPTH: '5' }, null]
])('behind a proxy that says “%s” with %j it is %s', (said, more, counted) => {
	const request = from('127.0.0.1', { 'x-forwarded-for': said });
	expect(addressOf(request, { ...proxied, ...more })).toBe(counted);
});

test('what a reader writes into the header counts for nothing without a proxy', () => {
	expect(addressOf(from('41.13.9.8', { 'x-forwarded-for': '6.6.6.6' }), {})).toBe('41.13.9.8');
});
