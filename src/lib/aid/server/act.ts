import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { AidRole } from '../roles.ts';
import { aidActs, aidAssignments } from './schema.ts';

/** Where something of relief lies: its event, and the site or programme somebody needs a place at. */
export interface AidPlace {
	municipalityId: string;
	eventId: string;
	siteId?: string | null;
	programmeId?: string | null;
}

/** The place somebody has there in a role now. @throws 404 when they have none */
export async function mustHavePlace(
	db: Db,
	actor: Pick<Actor, 'id'>,
	role: AidRole,
	{ siteId, programmeId }: AidPlace,
	now: Date
): Promise<string> {
	const at = [
		siteId ? eq(aidAssignments.siteId, siteId) : undefined,
		programmeId ? eq(aidAssignments.programmeId, programmeId) : undefined
	].filter((each) => each !== undefined);
	const [place] = at.length
		? await db
				.select({ id: aidAssignments.id })
				.from(aidAssignments)
				.where(
					and(
						eq(aidAssignments.personId, actor.id),
						eq(aidAssignments.role, role),
						isNull(aidAssignments.endedAt),
						lte(aidAssignments.since, now),
						or(...at)
					)
				)
		: [];
	if (!place) throw notFound();
	return place.id;
}

/**
 * Writes down that somebody did something in a role of relief. The database refuses it when they have
 * or had the other half of a forbidden pair there: call it inside `withinRules`. @throws 404 without a place
 */
export async function act(
	tx: Db,
	actor: Pick<Actor, 'id'>,
	done: { role: AidRole; deed: string; subjectId: string; householdId?: string; place: AidPlace },
	now: Date
) {
	const { role, deed, subjectId, householdId, place } = done;
	const { municipalityId, eventId, siteId, programmeId } = place;
	const assignmentId = await mustHavePlace(tx, actor, role, place, now);
	await tx.insert(aidActs).values({
		id: newId(now),
		municipalityId,
		eventId,
		siteId,
		programmeId,
		personId: actor.id,
		role,
		assignmentId,
		deed,
		subjectId,
		householdId,
		at: now
	});
}
