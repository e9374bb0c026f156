import { follow, unfollow } from '../../delivery/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { unwatchWard, watchWard } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';

/**
 * "Wards you watch": the ward stands on one's account, and its news and reports back are told from
 * then on, by the person's own channel and hours.
 * @throws Refusal 400 for no such ward, 409 when ten are watched
 */
export const watchAndFollow = (
	db: Db,
	actor: Actor,
	wish: { municipalityId: string; wardCode: string; label: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		await watchWard(tx, actor, wish, now);
		const { municipalityId, wardCode: subjectId } = wish;
		const { id: personId, language } = actor;
		const how = { channel: 'inbox', because: 'asked' } as const;
		await follow(
			tx,
			{ subject: 'ward', subjectId, municipalityId, personId, language, ...how },
			now
		);
	});

/** The ward leaves the account, and nothing more is told of it. */
export const unwatchAndUnfollow = (
	db: Db,
	actor: Actor,
	wardCode: string,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		await unwatchWard(tx, actor, wardCode);
		await unfollow(tx, { subject: 'ward', subjectId: wardCode, personId: actor.id }, now);
	});
