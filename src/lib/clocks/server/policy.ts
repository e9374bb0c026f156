import { sql } from 'drizzle-orm';
import { rows, type Db } from '../../platform/server/db.ts';
import { policyOf, type PolicyRows } from '../policy.ts';

/** What a municipality promises at an instant, in one look-up. */
export async function policyRows(db: Db, municipalityId: string, at: Date): Promise<PolicyRows> {
	const holds = sql`municipality_id = ${municipalityId} and since <= ${at.toISOString()}::timestamptz
		and (until is null or until > ${at.toISOString()}::timestamptz)`;
	const [found] = await rows<Pick<PolicyRows, keyof PolicyRows>>(
		db,
		sql`select
			(select coalesce(json_agg(json_build_object('id', id, 'serviceId', service_id, 'priority', priority,
				'segment', segment, 'wardCodes', ward_codes, 'acknowledge', acknowledge,
				'reply', reply, 'resolve', resolve)), '[]') from clock_agreements where ${holds}) as agreements,
			(select coalesce(json_agg(json_build_object('id', id, 'calendarId', calendar_id,
				'departmentId', department_id, 'name', name, 'timezone', timezone, 'week', week,
				'publicHolidays', public_holidays)), '[]') from clock_calendars where ${holds}) as calendars,
			(select coalesce(json_agg(json_build_object('day', day, 'name', name)), '[]')
				from clock_days where ${holds}) as days,
			(select coalesce(json_agg(json_build_object('id', id, 'serviceId', service_id, 'percent', percent,
				'level', level, 'copyCouncillor', copy_councillor, 'since', since)), '[]')
				from clock_rungs where ${holds}) as rungs,
			(select coalesce(json_agg(json_build_object('id', id, 'departmentId', department_id,
				'forDepartmentId', for_department_id, 'serviceId', service_id, 'minutes', minutes)), '[]')
				from clock_internals where ${holds}) as internals`
	);
	return found;
}

/** Answers what is promised about any case of a municipality at an instant. */
export const policyAt = async (db: Db, municipalityId: string, at: Date) =>
	policyOf(await policyRows(db, municipalityId, at));
