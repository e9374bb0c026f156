import { and, desc, eq, ne } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Actor } from '../permissions.ts';
import { sessions } from './schema.ts';

/** Where somebody is signed in, the present session first. */
export async function ownSessions(db: Db, actor: Actor) {
	const rows = await db
		.select({
			id: sessions.id,
			device: sessions.device,
			kind: sessions.kind,
			createdAt: sessions.createdAt,
			lastSeenAt: sessions.lastSeenAt
		})
		.from(sessions)
		.where(eq(sessions.userId, actor.id))
		.orderBy(desc(sessions.lastSeenAt));
	return (
		rows
			// The id is the token's hash: a page needs only enough of it to point at one.
			.map(({ id, ...row }) => ({ ...row, key: keyOf(id), here: id === actor.session.id }))
			.sort((a, b) => Number(b.here) - Number(a.here))
	);
}

const keyOf = (id: string) => id.slice(0, 16);

/** Ends one other session of one's own. Ending what has ended already is no fault. */
export const endOwnSession = (db: Db, actor: Actor, key: string, now = new Date()) =>
	db.transaction(async (tx) => {
		const own = await tx
			.select({ id: sessions.id })
			.from(sessions)
			.where(and(eq(sessions.userId, actor.id), ne(sessions.id, actor.session.id)));
		const one = own.find(({ id }) => keyOf(id) === key);
		if (!one) return;
		await tx.delete(sessions).where(eq(sessions.id, one.id));
		await note(tx, actor, 'session.ended', now);
	});

/** Ends every session of one's own but this one. */
export const endOtherSessions = (db: Db, actor: Actor, now = new Date()) =>
	db.transaction(async (tx) => {
		await tx
			.delete(sessions)
			.where(and(eq(sessions.userId, actor.id), ne(sessions.id, actor.session.id)));
		await note(tx, actor, 'session.others_ended', now);
	});

const note = (tx: Db, actor: Actor, deed: string, now: Date) =>
	record(tx, actor, { municipalityId: null, deed, thing: 'person', thingId: actor.id }, now);
