import type { ProjectedEvent } from '../projection.ts';
import type { caseEvents } from './schema.ts';

/** An event as its row keeps it, without its chain. */
export const asProjected = (event: typeof caseEvents.$inferSelect): ProjectedEvent => ({
	kind: event.kind as ProjectedEvent['kind'],
	stateFrom: event.stateFrom!,
	stateTo: event.stateTo,
	occurredAt: event.occurredAt,
	actorRole: event.actorRole,
	visibility: event.visibility,
	facts: event.facts
});
