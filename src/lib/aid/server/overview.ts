import { eq, sql } from 'drizzle-orm';
import { departments, people } from '../../identity/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import type { Db } from '../../platform/server/db.ts';
import { eventOf } from './events.ts';
import { aidAssignments, aidProgrammes, aidSites } from './schema.ts';

/** One relief with its agencies, sites, programmes and who does what in it. No household. @throws 404 */
export async function overview(db: Db, actor: Actor, eventId: string) {
	const event = await eventOf(db, actor, eventId);
	const sites = await db
		.select({ site: aidSites, agency: departments.name })
		.from(aidSites)
		.innerJoin(departments, eq(departments.id, aidSites.agencyId))
		.where(eq(aidSites.eventId, event.id))
		.orderBy(aidSites.name);
	const programmes = await db
		.select({ programme: aidProgrammes, agency: departments.name })
		.from(aidProgrammes)
		.innerJoin(departments, eq(departments.id, aidProgrammes.agencyId))
		.where(eq(aidProgrammes.eventId, event.id))
		.orderBy(aidProgrammes.name);
	const assignments = await db
		.select({
			id: aidAssignments.id,
			name: people.name,
			personId: people.id,
			role: aidAssignments.role,
			place: sql<string>`coalesce(${aidSites.name}, ${aidProgrammes.name})`,
			since: aidAssignments.since,
			endedAt: aidAssignments.endedAt
		})
		.from(aidAssignments)
		.innerJoin(people, eq(people.id, aidAssignments.personId))
		.leftJoin(aidSites, eq(aidSites.id, aidAssignments.siteId))
		.leftJoin(aidProgrammes, eq(aidProgrammes.id, aidAssignments.programmeId))
		.where(eq(aidAssignments.eventId, event.id))
		.orderBy(aidAssignments.since, people.name, aidAssignments.id);
	return {
		event,
		sites: sites.map(({ site, agency }) => ({ ...site, agency })),
		programmes: programmes.map(({ programme, agency }) => ({ ...programme, agency })),
		assignments
	};
}
