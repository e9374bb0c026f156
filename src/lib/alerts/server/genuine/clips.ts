import { and, asc, desc, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { linkedPeople } from '../../../identity/server/index.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Alert } from '../../alert.ts';
import { clipTypeOf, longestClip } from '../../clip.ts';
import { reviewed } from '../../say.ts';
import { isTemplate } from '../../templates.ts';
import { alertById } from '../queries.ts';
import { alerts } from '../schema.ts';
import { textsInForce } from '../templates.ts';
import { digestOf } from './digest.ts';
import { alertClips } from './schema.ts';

/** A recording as a page plays it. */
export interface ClipHeard {
	language: string;
	path: string;
	mediaType: string;
	size: number;
	digest: string;
}

/** Everything of a recording but its sound. */
const about = {
	id: alertClips.id,
	alertId: alertClips.alertId,
	template: alertClips.template,
	textHash: alertClips.textHash,
	language: alertClips.language,
	mediaType: alertClips.mediaType,
	size: alertClips.size,
	digest: alertClips.digest,
	uploadedBy: alertClips.uploadedBy,
	uploadedByName: alertClips.uploadedByName,
	uploadedAt: alertClips.uploadedAt,
	approvedByName: alertClips.approvedByName,
	approvedAt: alertClips.approvedAt
};

/** A recording as the office sees it. */
export type Clip = Omit<
	typeof alertClips.$inferSelect,
	'bytes' | 'municipalityId' | 'approvedBy' | 'removedAt'
>;

const pathOf = (id: string) => `/api/alerts/clips/${id}`;

/** The hashes of the texts a version is made of, by language. */
async function textsOf(db: Db, { id, municipalityId }: Alert): Promise<Record<string, string>> {
	const [row] = await db
		.select({ content: alerts.content })
		.from(alerts)
		.where(and(eq(alerts.id, id), eq(alerts.municipalityId, municipalityId)));
	return row?.content?.templates ?? {};
}

/**
 * What people can listen to on the page of a version, one recording for each language: of the version
 * itself, else of its template as long as that reads out the very text this version is made of.
 */
export async function clipsFor(db: Db, alert: Alert): Promise<ClipHeard[]> {
	const clips = await db
		.select(about)
		.from(alertClips)
		.where(
			and(
				eq(alertClips.municipalityId, alert.municipalityId),
				or(
					eq(alertClips.alertId, alert.id),
					and(isNull(alertClips.alertId), eq(alertClips.template, alert.template))
				),
				isNotNull(alertClips.approvedAt),
				isNull(alertClips.removedAt)
			)
		)
		.orderBy(desc(alertClips.approvedAt));
	if (!clips.length) return [];
	const texts = await textsOf(db, alert);
	return reviewed(alert).flatMap(({ language }) => {
		const own = clips.filter((clip) => clip.language === language);
		const clip =
			own.find(({ alertId }) => alertId) ??
			own.find(({ textHash }) => textHash === texts[`${alert.template}/${language}`]);
		if (!clip) return [];
		const { id, mediaType, size, digest } = clip;
		return [{ language, path: pathOf(id), mediaType, size, digest }];
	});
}

/** What a recording is of: one version of a warning, or a template. */
export type ClipOf = { alertId: string } | { template: string };

const whichOf = (of: ClipOf) =>
	'alertId' in of
		? eq(alertClips.alertId, of.alertId)
		: and(isNull(alertClips.alertId), eq(alertClips.template, of.template));

/** The recordings of a version or a template, for officials. @throws Refusal 404 */
export function clipsForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string,
	of: ClipOf
): Promise<Clip[]> {
	if (!can(actor, 'alert.texts', { municipalityId })) throw notFound();
	return db
		.select(about)
		.from(alertClips)
		.where(
			and(eq(alertClips.municipalityId, municipalityId), whichOf(of), isNull(alertClips.removedAt))
		)
		.orderBy(asc(alertClips.language), desc(alertClips.uploadedAt));
}

/** The text a recording of a template reads out: the one in force. */
async function textRead(tx: Db, municipalityId: string, template: string, language: string) {
	const text = (await textsInForce(tx, municipalityId)).get(`${template}/${language}`);
	if (!text)
		throw new Refusal(
			409,
			'Nobody approved a text in this language yet, so there is nothing to read out.',
			'language'
		);
	return text.hash;
}

/** Whoever may bring in a recording: of a warning, those who write them; of a template, those who keep the texts. */
const mayAdd = (actor: Actor, municipalityId: string, of: ClipOf) =>
	can(actor, 'alertId' in of ? 'alert.compose' : 'alert.templates', { municipalityId });

/** What somebody may do with the recordings of a version or a template. */
export const clipRights = (actor: Actor, municipalityId: string, of: ClipOf) => ({
	add: mayAdd(actor, municipalityId, of),
	approve: mayApprove(actor, municipalityId)
});

/**
 * Brings in a recording. Nobody hears it until a second person listened and said yes.
 * @throws Refusal 404, 400 naming what is wrong with the file, 409 for a language without a text
 */
