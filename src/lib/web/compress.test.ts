import { expect, test } from 'vitest';
import { choose } from './encoding.ts';

// prettier-ignore
test.each([
	['gzip, deflate, br', 'br'],
	['gzip', 'gzip'],
	['br;q=0, gzip;q=0.5', 'gzip'],
	['*', 'br'],
	['identity', null],
	['', null],
	['BR', 'br'],
	['*;q=0', null]
])('a browser that accepts %j gets %s', (accepted, encoding) => {
	expect(choose(accepted)).toBe(encoding);
});
