import { sql, type SQL } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import { messages } from '../../delivery/server/schema.ts';
import { dueBefore, retentionClasses, type RetentionCode } from '../../identity/retention.ts';
import type { Retention } from '../../identity/server/index.ts';
import { privateViews } from '../../identity/server/schema.ts';
import { photos } from '../../photos/server/schema.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { issues } from './schema.ts';

/** What is due in one class, at an instant before which it is. */
// prettier-ignore
const due: Record<RetentionCode, (municipalityId: string, before: string) => { id: SQL; from: SQL }> = {
	issue_contacts: (m, before) => ({ id: sql`${issues.id}`, from: sql`from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id} where ${issues.municipalityId} = ${m} and ${issues.contactPointId} is not null and ${cases.closedAt} < ${before}::timestamptz` }),
	reporter_names: (m, before) => ({ id: sql`${issues.id}`, from: sql`from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id} where ${issues.municipalityId} = ${m} and ${issues.reporterName} is not null and ${cases.closedAt} < ${before}::timestamptz` }),
	closed_photos: (m, before) => ({ id: sql`${photos.id}`, from: sql`from ${photos} join ${cases} on ${cases.subjectId} = ${photos.issueId} where ${photos.municipalityId} = ${m} and ${photos.erasedAt} is null and ${cases.closedAt} < ${before}::timestamptz` }),
	messages: (m, before) => ({ id: sql`${messages.id}`, from: sql`from ${messages} where ${messages.municipalityId} = ${m} and ${messages.createdAt} < ${before}::timestamptz and ${messages.outcome} is not null and ${messages.textSealed} is not null` }),
	devices: (m, before) => ({ id: sql`${issues.id}`, from: sql`from ${issues} where ${issues.municipalityId} = ${m} and ${issues.deviceIndex} is not null and ${issues.createdAt} < ${before}::timestamptz` }),
	private_views: (m, before) => ({ id: sql`${privateViews.id}`, from: sql`from ${privateViews} where ${privateViews.municipalityId} = ${m} and ${privateViews.at} < ${before}::timestamptz` })
};

/** The records of a class that are due: the column of their id, and where they stand. */
export const dueIn = (code: RetentionCode, municipalityId: string, before: string) =>
	due[code](municipalityId, before);

/** How many records of each class the next run would touch, by these rules. */
export async function retentionDue(
	db: Db,
	municipalityId: string,
	rules: Retention,
	now = new Date()
): Promise<Record<RetentionCode, number>> {
	const counts = {} as Record<RetentionCode, number>;
	for (const { code } of retentionClasses) {
		const before = dueBefore(rules[code], now).toISOString();
		const [{ n }] = await rows<{ n: number }>(
			db,
			sql`select count(*)::int as n ${dueIn(code, municipalityId, before).from}`
		);
		counts[code] = n;
	}
	return counts;
}
