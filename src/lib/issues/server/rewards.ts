import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { job } from '../../platform/server/jobs.ts';
import { hours, later } from '../../platform/time.ts';
import { rows, type Db } from '../../platform/server/db.ts';

/**
 * Gives issues and their cases whose ward lines changed lately the ward they lie in now; the ward they were raised
 * in stays. Older changes are left alone: somebody may have moved an issue by hand since.
 * Answers how many got another ward.
 */
export async function placeIssuesAnew(db: Db, now = new Date()): Promise<number> {
	const since = later(now, -hours(25)).toISOString();
	const moved = await rows(
		db,
		sql`
		with placed as (
			select i.id, min(w.code) as code
			from issues i
			join boundary_terms t on t.municipality_id = i.municipality_id
			join wards w on w.municipality_id = i.municipality_id and w.boundary_set_id = t.boundary_set_id and st_intersects(w.geom, i.point)
			where i.point is not null and i.boundary_set_id is distinct from t.boundary_set_id
				and t.valid_from <= ${now.toISOString()}::timestamptz and t.valid_from > ${since}::timestamptz
				and (t.valid_to is null or t.valid_to > ${now.toISOString()}::timestamptz)
			group by i.id),
		worked as (
			update cases set current_ward_code = placed.code from placed
			where placed.id = cases.subject_id and cases.current_ward_code is distinct from placed.code)
		update issues set current_ward_code = placed.code from placed
		where placed.id = issues.id and issues.current_ward_code is distinct from placed.code
		returning issues.id`
	);
	return moved.length;
}

/** Every night: lines that were imported ahead of their day begin to hold. */
export const newWardsBegin = job({
	name: 'issues.new-wards-begin',
	payload: v.object({}),
	async run({ db, now }) {
		await placeIssuesAnew(db, now);
	}
});
