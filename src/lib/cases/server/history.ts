import { aliasedTable, and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import type { EventKind } from '../rules.ts';
import { caseEvents, caseWords } from './schema.ts';

const absent = aliasedTable(people, 'absent');
const residentRoles = ['reporter', 'supporter', 'resident'];

export type Visibility = 'public' | 'private' | 'internal';

/** What was appended to a case, oldest first, as far as the reader may see. Words that were hidden or erased are null. */
export async function historyOf(db: Db, caseId: string, seen: Visibility[]) {
	const events = await db
		.select({
			id: caseEvents.id,
			seq: caseEvents.seq,
			kind: caseEvents.kind,
			at: caseEvents.occurredAt,
			actorId: caseEvents.actorId,
			actorRole: caseEvents.actorRole,
			personName: people.name,
			absentName: absent.name,
			channel: caseEvents.channel,
			visibility: caseEvents.visibility,
			stateTo: caseEvents.stateTo,
			facts: caseEvents.facts,
			text: caseWords.text,
			shownText: caseWords.shownText,
			textHidden: caseWords.hidden,
			language: caseWords.language
		})
		.from(caseEvents)
		.leftJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.leftJoin(people, eq(people.id, caseEvents.actorId))
		.leftJoin(absent, sql`${absent.id}::text = ${caseEvents.facts} ->> 'insteadOf'`)
		.where(and(eq(caseEvents.caseId, caseId), inArray(caseEvents.visibility, seen)))
		.orderBy(asc(caseEvents.seq));

	return events.map(({ text, shownText, textHidden, personName, absentName, kind, ...event }) => ({
		...event,
		kind: kind as EventKind,
		/** A councillor speaks by name; officials as their office; residents are never named. */
		actorName: event.actorRole === 'councillor' ? personName : null,
		/** Colleagues, who may read internal notes, know each other by name. */
		colleagueName:
			seen.includes('internal') && !residentRoles.includes(event.actorRole) ? personName : null,
		/** For whom the colleague stood in, who was on leave. */
		insteadOfName: seen.includes('internal') ? absentName : null,
		words: textHidden ? null : (shownText ?? text)
	}));
}

/** The claim that a case is done, last made: what residents are asked to confirm. */
export async function lastClaim(db: Db, caseId: string) {
	const [claim] = await db
		.select({ id: caseEvents.id, at: caseEvents.occurredAt, seq: caseEvents.seq })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.stateTo, 'resolved_claimed')))
		.orderBy(desc(caseEvents.seq))
		.limit(1);
	return claim;
}

/** Whether a deed sent before has already been done to a case. */
export async function deedDone(db: Db, caseId: string, deedId: string): Promise<boolean> {
	const where = and(eq(caseEvents.caseId, caseId), eq(caseEvents.deedId, deedId));
	return (await db.$count(caseEvents, where)) > 0;
}
