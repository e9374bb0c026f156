import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { grants, people } from './schema.ts';

/** Who speaks for a ward at an instant: the ward's own councillor first, then whoever acts for it, then those allocated to it. */
export const councillorsOfWard = (
	db: Db,
	municipalityId: string,
	wardCode: string,
	now = new Date()
) =>
	db
		.select({ personId: people.id, name: people.name, term: grants.term })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				eq(grants.role, 'councillor'),
				eq(grants.wardCode, wardCode),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		)
		.orderBy(
			sql`array_position(array['ward', 'acting', 'pr'], coalesce(${grants.term}, 'ward'))`,
			asc(people.name)
		);
