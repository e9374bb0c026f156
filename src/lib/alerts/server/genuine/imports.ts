import { createPublicKey } from 'node:crypto';
import { and, arrayContains, desc, eq, getTableColumns } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { activeMunicipalities } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { hours, later } from '../../../platform/time.ts';
import { noArea } from '../../area.ts';
import { ringOfCircle, type ImportedInfo } from '../../imported.ts';
import { longestLife } from '../../rules.ts';
import { isTemplate, slots, templateOf } from '../../templates.ts';
import { readSignedCap, type PinnedKey } from '../cap/check.ts';
import type { CapAlert, CapInfo } from '../cap/document.ts';
import { capFaults } from '../cap/faults.ts';
import { NotCap } from '../cap/read.ts';
import { readReferences } from '../cap/references.ts';
import { readRing } from '../cap/ring.ts';
import { instantOf } from '../cap/time.ts';
import { draftAlert } from '../draft.ts';
import { keysOf } from './keys.ts';
import { capImports } from './schema.ts';

export type CapImport = typeof capImports.$inferSelect;

/** The keys we hold to be somebody's: those of the municipalities served here. A message can add none. */
async function pinnedKeys(db: Db): Promise<PinnedKey[]> {
	const ids = (await activeMunicipalities(db)).map(({ id }) => id);
	return (await keysOf(db, ids, 'cap'))
		.filter(({ key }) => !key.revokedAt && !key.exercise)
		.map(({ key, owner }) => ({
			id: key.id,
			owner,
			publicKey: createPublicKey({ key: key.publicKey, format: 'jwk' })
		}));
}

const refuse = (why: string) => new Refusal(400, why, 'cap');

/** What is no warning to act on, by CAP's own words. */
const refused: Record<string, string> = {
	Exercise: 'It is an exercise: nobody is warned of one.',
	System: 'It is a message between systems, and warns of nothing.',
	Test: 'It is a test, and warns of nothing.',
	Draft: 'It is a draft: its sender has not sent it.',
	Ack: 'It only says that a message was received.',
	Error: 'It only says that a message was refused.'
};

/**
 * Reads somebody's CAP message. XML that would open files of ours is refused before it is parsed.
 * @throws Refusal 400 with the reason: no CAP, changed since it was signed, a test, over
 */
async function readOne(db: Db, xml: string, now: Date) {
	const { alert, signer } = readOrRefuse(xml, await pinnedKeys(db));
	if (signer.kind === 'changed')
		throw refuse('It was changed since it was signed: do not use it, and ask its sender.');
	const why = refused[alert.status] ?? refused[alert.msgType];
	if (why) throw refuse(why);
	if (!alert.info.length && alert.msgType !== 'Cancel') throw refuse('It says nothing.');
	const ends = alert.info.map(({ expires }) => instantOf(expires)).filter(Number.isFinite);
	const expiresAt = ends.length ? Math.max(...ends) : instantOf(alert.sent) + hours(24);
	// A message that names no end holds for a day: nobody may act on it for ever.
	if (alert.msgType !== 'Cancel' && expiresAt <= now.getTime())
		throw refuse('It is over: its time ended before now.');
	return {
		alert,
		signer: signer.kind === 'known' ? signer.key.owner : signer.kind,
		expiresAt: new Date(expiresAt)
	};
}

function readOrRefuse(xml: string, pinned: PinnedKey[]) {
	try {
		return readSignedCap(xml, pinned);
	} catch (reason) {
		throw reason instanceof NotCap ? refuse(reason.message) : reason;
	}
}

/** In English where it speaks it, else in its first language. */
const infoOf = ({ info }: CapAlert): CapInfo | undefined =>
	info.find(({ language }) => /^en/i.test(language ?? 'en')) ?? info[0];

function saidOf(alert: CapAlert): ImportedInfo {
	const info = infoOf(alert);
	const areas = info?.area ?? [];
	const rings = [
		...areas.flatMap(({ polygon }) =>
			polygon.map((each) => readRing(each)?.map(([lat, lon]) => [lon, lat]) ?? null)
		),
		...areas.flatMap(({ circle }) => circle.map(ringOfCircle))
	];
	const read = rings.filter((ring) => ring !== null);
	return {
		language: info?.language ?? 'en-US',
		category: info?.category ?? [],
		event: info?.event ?? '',
		responseType: info?.responseType ?? [],
		urgency: info?.urgency ?? '',
		severity: info?.severity ?? '',
		certainty: info?.certainty ?? '',
		senderName: info?.senderName ?? alert.sender,
		headline: info?.headline ?? info?.event ?? '',
		description: info?.description ?? '',
		instruction: info?.instruction ?? '',
		areas: areas.map(({ areaDesc }) => areaDesc),
		rings: read,
		unread: rings.length - read.length
	};
}

/**
 * Brings in somebody else's warning, so that officials see what it says, who signed it and what it
 * breaks of CAP's rules. An update or a retraction marks what it is about. Nothing is sent. The same
 * message twice is one.
 * @throws Refusal 404, 400 with the reason
 */
