import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('nothing set means the embedded database on loopback', () => {
	expect(readConfig({})).toMatchObject({
		PORT: 3000,
		HOST: '127.0.0.1',
		DATA_DIR: './data',
		PROCESS: 'all'
	});
	expect(readConfig({ DATABASE_URL: '', PORT: '' }).DATABASE_URL).toBeUndefined();
});

// prettier-ignore
test.each([
	[{ PORT: 'eighty' }, 'PORT'],
	[{ MASTER_KEY: 'short' }, 'MASTER_KEY'],
	[{ ORIGIN: 'imbizo' }, 'ORIGIN'],
	[{ PROCESS: 'worker' }, 'set DATABASE_URL'],
	[{ METRICS_TOKEN: 'abc' }, 'METRICS_TOKEN']
])('%j is refused by name', (env, named) => {
	expect(() => readConfig(env)).toThrow(named);
});
