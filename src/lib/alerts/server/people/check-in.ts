import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { m } from '../../../i18n/index.ts';
import type { Asker } from '../../../identity/asker.ts';
import { acknowledge, type ToldAbout } from '../../../delivery/server/index.ts';
import { spend } from '../../../identity/server/index.ts';
import { readPosition, type SentPosition } from '../../../geography/position.ts';
import { isId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { fingerprint, seal, unseal } from '../../../platform/server/keys.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../../platform/text.ts';
import { hours } from '../../../platform/time.ts';
import { doubt, isSaying, longest, mostPeople, type Need } from '../../people.ts';
import type { AlertRow } from '../find.ts';
import { alerts, incidents } from '../schema.ts';
import { letFamilyAsk } from './family.ts';
import { checkIns } from './schema.ts';

export interface NewCheckIn extends SentPosition {
	id: string;
	municipalityId: string;
	/** Of the incident, as it is typed: `K7F-2QD`. */
	number: string;
	said: unknown;
	wardCode?: string;
	people?: unknown;
	place?: string;
	words?: string;
	phone?: string;
	/** The mark of the push whose button was pressed: it proves the ward, and that it was answered. */
	told?: string;
	/** By a button that has no room for words: a call for help is heard without a place. */
	byButton?: boolean;
	/** For somebody next door: it says nothing of whoever sends it. */
	forOther?: boolean;
	/** Family may ask about them, by this first name and number. */
	family?: { name: string; phone: string } | null;
}

/** One phone, and one network: a whole town may speak through one address of a carrier. */
const limits = {
	device: { points: 20, window: hours(1) },
	network: { points: 5000, window: hours(1) }
};

/**
 * Somebody inside the area of a live warning says that they are safe, have left, or need help. Their
 * newest word counts; sent twice, it happens once. Answers with their place in the queue for help.
 * @throws Refusal 404 for an unknown warning, 409 when it is over, 400 naming the field, 429 too often
 */
export const checkIn = (
	db: Db,
	asker: Asker,
	facts: NewCheckIn,
	now = new Date()
): Promise<{ before: number }> =>
	db.transaction(async (tx) => {
		const { id, municipalityId, number } = facts;
		if (!isId(id)) throw notFound();
		const incidentId = await lockIncident(tx, municipalityId, number);
		const [known] = await tx.select().from(checkIns).where(eq(checkIns.id, id));
		if (known?.incidentId === incidentId) return { before: await inFrontOf(tx, known) };
		if (known) throw notFound();

		const warning = await liveWarning(tx, incidentId);
		const { said } = facts;
		if (!isSaying(said)) throw new Refusal(400, m.check_in_say_which(), 'said');
		const about = facts.told ? await acknowledge(tx, facts.told, now) : null;
		const pressed = about?.subjectId === incidentId ? about : null;
		const wardCode = await wardOf(tx, warning, facts, pressed);
		const need = said === 'help' ? readNeed(facts) : null;
		await holdBack(tx, asker, now);
		const whoIndex = whoIs(incidentId, asker, facts.forOther ? id : '');
		if (said !== 'help')
			await tx
				.update(checkIns)
				.set({ ending: 'said_safe', endedAt: now })
				.where(openCallsOf(incidentId, whoIndex));
		const [{ seq }] = await tx
			.select({ seq: sql<number>`coalesce(max(${checkIns.seq}), 0)::int + 1`.mapWith(Number) })
			.from(checkIns)
			.where(eq(checkIns.incidentId, incidentId));
		const people = readPeople(facts.people);
		const call = need && (await callWithoutPlace(tx, incidentId, whoIndex));
		if (call && (need.place || need.phone || need.words))
			await tx
				.update(checkIns)
				.set({ wardCode, people, needSealed: sealNeed(need, call.id) })
				.where(eq(checkIns.id, call.id));
		const [added] = await tx
			.insert(checkIns)
			.values({
				id,
				municipalityId,
				incidentId,
				seq,
				said,
				wardCode,
				whoIndex,
				networkIndex: asker.network ? networkIn(incidentId, asker.network) : null,
				signedIn: asker.actor !== null,
				people,
				needSealed: need && !call ? sealNeed(need, id) : null,
				ending: call ? 'said_more' : null,
				endedAt: call ? now : null,
				at: now
			})
			.returning();
		if (facts.family && !facts.forOther)
			await letFamilyAsk(tx, asker, { incidentId, checkInId: id, ...facts.family });
		return { before: await inFrontOf(tx, added) };
	});

const sealNeed = (need: Need, id: string) => seal('check-in', JSON.stringify(need), id);

/** The network, for this incident alone: only to see that many calls come over one. */
const networkIn = (incidentId: string, network: string) =>
	fingerprint('check-in', `${incidentId}/network:${network}`);

/** An open call of the same person or phone that says no place yet: what they say now belongs to it, and it keeps its place in the queue. */
async function callWithoutPlace(tx: Db, incidentId: string, whoIndex: string) {
	const open = await tx.select().from(checkIns).where(openCallsOf(incidentId, whoIndex));
	return open.find(
		({ id, needSealed }) =>
			!(JSON.parse(unseal('check-in', Buffer.from(needSealed!), id)) as Need).place
	);
}

const openCallsOf = (incidentId: string, whoIndex: string) =>
	and(
		eq(checkIns.incidentId, incidentId),
		eq(checkIns.whoIndex, whoIndex),
		eq(checkIns.said, 'help'),
		isNull(checkIns.endedAt)
	);

/** Somebody signed in; of another incident they look different. */
export const whoPersonIs = (incidentId: string, personId: string) =>
	fingerprint('check-in', `${incidentId}/person:${personId}`);

/** The person, or the phone. */
const whoIs = (incidentId: string, { actor, device }: Asker, other: string) =>
	actor && !other
		? whoPersonIs(incidentId, actor.id)
		: fingerprint('check-in', `${incidentId}/${other ? `other:${other}` : `device:${device}`}`);

/** Check-ins of one incident follow each other. @throws 404 */
async function lockIncident(tx: Db, municipalityId: string, number: string): Promise<string> {
	const [found] = await tx
		.select({ id: incidents.id })
		.from(incidents)
		.where(and(eq(incidents.municipalityId, municipalityId), eq(incidents.number, number)))
		.for('update');
	if (!found) throw notFound();
	return found.id;
}

/** The version in force. @throws 404 when none was ever out, 409 when it is over */
async function liveWarning(tx: Db, incidentId: string): Promise<AlertRow> {
	const all = await tx
		.select()
		.from(alerts)
		.where(and(eq(alerts.incidentId, incidentId), inArray(alerts.kind, ['alert', 'update'])))
		.orderBy(desc(alerts.version));
	const live = all.find(({ state }) => state === 'live');
	if (live) return live;
	if (all.some(({ liveAt }) => liveAt)) throw new Refusal(409, m.check_in_over());
	throw notFound();
}

/** What makes no sense counts as none: whoever is in danger is not asked about decimals. */
function positionOf(sent: SentPosition) {
	const read = readPosition(sent);
	return read.obstacle ? null : read.position;
}

/** Where they are: by a position inside the area, or one of its wards. */
async function wardOf(
	tx: Db,
	{ id, content }: AlertRow,
	facts: NewCheckIn,
	pressed: ToldAbout | null
): Promise<string> {
	const wards = content!.wards.map(({ code }) => code);
	const position = positionOf(facts);
	if (position) {
		const [found] = await rows<{ inside: boolean }>(
			tx,
			sql`select st_dwithin(geom::geography, st_setsrid(st_makepoint(${position.lon}::float8, ${position.lat}::float8), 4326)::geography, ${doubt}::int) as inside
				from alerts where id = ${id}::uuid`
		);
		if (!found?.inside) throw new Refusal(400, m.check_in_outside(), 'place');
	}
	// A button asks nothing: the ward it was told for; and nobody is sent away who needs help.
	if (pressed && wards.includes(pressed.ward)) return pressed.ward;
	const only = wards.length === 1 || position || (facts.byButton && facts.said === 'help');
	const chosen = facts.wardCode || (only ? wards[0] : '');
	if (!wards.includes(chosen)) throw new Refusal(400, m.check_in_which_ward(), 'ward');
	return chosen;
}

/** A button has no room for words: where they are comes after it, or from the desk's call. */
function readNeed({ place, words, phone, byButton, ...position }: NewCheckIn): Need {
	const at = positionOf(position);
	const where = cleanLine(place ?? '');
	if (!where && !at && !byButton) throw new Refusal(400, m.check_in_where(), 'place');
	if (where.length > longest.place) throw new Refusal(400, m.check_in_too_long(), 'place');
	const need = {
		place: at ? `${where} (${at.lat.toFixed(5)}, ${at.lon.toFixed(5)})`.trim() : where,
		words: cleanText(words ?? ''),
		phone: cleanLine(phone ?? '')
	};
	for (const field of ['words', 'phone'] as const)
		if (need[field].length > longest[field]) throw new Refusal(400, m.check_in_too_long(), field);
	return need;
}

function readPeople(sent: unknown): number {
	const people = Number(sent || 1);
	if (!Number.isInteger(people) || people < 1 || people > mostPeople)
		throw new Refusal(400, m.check_in_people(), 'people');
	return people;
}

async function holdBack(tx: Db, { device, network }: Asker, now: Date) {
	for (const [whose, budget] of [
		[device, limits.device],
		[network, limits.network]
	] as const)
		if (whose && (await spend(tx, `check_in/${whose}`, budget, now)))
			throw new Refusal(429, m.check_in_too_often());
}

/** How many calls for help stand before this one; 0 for anything else. */
async function inFrontOf(tx: Db, added: typeof checkIns.$inferSelect): Promise<number> {
	const { incidentId, said } = added;
	if (said !== 'help') return 0;
	const seq = added.ending === 'said_more' ? await seqOfCall(tx, added) : added.seq;
	return await tx.$count(
		checkIns,
		and(
			eq(checkIns.incidentId, incidentId),
			eq(checkIns.said, 'help'),
			isNull(checkIns.endedAt),
			sql`${checkIns.seq} < ${seq}`
		)
	);
}

/** Of what was added to a call: the call's own place. */
async function seqOfCall(tx: Db, { incidentId, whoIndex, seq }: typeof checkIns.$inferSelect) {
	const [call] = await tx
		.select({ seq: checkIns.seq })
		.from(checkIns)
		.where(openCallsOf(incidentId, whoIndex))
		.orderBy(asc(checkIns.seq))
		.limit(1);
	return call?.seq ?? seq;
}
