import { expect, test, vi } from 'vitest';
import { record } from '#lib/audit/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { hearChanges, type Change } from '#lib/platform/server/changes.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

inBothDatabasesForReal((place) => {
	test('every deed is heard once it is done, with the id of what changed; one that fails is not', async () => {
		const heard: Change[] = [];
		const deaf = await hearChanges(place.database, (change) => heard.push(change));
		const [municipalityId, pothole, never] = [newId(), newId(), newId()];
		const deed = { municipalityId, deed: 'issue.reported', thing: 'issue' };

		await place.database.db
			.transaction(async (tx) => {
				await record(tx, null, { ...deed, thingId: never }, new Date());
				throw new Error('changed my mind');
			})
			.catch(() => {});
		await place.database.db.transaction(async (tx) => {
			await record(tx, null, { ...deed, thingId: pothole }, new Date());
			expect(heard).toEqual([]);
		});

		await vi.waitFor(() => expect(heard).toHaveLength(1));
		expect(heard[0]).toMatchObject({ municipalityId, thingId: pothole });
		expect(Math.abs(heard[0].at - Date.now())).toBeLessThan(60_000);
		await deaf();
	});
});
