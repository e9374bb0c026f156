import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deeds, remarks } from '../cases/rules.ts';
import { permissions } from '../identity/permissions.ts';
import { deedWords, sayDeed } from './wording.ts';

/** Every `'thing.done'` in a file that writes to the audit log, but for permissions. */
const recorded = globSync('src/**/*.ts')
	.filter((path) => !path.endsWith('.test.ts'))
	.map((path) => readFileSync(path, 'utf8'))
	.filter((code) => code.includes('/audit/server/index.ts'))
	.flatMap((code) => [...code.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, deed]) => deed))
	.filter((deed) => !Object.hasOwn(permissions, deed));

test('every deed that is recorded has words', () => {
	expect(recorded.length).toBeGreaterThan(15);
	expect([...new Set(recorded)].filter((deed) => !deedWords[deed])).toEqual([]);
});

test('so has everything that can happen to a case, one by one or many at once', () => {
	const kinds = [...Object.keys(deeds), ...remarks];
	expect(kinds.filter((kind) => !deedWords[`case.${kind}`])).toEqual([]);
	expect(sayDeed('case.bulk_assign')).toBe('gave a case to somebody (many at once)');
	expect(sayDeed('thing.unheard_of')).toBe('thing.unheard_of');
});
