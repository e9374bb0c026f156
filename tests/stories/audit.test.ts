import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { record, verifyAudit } from '#lib/audit/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabases((place) => {
	const nomsa = { id: newId() };
	const municipalityId = newId();
	const note = (deed: string) =>
		record(
			place.db,
			nomsa,
			{ municipalityId, deed, thing: 'case', thingId: newId(), details: { b: 1, a: [2] } },
			noon
		);

	test('deeds make a chain that holds', async () => {
		await note('case.assigned');
		await note('case.claimed');
		expect(await verifyAudit(place.db)).toEqual([{ municipalityId, entries: 2 }]);
	});

	test('the serving role can neither change, delete nor empty it', async () => {
		await note('case.assigned');
		for (const attack of [
			"update audit_entries set deed = 'x'",
			'delete from audit_entries',
			'truncate audit_entries'
		])
			await expect(place.db.transaction((tx) => tx.execute(sql.raw(attack)))).rejects.toMatchObject(
				{ cause: { code: '42501' } }
			);
	});
});
