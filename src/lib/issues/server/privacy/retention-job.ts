import { sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import { record } from '../../../audit/server/index.ts';
import { messages } from '../../../delivery/server/schema.ts';
import { dueBefore, retentionClasses, type RetentionCode } from '../../../identity/retention.ts';
import { activeMunicipalities, retentionOf } from '../../../identity/server/index.ts';
import { privateViews } from '../../../identity/server/schema.ts';
import { removePhotoFiles } from '../../../photos/server/index.ts';
import { photos } from '../../../photos/server/schema.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { job } from '../../../platform/server/jobs.ts';
import { dueIn } from '../retention-due.ts';
import { issues } from '../schema.ts';

/** What is done to records whose time is over, by class. `ids` selects them. */
// prettier-ignore
const acts: Record<RetentionCode, (ids: SQL) => SQL> = {
	issue_contacts: (ids) => sql`update ${issues} set contact_point_id = null where id in (${ids})`,
	reporter_names: (ids) => sql`update ${issues} set reporter_name = null, show_name = false where id in (${ids})`,
	closed_photos: (ids) => sql`update ${photos} set erased_at = now(), alt = '', uploaded_by = null where id in (${ids}) returning storage_key, redacted_key`,
	messages: (ids) => sql`update ${messages} set title = '', text_sealed = null where id in (${ids})`,
	devices: (ids) => sql`update ${issues} set device_index = null where id in (${ids})`,
	private_views: (ids) => sql`delete from ${privateViews} where id in (${ids})`
};

/** Applies one class in one municipality, and puts the count on record when there was something. */
async function applyClass(
	db: Db,
	municipalityId: string,
	code: RetentionCode,
	months: number,
	now: Date
): Promise<number> {
	const before = dueBefore(months, now).toISOString();
	const { n, files } = await db.transaction(async (tx) => {
		const due = dueIn(code, municipalityId, before);
		const [{ n }] = await rows<{ n: number }>(tx, sql`select count(*)::int as n ${due.from}`);
		if (n === 0) return { n, files: [] };
		const changed = await rows<{ storage_key?: string; redacted_key?: string | null }>(
			tx,
			acts[code](sql`select ${due.id} ${due.from}`)
		);
		await record(
			tx,
			null,
			{
				municipalityId,
				deed: 'retention.applied',
				thing: 'municipality',
				thingId: municipalityId,
				details: { class: code, months, count: n }
			},
			now
		);
		return {
			n,
			files: changed.flatMap(({ storage_key, redacted_key }) => [
				storage_key ?? null,
				redacted_key ?? null
			])
		};
	});
	await removePhotoFiles(files);
	return n;
}

/** Applies every class in one municipality. A second run finds nothing left to do. */
export async function applyRetention(db: Db, municipalityId: string, now = new Date()) {
	const rules = await retentionOf(db, municipalityId);
	const counts: Partial<Record<RetentionCode, number>> = {};
	for (const { code } of retentionClasses)
		counts[code] = await applyClass(db, municipalityId, code, rules[code], now);
	return counts;
}

/** Every night: what no purpose needs any more loses its personal part (POPIA s14). */
export const retentionNightly = job({
	name: 'retention-nightly',
	payload: v.object({}),
	async run({ db, now }) {
		for (const { id } of await activeMunicipalities(db)) await applyRetention(db, id, now);
	}
});
