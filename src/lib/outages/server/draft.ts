import { and, eq, sql, type SQL } from 'drizzle-orm';
import { areaFieldOf, areaWords, type AreaObstacle, type AreaWish } from '../../alerts/area.ts';
import type { AlertArea } from '../../alerts/alert.ts';
import { measureArea } from '../../alerts/server/index.ts';
import { record } from '../../audit/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { wardsInForce } from '../../geography/server/index.ts';
import { isLanguage } from '../../i18n/languages.ts';
import type { Actor } from '../../identity/permissions.ts';
import { isPublic } from '../../issues/server/index.ts';
import { issues } from '../../issues/server/schema.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../platform/text.ts';
import { factsObstacle } from '../rules.ts';
import {
	lockOutage,
	mustBePossible,
	mustPublishSome,
	nextNumber,
	ownServices,
	refuse,
	type Outage,
	type OutageAt
} from './find.ts';
import { proposalWith } from './proposals.ts';
import { outages } from './schema.ts';

export interface OutageFacts {
	planned: boolean;
	/** Codes of the services that are off. */
	services: string[];
	/** The area as people call it. */
	areaDesc: string;
	areaWish: AreaWish;
	startsAt: Date | null;
	forecastEnd: Date | null;
	words: string;
	language: string;
	/** The report it is worked on under; empty for none. */
	reference: string;
}

export interface NewOutage extends OutageFacts {
	/** Made where it is written: sending it twice makes one. */
	id: string;
	municipalityId: string;
	/** A report of the proposal it is written from. */
	like?: string;
}

/**
 * Begins an outage: a draft that only its office sees, with its area measured.
 * @throws Refusal 404 for whoever publishes none here, 400 naming the field that is wrong
 */
export const writeOutage = (
	db: Db,
	actor: Actor,
	facts: NewOutage,
	now = new Date()
): Promise<Outage> =>
	db.transaction(async (tx) => {
		const { id, municipalityId, like } = facts;
		mustPublishSome(actor, municipalityId);
		const [known] = await tx.select().from(outages).where(eq(outages.id, id));
		if (known && known.municipalityId !== municipalityId) throw notFound();
		if (known) return known;

		const read = await readFacts(tx, actor, municipalityId, facts, now);
		const proposal = like ? await proposalWith(tx, municipalityId, like, now) : undefined;
		const [written] = await tx
			.insert(outages)
			.values({
				...read,
				id,
				municipalityId,
				number: await nextNumber(tx, municipalityId),
				state: 'draft',
				evidence: proposal?.issueIds ?? [],
				createdBy: actor.id,
				createdByName: actor.name,
				createdAt: now,
				updatedAt: now
			})
			.returning();
		await note(tx, actor, written, 'outage.drafted', now, {
			reports: proposal?.issueIds.length
		});
		return written;
	});

/** Changes a draft. What is public keeps its area and services; its forecast moves instead. */
export const changeOutage = (
	db: Db,
	actor: Actor,
	{ version, ...facts }: OutageAt & OutageFacts,
	now = new Date()
): Promise<Outage> =>
	db.transaction(async (tx) => {
		const before = await lockOutage(tx, actor, facts);
		mustBePossible('edit', before, { version }, now);
		const change = await readFacts(tx, actor, before.municipalityId, facts, now);
		const [after] = await tx
			.update(outages)
			.set({ ...change, version: before.version + 1, updatedAt: now })
			.where(eq(outages.id, before.id))
			.returning();
		await note(tx, actor, after, 'outage.changed', now);
		return after;
	});

/** Throws a draft away. What it was proposed by may be proposed again. */
export const discardOutage = (
	db: Db,
	actor: Actor,
	{ version, ...which }: OutageAt,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const before = await lockOutage(tx, actor, which);
		mustBePossible('discard', before, { version }, now);
		await tx.delete(outages).where(eq(outages.id, before.id));
		await note(tx, actor, before, 'outage.discarded', now);
	});

async function readFacts(
	tx: Db,
	actor: Actor,
	municipalityId: string,
	facts: OutageFacts,
	now: Date
) {
	const text = { areaDesc: cleanLine(facts.areaDesc), words: cleanText(facts.words) };
	const { planned, forecastEnd, startsAt, language, areaWish } = facts;
	const serviceIds = await readServices(tx, actor, municipalityId, facts.services);
	const obstacle = factsObstacle({ ...text, planned, startsAt, forecastEnd }, now);
	if (obstacle || !startsAt) throw refuse(obstacle ?? 'needs_a_start');
	if (!isLanguage(language)) throw refuse('needs_a_language');
	const measuring = await measureArea(tx, municipalityId, areaWish, now);
	if ('obstacle' in measuring)
		throw new Refusal(400, sayArea(measuring.obstacle), areaFieldOf(measuring.obstacle));
	const area = shapeOf(measuring.measured.area);
	return {
		...text,
		planned,
		startsAt,
		forecastEnd,
		language,
		areaWish,
		area,
		serviceIds,
		...(await wardsIn(tx, municipalityId, area, now)),
		reference: await readReference(tx, municipalityId, facts.reference)
	};
}

/** The words of warnings, but for the one that speaks of sending. */
const sayArea = (obstacle: AreaObstacle) =>
	obstacle === 'no_area'
		? 'Choose where it is off: wards, a circle or corners.'
		: areaWords[obstacle];

const shapeOf = (area: AlertArea): SQL =>
	sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(area)}::text), 4326)`;

async function readServices(tx: Db, actor: Actor, municipalityId: string, codes: string[]) {
	const own = await ownServices(tx, actor, municipalityId);
	const chosen = own.filter(
		(service) => service.active && !service.private && codes.includes(service.code)
	);
	if (!chosen.length || new Set(codes).size !== chosen.length) throw refuse('needs_services');
	return chosen.map(({ id }) => id);
}

/** Less than this share of a ward is the breadth of a line, not a part of it. */
const leastShare = 0.002;
const wholeShare = 0.99;

/** The wards an area lies in, and those it covers whole: whoever names only such a ward is inside. */
async function wardsIn(tx: Db, municipalityId: string, area: SQL, now: Date) {
	const found = await rows<{ code: string; share: number }>(
		tx,
		sql`select w.code, (st_area(st_intersection(w.geom, ${area})) / st_area(w.geom))::float8 as share
			from ${wardsInForce(municipalityId, now)} and st_intersects(w.geom, ${area})
			order by w.code`
	);
	return {
		wardCodes: found.filter(({ share }) => Number(share) > leastShare).map(({ code }) => code),
		wholeWardCodes: found.filter(({ share }) => Number(share) > wholeShare).map(({ code }) => code)
	};
}

async function readReference(tx: Db, municipalityId: string, sent: string) {
	const reference = cleanLine(sent).toUpperCase();
	if (!reference) return null;
	const [found] = await tx
		.select({ reference: issues.reference })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				eq(issues.reference, reference.slice(0, 30)),
				isPublic
			)
		);
	if (!found) throw refuse('unknown_report');
	return found.reference;
}

/** Writes a deed on an outage down. Call it last. */
export const note = (
	tx: Db,
	actor: Actor | null,
	{ id, municipalityId, number }: Pick<Outage, 'id' | 'municipalityId' | 'number'>,
	deed: string,
	now: Date,
	details: Record<string, unknown> = {}
) =>
	record(
		tx,
		actor,
		{ municipalityId, deed, thing: 'outage', thingId: id, details: { number, ...details } },
		now
	);
