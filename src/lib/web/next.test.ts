import { expect, test } from 'vitest';
import { localPath } from './next.ts';

// prettier-ignore
test.each([
	['/account', '/account'],
	['/issues/KHA-26-7K3MQ?a=1#note', '/issues/KHA-26-7K3MQ?a=1#note'],
	['//evil.example', '/'],
	['/\\evil.example', '/'],
	['/\t/evil.example', '/'],
	['https://evil.example/', '/'],
	['javascript:alert(1)', '/'],
	['account', '/'],
	['', '/'],
	[null, '/'],
	[`/${'a'.repeat(600)}`, '/']
])('after signing in, %j leads to %j', (asked, next) => {
	expect(localPath(asked)).toBe(next);
});
