import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../platform/text.ts';
import type { AreaWish } from '../area.ts';
import type { SlotValues } from '../compose.ts';
import { storeSlots } from '../content.ts';
import { newNumber } from '../../platform/number.ts';
import { changeObstacle } from '../rules.ts';
import { isTemplate, slotNames, slots, templateOf, type TemplateCode } from '../templates.ts';
import { move, note } from './events.ts';
import {
	handOf,
	lockAlert,
	must,
	mustBeFree,
	standingOf,
	type AlertAt,
	type AlertRow
} from './find.ts';
import { alerts, incidents } from './schema.ts';

/** What the office fills in. */
export interface DraftFacts {
	template: string;
	values: SlotValues;
	/** The Gazette number of a direction; empty is advice. */
	gazette: string;
	areaWish: AreaWish;
	expiresAt: Date | null;
	nextUpdateAt: Date | null;
}

export interface NewDraft extends DraftFacts {
	/** Made where it is written: sending it twice makes one. */
	id: string;
	municipalityId: string;
}

const longestCorners = 200_000;

/** What was sent, cleaned. @throws Refusal 400 naming the field that is too long */
export function readDraft(facts: DraftFacts) {
	const { template } = facts;
	if (!isTemplate(template)) throw new Refusal(400, 'Choose what it is about.', 'template');
	const texts = Object.fromEntries(
		slotNames.flatMap((name) => {
			if (name === 'actBy') return [];
			const said = cleanLine(facts.values[name]);
			if (said.length > slots[name].most)
				throw new Refusal(
					400,
					`${slots[name].label}: use at most ${slots[name].most} characters.`,
					name
				);
			// A brace would look like a slot to whoever fills the text.
			return [[name, said.replace(/[{}]/g, '')]];
		})
	) as unknown as Omit<SlotValues, 'actBy'>;
	const corners = cleanText(facts.areaWish.corners);
	if (corners.length > longestCorners)
		throw new Refusal(400, 'The area has too many corners.', 'corners');
	return {
		template,
		slots: storeSlots({ ...texts, actBy: facts.values.actBy }),
		gazette: cleanLine(facts.gazette).slice(0, 60),
		areaWish: {
			...facts.areaWish,
			corners,
			around: cleanLine(facts.areaWish.around).slice(0, 120),
			wards: facts.areaWish.wards.slice(0, 200)
		},
		expiresAt: facts.expiresAt,
		nextUpdateAt: facts.nextUpdateAt
	};
}

/**
 * Begins a warning: a draft that only the office sees. Whether it is an exercise is decided here, by
 * the place it is made in, for ever.
 * @throws Refusal 404 for whoever does not write warnings here, 400 naming the field that is wrong
 */
export const draftAlert = (
	db: Db,
	actor: Actor,
	{ id, municipalityId, ...facts }: NewDraft,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		must(actor, 'alert.compose', municipalityId);
		const [known] = await tx.select().from(alerts).where(eq(alerts.id, id));
		if (known && known.municipalityId !== municipalityId) throw notFound();
		if (known) return known;
		const read = readDraft(facts);
		if (templateOf(read.template).belongs)
			throw new Refusal(
				400,
				'This belongs to a warning that was sent: begin it there.',
				'template'
			);
		const municipality = await municipalityById(tx, municipalityId);
		const capStatus = municipality?.kind === 'exercise' ? 'exercise' : 'actual';
		const incidentId = newId(now);
		await tx.insert(incidents).values({
			id: incidentId,
			municipalityId,
			number: await freeNumber(tx, municipalityId),
			capStatus,
			createdBy: actor.id,
			createdAt: now
		});
		return await insertDraft(
			tx,
			actor,
			{ ...read, id, municipalityId, incidentId, capStatus, kind: 'alert' },
			now
		);
	});

