import { and, eq } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import { can } from '../../identity/permissions.ts';
import { photoById, photoBytes } from '../../photos/server/index.ts';
import type { PhotoSize } from '../../photos/rules.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues } from './schema.ts';
import { isPublic, ownedBy, raisedBy, visibleTo } from './visible.ts';

/** A picture as it is sent, and whether everybody may keep it. */
export interface ShownPhoto {
	bytes: Buffer;
	public: boolean;
}

/**
 * A photo for whoever asks, judged by what it belongs to, each time. One that is private is for its
 * reporter and for staff who read private cases; one beside an unfinished form for whoever holds it.
 * @throws Refusal 404 for what they may not see, and for what was taken down
 */
export async function issuePhoto(
	db: Db,
	asker: Asker,
	{ id, size, staged }: { id: string; size: PhotoSize; staged: boolean },
	now = new Date()
): Promise<ShownPhoto> {
	const photo = await photoById(db, id);
	if (!photo) throw notFound();
	const open = photo.issueId
		? await seenWith(db, asker, photo.issueId)
		: staged && photo.expiresAt && photo.expiresAt > now && 'staged';
	if (!open || (open === 'public' && photo.private)) throw notFound();

	const bytes = await photoBytes(photo, size);
	if (!bytes) throw notFound();
	return { bytes, public: open === 'public' || (open === 'both' && !photo.private) };
}

/** How far the issue of a photo opens to whoever asks. */
async function seenWith(db: Db, asker: Asker, issueId: string) {
	const [found] = await db
		.select({ issue: issues, kase: cases, everyone: isPublic, mine: raisedBy(asker) })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(and(eq(issues.id, issueId), visibleTo(asker)));
	if (!found) return null;
	const closer =
		found.mine || can(asker.actor, 'case.read_private', ownedBy(found.issue, found.kase));
	if (found.everyone) return closer ? 'both' : 'public';
	return 'closer';
}
