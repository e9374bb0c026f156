import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '../../../identity/permissions.ts';
import { burnRedactions, originalBytes, removePhotoFiles } from '../../../photos/server/index.ts';
import { photos, type Rectangle } from '../../../photos/server/schema.ts';
import type { PhotoSize } from '../../../photos/rules.ts';
import { isId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { moderate, type ActFacts } from './act.ts';
import { findModerated, type At, type Moderated } from './reach.ts';

interface PhotoFacts extends ActFacts {
	photoId: string;
}

async function photoOf(tx: Db, { issue }: Pick<Moderated, 'issue'>, photoId: string) {
	if (!isId(photoId)) throw notFound();
	const [photo] = await tx
		.select()
		.from(photos)
		.where(and(eq(photos.id, photoId), eq(photos.issueId, issue.id), isNull(photos.erasedAt)));
	if (!photo) throw notFound();
	return photo;
}

const about = (photoId: string) => ({ subject: 'photo' as const, subjectId: photoId });

/** Takes a photo down for everybody; it can be shown again. */
export const removePhoto = (db: Db, actor: Actor, facts: PhotoFacts, now = new Date()) =>
	moderate(db, actor, facts, now, async (tx, at) => {
		const photo = await photoOf(tx, at, facts.photoId);
		if (photo.removed) throw new Refusal(409, 'This photo is down already.');
		await tx.update(photos).set({ removed: true }).where(eq(photos.id, photo.id));
		return { act: 'remove', ...about(photo.id) };
	});

/** Takes the last act on a photo back: one that is down is shown, one that is covered is uncovered. */
export async function restorePhoto(db: Db, actor: Actor, facts: PhotoFacts, now = new Date()) {
	let gone: string | null = null;
	const fresh = { ...facts, reason: facts.reason || 'mistake' };
	await moderate(db, actor, fresh, now, async (tx, at) => {
		const photo = await photoOf(tx, at, facts.photoId);
		if (!photo.removed && !photo.redactedKey)
			throw new Refusal(409, 'This photo is shown as it came.');
		if (!photo.removed) gone = photo.redactedKey;
		await tx
			.update(photos)
			.set(photo.removed ? { removed: false } : { redactedKey: null, redactions: [] })
			.where(eq(photos.id, photo.id));
		return { act: 'restore', ...about(photo.id) };
	});
	await removePhotoFiles([gone]);
}

/**
 * Covers parts of a photo: they are burned into a copy, which is all that others get. The copy is made
 * before the transaction, which is short; a copy nobody uses is taken away again.
 */
export async function redactPhoto(
	db: Db,
	actor: Actor,
	facts: PhotoFacts & { rectangles: Rectangle[] },
	now = new Date()
) {
	const at = await findModerated(db, actor, facts);
	const photo = await photoOf(db, at, facts.photoId);
	const redactedKey = await burnRedactions(photo, facts.rectangles);
	let unused: string | null = redactedKey;
	try {
		await moderate(db, actor, facts, now, async (tx, locked) => {
			const before = await photoOf(tx, locked, facts.photoId);
			await tx
				.update(photos)
				.set({ redactedKey, redactions: facts.rectangles })
				.where(eq(photos.id, before.id));
			unused = before.redactedKey;
			return { act: 'redact', ...about(before.id) };
		});
	} finally {
		await removePhotoFiles([unused]);
	}
}

/** A photo as it came, for those who moderate. @throws 404 for everybody else */
export async function originalPhoto(
	db: Db,
	actor: Actor,
	facts: At & { photoId: string; size: PhotoSize }
): Promise<Buffer> {
	const photo = await photoOf(db, await findModerated(db, actor, facts), facts.photoId);
	const bytes = await originalBytes(photo, facts.size);
	if (!bytes) throw notFound();
	return bytes;
}