async function freeNumber(tx: Db, municipalityId: string): Promise<string> {
	for (;;) {
		const number = newNumber();
		const [taken] = await tx
			.select({ id: incidents.id })
			.from(incidents)
			.where(and(eq(incidents.municipalityId, municipalityId), eq(incidents.number, number)));
		if (!taken) return number;
	}
}

export type DraftRow = Pick<
	AlertRow,
	'id' | 'municipalityId' | 'incidentId' | 'capStatus' | 'kind'
> & {
	template: TemplateCode;
} & Omit<ReturnType<typeof readDraft>, 'template'> & { zoneIds?: string[] };

/** Puts the next version of an incident there as a draft. Call it last. */
export async function insertDraft(
	tx: Db,
	actor: Actor,
	draft: DraftRow,
	now: Date
): Promise<AlertRow> {
	const [{ last }] = await tx
		.select({ last: sql<number>`coalesce(max(${alerts.version}), 0)::int` })
		.from(alerts)
		.where(eq(alerts.incidentId, draft.incidentId));
	const [written] = await tx
		.insert(alerts)
		.values({
			...draft,
			version: Number(last) + 1,
			state: 'draft',
			composedBy: actor.id,
			composedByName: actor.name,
			editors: [actor.id],
			createdAt: now,
			updatedAt: now
		})
		.returning();
	await note(tx, actor, written, 'composed', now, {
		details: { kind: written.kind, template: written.template }
	});
	return written;
}

/** What a draft said, for whoever asks later who changed what. */
const before = ({ template, slots, gazette, areaWish, expiresAt, nextUpdateAt }: AlertRow) => ({
	template,
	slots,
	gazette,
	areaWish,
	expiresAt,
	nextUpdateAt
});

/**
 * Changes a draft. Whoever changes it can no longer approve it; whoever gave it back does not change it.
 * @throws Refusal 404, 409 when it cannot be changed, 400 naming the field that is wrong
 */
export const changeAlert = (
	db: Db,
	actor: Actor,
	{ why = '', ...facts }: AlertAt & DraftFacts & { why?: string },
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.compose', facts);
		mustBeFree(changeObstacle('change', standingOf(row), await handOf(tx, actor)));
		const read = readDraft(facts);
		if (templateOf(read.template).belongs !== templateOf(row.template).belongs)
			throw new Refusal(400, 'Choose what it is about.', 'template');
		return await move(
			tx,
			actor,
			row,
			'changed',
			{ ...read, editors: [...new Set([...row.editors, actor.id])] },
			now,
			{ why: cleanLine(why).slice(0, 500), before: before(row) }
		);
	});

/** Begins a draft, or changes the one that has this id: a form that is sent again. */
export async function saveDraft(
	db: Db,
	actor: Actor,
	facts: NewDraft & { why?: string },
	now = new Date()
): Promise<AlertRow> {
	const [known] = await db.select({ id: alerts.id }).from(alerts).where(eq(alerts.id, facts.id));
	return known ? await changeAlert(db, actor, facts, now) : await draftAlert(db, actor, facts, now);
}

/** Takes back what waits for approval, to change it: its submission is void. */
export const takeBack = (db: Db, actor: Actor, at: AlertAt, now = new Date()): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.compose', at);
		mustBeFree(changeObstacle('edit', standingOf(row), await handOf(tx, actor)));
		return await move(tx, actor, row, 'taken_back', unsubmitted, now, {
			before: row.content as unknown as Record<string, unknown>
		});
	});

/** A draft again: what was submitted and approved is void. */
export const unsubmitted = {
	state: 'draft',
	content: null,
	contentHash: null,
	submittedBy: null,
	submittedByName: null,
	submittedAt: null,
	escalatedAt: null,
	pagedIds: [],
	approvedBy: null,
	approvedByName: null,
	breakGlassBy: null,
	fastTrackBy: null,
	issuedAt: null,
	stopAskedBy: null,
	heldWhy: ''
} as const satisfies Partial<Record<keyof AlertRow, unknown>> as unknown as Partial<AlertRow>;
