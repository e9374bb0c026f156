import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../platform/server/columns.ts';
import { municipalities } from '../../identity/server/schema.ts';

/** A part of a picture, in fractions of its width and height, from the top left. */
export interface Rectangle {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A cleaned picture: re-encoded, without EXIF. Bytes lie on disk or S3 under `storageKey`. */
export const photos = pgTable(
	'photos',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** What it belongs to; none while it is staged beside an unfinished form. */
		issueId: uuid(),
		/** The case event it came with, if it came later than the report. */
		eventId: uuid(),
		position: integer().notNull().default(0),
		alt: text().notNull().default(''),
		storageKey: text().notNull(),
		width: integer().notNull(),
		height: integer().notNull(),
		bytes: integer().notNull(),
		sha256: text().notNull(),
		/** Only the reporter and staff. */
		private: boolean().notNull().default(false),
		/** Taken down by moderation; restorable. */
		removed: boolean().notNull().default(false),
		/** Burned into the copy that is shown; the original stays for those who moderate. */
		redactions: jsonb().$type<Rectangle[]>().notNull().default([]),
		redactedKey: text(),
		uploadedBy: uuid(),
		createdAt: instant().notNull(),
		/** Staged photos go after 24 hours. */
		expiresAt: instant(),
		erasedAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.issueId), index().on(t.eventId), index().on(t.expiresAt)]
);
