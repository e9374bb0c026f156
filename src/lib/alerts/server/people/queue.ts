import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { unseal } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import { isEnding, type Need } from '../../people.ts';
import { must } from '../find.ts';
import { checkIns } from './schema.ts';

/** A call for help as those see it who answer it. */
export interface Call extends Need {
	id: string;
	wardCode: string;
	people: number;
	at: Date;
	takenByName: string;
	takenAt: Date | null;
	/** Somebody who was signed in: their name and number can be found again. */
	signedIn: boolean;
	/** How many open calls came over the same network, this one included; 0 where it is not known. */
	overNetwork: number;
}

/** A page of the calls for help that are open, and how many there are: none is ever left out. */
export interface HelpQueue {
	total: number;
	page: number;
	pages: number;
	/** Over one network come more open calls than this: look twice, and at the others first. */
	flood: boolean;
	/** With their place in the order asked for, from 1. */
	calls: Array<Call & { nth: number }>;
}

const callsOnPage = 50;
/** Of one network: a clinic or a shelter has one address too. */
const manyOverOne = 20;

/**
 * Calls for help that nobody has brought to an end, the oldest first.
 * @param asked `othersFirst`: those over crowded networks come last, in their order
 */
export async function helpQueue(
	db: Db,
	actor: Actor,
	municipalityId: string,
	incidentId: string,
	asked: { page?: number; othersFirst?: boolean } = {}
): Promise<HelpQueue> {
	must(actor, 'help.answer', municipalityId);
	const isOpen = and(
		eq(checkIns.municipalityId, municipalityId),
		eq(checkIns.incidentId, incidentId),
		eq(checkIns.said, 'help'),
		isNull(checkIns.endedAt)
	);
	const networks = await db
		.select({ network: checkIns.networkIndex, count: count() })
		.from(checkIns)
		.where(isOpen)
		.groupBy(checkIns.networkIndex);
	const total = networks.reduce((sum, each) => sum + each.count, 0);
	const over = (network: string | null) =>
		network === null ? 0 : (networks.find((each) => each.network === network)?.count ?? 0);
	const crowded = networks.flatMap(({ network, count }) =>
		network !== null && count > manyOverOne ? [network] : []
	);
	const pages = Math.max(1, Math.ceil(total / callsOnPage));
	const page = Math.min(pages, Math.max(1, Math.trunc(asked.page ?? 1) || 1));
	const before = (page - 1) * callsOnPage;
	const open = await db
		.select()
		.from(checkIns)
		.where(isOpen)
		.orderBy(
			...(asked.othersFirst && crowded.length
				? [sql`coalesce(${inArray(checkIns.networkIndex, crowded)}, false)`]
				: []),
			asc(checkIns.seq)
		)
		.limit(callsOnPage)
		.offset(before);
	const calls = open.map((call, i) => ({
		...(JSON.parse(unseal('check-in', Buffer.from(call.needSealed!), call.id)) as Need),
		id: call.id,
		wardCode: call.wardCode,
		people: call.people,
		at: call.at,
		takenByName: call.takenByName,
		takenAt: call.takenAt,
		signedIn: call.signedIn,
		overNetwork: over(call.networkIndex),
		nth: before + i + 1
	}));
	return { total, page, pages, flood: crowded.length > 0, calls };
}

interface AtCall {
	municipalityId: string;
	id: string;
}

/** Takes a call: everybody sees who is on the way. Taking one's own again changes nothing. @throws 409 when somebody has it */
export const takeCall = (db: Db, actor: Actor, at: AtCall, now = new Date()) =>
	db.transaction(async (tx) => {
		const call = await lockCall(tx, actor, at);
		if (call.takenBy === actor.id) return;
		if (call.takenBy) throw new Refusal(409, `${call.takenByName} is on the way already.`);
		await tx
			.update(checkIns)
			.set({ takenBy: actor.id, takenByName: actor.name, takenAt: now })
			.where(eq(checkIns.id, at.id));
		await note(tx, actor, at, 'alert.help_taken', {}, now);
	});

/** Brings a call to its end, with what became of it. @throws 400 without that */
export const endCall = (
	db: Db,
	actor: Actor,
	{ ending, ...at }: AtCall & { ending: unknown },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		await lockCall(tx, actor, at);
		if (!isEnding(ending)) throw new Refusal(400, 'Say what became of it.', 'ending');
		await tx.update(checkIns).set({ ending, endedAt: now }).where(eq(checkIns.id, at.id));
		await note(tx, actor, at, 'alert.help_ended', { ending }, now);
	});

async function lockCall(tx: Db, actor: Actor, { municipalityId, id }: AtCall) {
	must(actor, 'help.answer', municipalityId);
	const [call] = await tx
		.select()
		.from(checkIns)
		.where(
			and(
				eq(checkIns.id, id),
				eq(checkIns.municipalityId, municipalityId),
				eq(checkIns.said, 'help')
			)
		)
		.for('update');
	if (!call) throw notFound();
	if (call.endedAt) throw new Refusal(409, 'This call has come to its end already.');
	return call;
}

const note = (
	tx: Db,
	actor: Actor,
	{ municipalityId, id }: AtCall,
	deed: string,
	details: Record<string, unknown>,
	now: Date
) => record(tx, actor, { municipalityId, deed, thing: 'alert_help', thingId: id, details }, now);
