import { and, eq, isNotNull } from 'drizzle-orm';
import * as v from 'valibot';
import { sendMessage } from '../../delivery/server/index.ts';
import { preferences } from '../../delivery/server/schema.ts';
import { holds, type Actor } from '../../identity/permissions.ts';
import { grantsOf } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { isoDay } from '../../platform/time.ts';
import { digestLines } from '../digest.ts';
import { queueCounts } from './office.ts';

/** Writes to everyone in the office who asked for it what waits for them today. */
export const staffDigest = job({
	name: 'staff-digest',
	payload: v.object({}),
	run: ({ db, now }) => sendDigests(db, now)
});

/** Sends each digest once a day, however often this runs. */
export async function sendDigests(db: Db, now: Date) {
	const readers = await db
		.select({ id: preferences.personId })
		.from(preferences)
		.where(and(eq(preferences.digest, 'daily'), isNotNull(preferences.personId)));
	for (const { id } of readers) await sendDigest(db, id!, now);
}

async function sendDigest(db: Db, personId: string, now: Date) {
	const grants = await grantsOf(db, personId, now);
	const reader: Actor = {
		id: personId,
		name: '',
		language: 'en',
		grants,
		session: { id: '', kind: 'staff', secondFactorAt: null }
	};
	if (!holds(reader, 'case.read')) return;
	for (const municipalityId of new Set(grants.map((grant) => grant.municipalityId))) {
		const list = digestLines(await queueCounts(db, reader, municipalityId));
		if (list)
			await db.transaction((tx) =>
				sendMessage(
					tx as unknown as Db,
					{
						municipalityId,
						personId,
						subject: 'digest',
						subjectId: personId,
						template: 'staff_digest',
						facts: { list },
						path: '/office',
						dedupeKey: `digest/${municipalityId}/${personId}/${isoDay(now)}`
					},
					now
				)
			);
	}
}
