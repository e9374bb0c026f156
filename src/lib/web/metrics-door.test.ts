import { expect, test } from 'vitest';
import { mayReadMetrics } from './metrics-door.ts';

const unknown = () => {
	throw new Error('Address header was specified but is absent');
};

// prettier-ignore
test.each<[string, string | undefined, Record<string, string>, string | (() => string), boolean]>([
	['this machine, no token configured',        undefined, {}, '127.0.0.1', true],
	['this machine over IPv6',                   undefined, {}, '::1', true],
	['another machine',                          undefined, {}, '10.0.0.7', false],
	['a machine whose address begins alike',     undefined, {}, '::1234', false],
	['through a proxy on this machine',          undefined, { 'X-Forwarded-For': '41.0.0.1' }, '127.0.0.1', false],
	['a proxy that says only the protocol',      undefined, { 'x-forwarded-proto': 'https' }, '127.0.0.1', false],
	['this machine, its protocol filled in by us', undefined, { 'x-forwarded-proto': 'http', 'x-imbizo-direct': '1' }, '127.0.0.1', true],
	['through a proxy all the same',             undefined, { 'x-forwarded-proto': 'http', 'x-imbizo-direct': '1', 'x-forwarded-for': '41.0.0.1' }, '127.0.0.1', false],
	['a proxy of the standard',                  undefined, { Forwarded: 'for=41.0.0.1' }, '127.0.0.1', false],
	['nginx',                                    undefined, { 'x-real-ip': '41.0.0.1' }, '127.0.0.1', false],
	['a cache',                                  undefined, { via: '1.1 varnish' }, '127.0.0.1', false],
	['nobody knows from where',                  undefined, {}, unknown, false],
	['the token, from anywhere',                 's3cret', { authorization: 'Bearer s3cret' }, '41.0.0.1', true],
	['a wrong token',                            's3cret', { authorization: 'Bearer s3creT' }, '41.0.0.1', false],
	['a token of another length',                's3cret', { authorization: 'Bearer s' }, '41.0.0.1', false],
	['signs of the same count but other bytes',  's3cret', { authorization: 'Bearer s3cré\u00ff' }, '41.0.0.1', false],
	['this machine without the token',           's3cret', {}, '127.0.0.1', false]
])('%s', (_, token, headers, address, may) => {
	const from = typeof address === 'string' ? () => address : address;
	expect(mayReadMetrics(token, new Headers(headers), from)).toBe(may);
});