export const addClip = (
	db: Db,
	actor: Actor,
	facts: { id: string; municipalityId: string; of: ClipOf; language: string; bytes: Buffer },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { id, municipalityId, of, language, bytes } = facts;
		if (!mayAdd(actor, municipalityId, of)) throw notFound();
		const mediaType = soundOf(bytes);
		const alert = 'alertId' in of ? await alertById(tx, municipalityId, of.alertId) : undefined;
		const template = 'template' in of ? of.template : alert?.template;
		if (!isTemplate(template)) throw notFound();
		if (alert && !reviewed(alert).some((text) => text.language === language))
			throw new Refusal(409, 'This warning does not go out in this language.', 'language');
		const textHash = alert ? null : await textRead(tx, municipalityId, template, language);
		const made = await tx
			.insert(alertClips)
			.values({
				id,
				municipalityId,
				alertId: alert?.id ?? null,
				template,
				textHash,
				language,
				mediaType,
				bytes,
				size: bytes.length,
				digest: digestOf(bytes),
				uploadedBy: actor.id,
				uploadedByName: actor.name,
				uploadedAt: now
			})
			.onConflictDoNothing()
			.returning({ id: alertClips.id });
		if (made.length) await note(tx, actor, 'added', { municipalityId, id }, now, { language });
	});

function soundOf(bytes: Buffer): string {
	if (!bytes.length) throw new Refusal(400, 'Choose a recording.', 'clip');
	if (bytes.length > longestClip)
		throw new Refusal(400, 'A recording may have 2 MB: about two minutes of speech.', 'clip');
	const type = clipTypeOf(bytes);
	if (!type)
		throw new Refusal(400, 'This is no recording. Use an MP3, M4A, Ogg or WAV file.', 'clip');
	return type;
}

interface Which {
	municipalityId: string;
	id: string;
}

const note = (
	tx: Db,
	actor: Actor,
	what: 'added' | 'approved' | 'removed',
	{ municipalityId, id }: Which,
	now: Date,
	details?: Record<string, string>
) =>
	record(
		tx,
		actor,
		{ municipalityId, deed: `alert_clip.${what}`, thing: 'alert_clip', thingId: id, details },
		now
	);

async function lockClip(tx: Db, { municipalityId, id }: Which) {
	const [clip] = await tx
		.select()
		.from(alertClips)
		.where(
			and(
				eq(alertClips.id, id),
				eq(alertClips.municipalityId, municipalityId),
				isNull(alertClips.removedAt)
			)
		)
		.for('update');
	if (!clip) throw notFound();
	return clip;
}

/** Whoever may say yes to a recording: those who approve warnings, and those who answer for a text. */
const mayApprove = (actor: Actor, municipalityId: string) =>
	can(actor, 'alert.approve', { municipalityId }) ||
	can(actor, 'alert.translate', { municipalityId });

/** A second person listened: from now on everybody hears it. @throws Refusal 404, 409 for whoever brought it in */
export const approveClip = (db: Db, actor: Actor, which: Which, now = new Date()): Promise<void> =>
	db.transaction(async (tx) => {
		if (!mayApprove(actor, which.municipalityId)) throw notFound();
		const clip = await lockClip(tx, which);
		if (clip.approvedAt) return;
		if ([actor.id, ...(await linkedPeople(tx, actor.id))].includes(clip.uploadedBy))
			throw new Refusal(409, 'You brought it in, so somebody else has to listen to it.');
		await tx
			.update(alertClips)
			.set({ approvedBy: actor.id, approvedByName: actor.name, approvedAt: now })
			.where(eq(alertClips.id, clip.id));
		await note(tx, actor, 'approved', which, now);
	});

/** Nobody hears it any more: one person is enough for that. @throws Refusal 404 */
export const removeClip = (db: Db, actor: Actor, which: Which, now = new Date()): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId } = which;
		const may =
			mayApprove(actor, municipalityId) ||
			can(actor, 'alert.compose', { municipalityId }) ||
			can(actor, 'alert.templates', { municipalityId });
		if (!may) throw notFound();
		const clip = await lockClip(tx, which);
		await tx.update(alertClips).set({ removedAt: now }).where(eq(alertClips.id, clip.id));
		await note(tx, actor, 'removed', which, now);
	});

/** The sound itself. @throws Refusal 404 for what nobody approved yet, to whoever is no official here */
export async function clipBytes(
	db: Db,
	actor: Actor | null,
	municipalityId: string,
	id: string
): Promise<{ bytes: Buffer; mediaType: string; digest: string }> {
	const [clip] = await db
		.select()
		.from(alertClips)
		.where(
			and(
				eq(alertClips.id, id),
				eq(alertClips.municipalityId, municipalityId),
				isNull(alertClips.removedAt)
			)
		);
	if (!clip || (!clip.approvedAt && !can(actor, 'alert.texts', { municipalityId })))
		throw notFound();
	return clip;
}
