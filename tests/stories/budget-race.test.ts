import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sendMessage } from '#lib/delivery/server/index.ts';
import { smsBudgets, smsSpend } from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { addMunicipality } from '../support/colleagues.ts';
import { settleContact } from '../support/followers.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabasesForReal((place) => {
	test('of twenty messages sent at once, as many go out as the budget has parts', async () => {
		const { db } = place.database;
		const { id: municipalityId } = await addMunicipality(db, { code: 'KHA', name: 'Khanyisa' });
		await db.insert(smsBudgets).values({
			id: newId(),
			municipalityId,
			cents: null,
			segments: 7,
			changedAt: noon
		});
		const contactPointId = await settleContact(db, '+27820000101');
		const sent = await Promise.all(
			Array.from({ length: 20 }, (_, n) =>
				db.transaction((tx) =>
					sendMessage(
						tx,
						{
							municipalityId,
							contactPointId,
							template: 'case.in_progress',
							facts: { reference: 'KHA-26-7K3MQ' },
							subject: 'issue',
							subjectId: 'x',
							dedupeKey: `race-${n}`
						},
						noon
					)
				)
			)
		);
		expect(sent.filter(({ id }) => id)).toHaveLength(7);
		expect(sent.filter(({ skipped }) => skipped === 'over_budget')).toHaveLength(13);
		const [spend] = await db
			.select()
			.from(smsSpend)
			.where(eq(smsSpend.municipalityId, municipalityId));
		expect(spend).toMatchObject({ segments: 7, refused: 13 });
	});
});
