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

test('who names only the owner means that database, not the embedded one', () => {
	const MIGRATE_DATABASE_URL = 'postgres://imbizo_owner@127.0.0.1/imbizo';
	expect(readConfig({ MIGRATE_DATABASE_URL }).DATABASE_URL).toBe(MIGRATE_DATABASE_URL);
	const DATABASE_URL = 'postgres://imbizo_app@127.0.0.1/imbizo';
	expect(readConfig({ MIGRATE_DATABASE_URL, DATABASE_URL }).DATABASE_URL).toBe(DATABASE_URL);
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