export const importCap = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; xml: string },
	now = new Date()
): Promise<CapImport> =>
	db.transaction(async (tx) => {
		const { municipalityId, xml } = facts;
		if (!can(actor, 'alert.compose', { municipalityId })) throw notFound();
		if (!xml.trim()) throw refuse('Choose a file, or paste the message.');
		const { alert, signer, expiresAt } = await readOne(tx, xml, now);
		const id = newId(now);
		const [made] = await tx
			.insert(capImports)
			.values({
				id,
				municipalityId,
				identifier: alert.identifier,
				sender: alert.sender,
				sentAt: new Date(instantOf(alert.sent)),
				msgType: alert.msgType,
				signer,
				faults: capFaults(alert),
				said: saidOf(alert),
				expiresAt,
				xml,
				refers: refersTo(alert),
				state:
					alert.msgType === 'Cancel' ? 'withdrawn' : await whatBecame(tx, municipalityId, alert),
				importedBy: actor.id,
				importedByName: actor.name,
				importedAt: now
			})
			.onConflictDoNothing()
			.returning();
		if (!made) return await knownOne(tx, municipalityId, alert);
		await markEarlier(tx, municipalityId, alert);
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'cap_import.read',
				thing: 'cap_import',
				thingId: id,
				details: { signer }
			},
			now
		);
		return made;
	});

const named = (
	municipalityId: string,
	{ sender, identifier }: { sender: string; identifier: string }
) =>
	and(
		eq(capImports.municipalityId, municipalityId),
		eq(capImports.sender, sender),
		eq(capImports.identifier, identifier)
	);

async function knownOne(tx: Db, municipalityId: string, alert: CapAlert): Promise<CapImport> {
	const [known] = await tx.select().from(capImports).where(named(municipalityId, alert));
	return known;
}

/** The messages an update or a retraction is about: only what the same sender sent. */
const refersTo = ({ msgType, references, sender }: CapAlert): string[] =>
	msgType === 'Update' || msgType === 'Cancel'
		? (readReferences(references) ?? [])
				.filter((each) => each.sender === sender)
				.map(({ identifier }) => identifier)
		: [];

const endOf = (msgType: string) =>
	msgType === 'Cancel' ? ('withdrawn' as const) : ('replaced' as const);

/** Its end may have come before it: messages of others arrive in any order. */
async function whatBecame(tx: Db, municipalityId: string, { sender, identifier }: CapAlert) {
	const later = await tx
		.select({ msgType: capImports.msgType })
		.from(capImports)
		.where(
			and(
				eq(capImports.municipalityId, municipalityId),
				eq(capImports.sender, sender),
				arrayContains(capImports.refers, [identifier])
			)
		);
	if (!later.length) return 'read' as const;
	return later.some(({ msgType }) => msgType === 'Cancel') ? endOf('Cancel') : endOf('Update');
}

async function markEarlier(tx: Db, municipalityId: string, alert: CapAlert) {
	for (const identifier of refersTo(alert))
		await tx
			.update(capImports)
			.set({ state: endOf(alert.msgType) })
			.where(named(municipalityId, { sender: alert.sender, identifier }));
}

/** What was brought in, the newest first. @throws Refusal 404 */
export function capImportsForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string
): Promise<Array<Omit<CapImport, 'xml'>>> {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	const { xml, ...shown } = getTableColumns(capImports);
	void xml;
	return db
		.select(shown)
		.from(capImports)
		.where(eq(capImports.municipalityId, municipalityId))
		.orderBy(desc(capImports.importedAt))
		.limit(50);
}

/**
 * Begins a draft from what was brought in: its area and its end. What people are told stays in the
 * locked words of the template, so its slots are for an official to fill; it is approved like any other.
 * @throws Refusal 404, 409 when it was taken back, replaced or is over
 */
export const draftFromImport = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; id: string; template: string },
	now = new Date()
): Promise<string> =>
	db.transaction(async (tx) => {
		const { municipalityId, id, template } = facts;
		if (!can(actor, 'alert.compose', { municipalityId })) throw notFound();
		const [known] = await tx
			.select()
			.from(capImports)
			.where(and(eq(capImports.municipalityId, municipalityId), eq(capImports.id, id)))
			.for('update');
		if (!known) throw notFound();
		if (known.state === 'drafted') return known.draftId!;
		if (known.state !== 'read')
			throw new Refusal(409, 'Its sender replaced it or took it back: use the newest message.');
		if (known.expiresAt <= now) throw new Refusal(409, 'It is over: its time ended before now.');
		if (!isTemplate(template)) throw new Refusal(400, 'Choose what it is about.', 'template');

		const { said, expiresAt } = known;
		const latest = later(now, Math.min(longestLife, hours(templateOf(template).life)));
		const draft = await draftAlert(
			tx,
			actor,
			{
				id: newId(now),
				municipalityId,
				template,
				values: {
					place: said.areas.join(', ').slice(0, slots.place.most),
					from: '',
					towards: '',
					route: '',
					person: '',
					age: '',
					actBy: null
				},
				gazette: '',
				areaWish: {
					...noArea,
					corners: said.rings.length
						? JSON.stringify({
								type: 'MultiPolygon',
								coordinates: said.rings.map((ring) => [ring])
							})
						: ''
				},
				expiresAt: expiresAt < latest ? expiresAt : latest,
				nextUpdateAt: null
			},
			now
		);
		await tx
			.update(capImports)
			.set({ state: 'drafted', draftId: draft.id })
			.where(eq(capImports.id, id));
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'cap_import.drafted',
				thing: 'cap_import',
				thingId: id,
				details: { draft: draft.id }
			},
			now
		);
		return draft.id;
	});
