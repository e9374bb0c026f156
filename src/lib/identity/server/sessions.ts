import { createHash, randomBytes } from 'node:crypto';
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import { and, eq, gt, isNull, lte, notInArray, or } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import { hours, later, minutes } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Actor, Grant } from '../permissions.ts';
import { twoAdminRoles } from '../second-admin.ts';
import { delegations, grants, people, sessions } from './schema.ts';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof lucia>;
		DatabaseUserAttributes: Pick<typeof people.$inferSelect, 'name' | 'language'>;
		DatabaseSessionAttributes: Omit<typeof sessions.$inferSelect, 'id' | 'userId' | 'expiresAt'>;
	}
}

/** Residents: 30 days, sliding. */
const lucia = (db: Db) =>
	new Lucia(new DrizzlePostgreSQLAdapter(db, sessions, people), {
		sessionExpiresIn: new TimeSpan(30, 'd'),
		getUserAttributes: ({ name, language }) => ({ name, language }),
		getSessionAttributes: ({ kind, createdAt, lastSeenAt, secondFactorAt, device }) => ({
			kind,
			createdAt,
			lastSeenAt,
			secondFactorAt,
			device
		})
	});

/** Staff: 12 hours at most, 30 minutes without a click. */
const staffLimits = { whole: hours(12), idle: minutes(30) };

/** Only this is stored: whoever reads the table cannot sign in with it. */
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

export interface NewSession {
	kind: 'resident' | 'staff';
	device?: string;
	secondFactorAt?: Date | null;
}

/** Opens a session. The token goes into the cookie and nowhere else. */
export async function openSession(db: Db, personId: string, facts: NewSession, now = new Date()) {
	const token = randomBytes(32).toString('base64url');
	const { expiresAt } = await lucia(db).createSession(
		personId,
		{
			kind: facts.kind,
			createdAt: now,
			lastSeenAt: now,
			secondFactorAt: facts.secondFactorAt ?? null,
			device: facts.device ?? ''
		},
		{ sessionId: hash(token) }
	);
	return { token, expiresAt };
}

export interface Visit {
	actor: Actor;
	/** Using the session has just prolonged it: so must its cookie be. */
	prolonged: boolean;
	expiresAt: Date;
}

/** Who a token belongs to, with the grants that hold now; null when it is unknown, expired or idle too long. */
export async function findVisit(db: Db, token: string, now = new Date()): Promise<Visit | null> {
	const { session, user } = await lucia(db).validateSession(hash(token));
	if (!session || !user) return null;
	if (session.kind === 'staff' && staffSessionEnded(session, now)) {
		await lucia(db).invalidateSession(session.id);
		return null;
	}

	// Once a minute is enough to know who is idle, and saves a write per click.
	if (now.getTime() - session.lastSeenAt.getTime() > minutes(1))
		await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, session.id));

	return {
		actor: {
			id: user.id,
			name: user.name,
			language: user.language,
			// A resident's session (a code over SMS) never opens the office.
			grants: session.kind === 'staff' ? await grantsOf(db, user.id, now) : [],
			session: { id: session.id, kind: session.kind, secondFactorAt: session.secondFactorAt }
		},
		prolonged: session.fresh,
		expiresAt: session.expiresAt
	};
}

const staffSessionEnded = (session: { createdAt: Date; lastSeenAt: Date }, now: Date) =>
	later(session.createdAt, staffLimits.whole) <= now ||
	later(session.lastSeenAt, staffLimits.idle) <= now;

const grantColumns = {
	id: grants.id,
	municipalityId: grants.municipalityId,
	role: grants.role,
	wardCode: grants.wardCode,
	departmentId: grants.departmentId,
	term: grants.term
};

/** A grant has begun and is not over. */
export const holdsAt = (now: Date) =>
	and(lte(grants.startsAt, now), or(isNull(grants.endsAt), gt(grants.endsAt, now)));

/** The grants given to a person themselves that hold at an instant. */
export const ownGrantsOf = (db: Db, personId: string, now: Date): Promise<Grant[]> =>
	db
		.select(grantColumns)
		.from(grants)
		.where(and(eq(grants.personId, personId), holdsAt(now)))
		.orderBy(grants.startsAt, grants.id);

/**
 * What a person may do at an instant: their own grants, and those of whoever is on leave and handed
 * their work to them. Only own grants are handed on: a stand-in has no stand-in. Roles that warn
 * everybody are not: two administrators give those.
 */
export async function grantsOf(db: Db, personId: string, now: Date): Promise<Grant[]> {
	const standingIn = await db
		.select({ ...grantColumns, insteadOf: delegations.fromPersonId })
		.from(delegations)
		.innerJoin(
			grants,
			and(
				eq(grants.personId, delegations.fromPersonId),
				eq(grants.municipalityId, delegations.municipalityId)
			)
		)
		.where(
			and(
				eq(delegations.toPersonId, personId),
				isNull(delegations.cancelledAt),
				lte(delegations.startsAt, now),
				gt(delegations.endsAt, now),
				holdsAt(now),
				notInArray(grants.role, [...twoAdminRoles])
			)
		)
		.orderBy(grants.startsAt, grants.id);
	const own = await ownGrantsOf(db, personId, now);
	// Whoever no longer works here stands in for nobody either.
	return own.length ? [...own, ...standingIn] : [];
}

export const closeSession = (db: Db, sessionId: string) => lucia(db).invalidateSession(sessionId);

export const closeAllSessions = (db: Db, personId: string) =>
	lucia(db).invalidateUserSessions(personId);
