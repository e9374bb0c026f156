import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { State, Track } from '../rules.ts';
import { appendEvent, type Case } from './append.ts';
import { whoIsResponsible } from './responsible.ts';
import { cases } from './schema.ts';

/** What a subject tells the case engine about itself. The engine knows no issue. */
export interface CaseFacts {
	municipalityId: string;
	track: Track;
	subjectId: string;
	reference: string;
	serviceId?: string | null;
	priority?: Case['priority'];
	departmentId?: string | null;
	wardCode?: string | null;
	/** Held for moderation: received, not public. */
	held?: boolean;
	private?: boolean;
	channel?: string;
	/** The reporter, when known; `reporter` acts without a person when anonymous. */
	reporterId?: string | null;
	/** Given to its department by the routing table in the same breath, without anyone's hand. */
	deedId: string;
	silent?: boolean;
}

/** Opens the case of an issue or suggestion, routed to its department, in the subject's own transaction. */
export async function openCase(tx: Db, facts: CaseFacts, now: Date): Promise<Case> {
	const state: State = facts.held ? 'submitted' : 'open';
	const [opened] = await tx
		.insert(cases)
		.values({
			id: newId(now),
			municipalityId: facts.municipalityId,
			track: facts.track,
			subjectId: facts.subjectId,
			reference: facts.reference,
			serviceId: facts.serviceId ?? null,
			priority: facts.priority ?? 'normal',
			state,
			stateSince: now,
			departmentId: facts.departmentId ?? null,
			wardCode: facts.wardCode ?? null,
			currentWardCode: facts.wardCode ?? null,
			version: 0,
			lastHash: '',
			openedAt: now,
			lastEventAt: now,
			private: facts.private ?? false
		})
		.returning();

	const first = await appendEvent(tx, opened, {
		kind: 'opened',
		actorId: facts.reporterId ?? null,
		actorRole: 'reporter',
		channel: facts.channel,
		at: now,
		deedId: facts.deedId,
		visibility: 'public',
		facts: {
			departmentId: facts.departmentId ?? null,
			serviceId: facts.serviceId ?? undefined,
			wardCode: facts.wardCode ?? undefined,
			priority: opened.priority
		},
		silent: facts.silent
	});
	return whoIsResponsible(tx, first, now);
}
