import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { caseMoved } from '#lib/cases/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows } from '#lib/platform/server/db.ts';
import { enqueue } from '#lib/platform/server/jobs.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

inBothDatabasesForReal((place) => {
	const waiting = async () =>
		(
			await rows<{ n: number }>(
				place.database.db,
				sql`select count(*)::int as n from pgboss.job where name = 'case-moved'`
			)
		)[0].n;

	test('the first job of a new database goes in inside a transaction, and lives or dies with it', async () => {
		await place.database.db.transaction((tx) => enqueue(tx, caseMoved, { eventId: newId() }));
		expect(await waiting()).toBe(1);

		await place.database.db
			.transaction(async (tx) => {
				await enqueue(tx, caseMoved, { eventId: newId() });
				throw new Error('the report was refused');
			})
			.catch(() => {});
		expect(await waiting()).toBe(1);
	});
});
