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
	[{ METRICS_TOKEN: 'abc' }, 'METRICS_TOKEN'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'http://tiles.example.org/{z}/{x}/{y}.png' }, 'TILE_URL: must begin with https'],
	[{ TILE_CREDIT: 'us', TILE_URL: '//tiles.example.org/{z}/{x}/{y}.png' }, 'TILE_URL: must begin with https'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https://tiles.example.org/{z}/{x}.png' }, 'TILE_URL: must hold {z}'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https://{s}.example.org/{z}/{x}/{y}.png' }, 'TILE_URL: may hold no braces'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https://{z}.example.org/{x}/{y}.png' }, 'TILE_URL: must name its server'],
	[{ TILE_CREDIT: 'us', TILE_URL: "https://a.example.org; script-src 'unsafe-inline'/{z}/{x}/{y}" }, 'TILE_URL: may hold'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https://me:secret@example.org/{z}/{x}/{y}.png' }, 'TILE_URL: may hold no name'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https://tiles.example.org/{z}/{x}/{y}.pbf' }, 'TILES_FILE'],
	[{ TILE_CREDIT: 'us', TILE_URL: 'https:///{z}/{x}/{y}.png' }, 'TILE_URL: must name its server'],
	[{ TILE_URL: 'https://tiles.example.org/{z}/{x}/{y}.png' }, 'TILE_CREDIT'],
	[{ TILE_CREDIT: 'x'.repeat(201), TILE_URL: '/tiles/{z}/{x}/{y}' }, 'TILE_CREDIT'],
	[{ TILE_CREDIT: 'us', TILE_URL: '/t/{z}/{x}/{y}', TILES_FILE: 'town.pmtiles' }, 'set one of them'],
	[{ TILE_MAX_ZOOM: '40' }, 'TILE_MAX_ZOOM']
])('%j is refused by name', (env, named) => {
	expect(() => readConfig(env)).toThrow(named);
});

test.each(['https://tiles.example.org/a/{z}/{x}/{y}.png?key=1', '/streets/{z}/{y}/{x}.webp'])(
	'%s leads to tiles',
	(TILE_URL) =>
		expect(readConfig({ TILE_URL, TILE_CREDIT: 'The surveyor' })).toMatchObject({ TILE_URL })
);
