import { and, eq, gt, inArray, lte, or, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { pageOnCall } from '../../../delivery/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { linkedPeople, spend } from '../../../identity/server/index.ts';
import { people } from '../../../identity/server/schema.ts';
import { isId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { fingerprint, seal, unseal } from '../../../platform/server/keys.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { hours, later } from '../../../platform/time.ts';
import { newNumber, readNumber } from '../../../platform/number.ts';
import {
	codeLife,
	knockAfter,
	knockUntil,
	mostNeighbours,
	pairObstacle,
	type PairObstacle
} from '../../neighbours.ts';
import { templateOf } from '../../templates.ts';
import type { AlertRow } from '../find.ts';
import { alerts } from '../schema.ts';
import { whoPersonIs } from './check-in.ts';
import { checkIns, neighbourCalls, neighbourCodes, neighbours } from './schema.ts';

type Self = Pick<Actor, 'id'>;

/** Guesses at codes: 28⁶ of them, and few in force. */
const guesses = { points: 10, window: hours(1) };

const codeIndex = (code: string) => fingerprint('neighbour', code);

export interface MyNeighbours {
	/** Made and not yet used; null where there is none. */
	code: { code: string; until: Date } | null;
	neighbours: Array<{ id: string; name: string; since: Date }>;
}

/** Whom somebody looks after when a warning tells both to leave, and the code by which one more finds them. */
export async function myNeighbours(
	db: Db,
	actor: Self,
	municipalityId: string,
	now = new Date()
): Promise<MyNeighbours> {
	const found = await db
		.select({ id: people.id, name: people.name, since: neighbours.madeAt })
		.from(neighbours)
		.innerJoin(people, eq(people.id, neighbours.otherId))
		.where(and(eq(neighbours.personId, actor.id), eq(neighbours.municipalityId, municipalityId)))
		.orderBy(neighbours.madeAt);
	const [open] = await db
		.select()
		.from(neighbourCodes)
		.where(
			and(
				eq(neighbourCodes.personId, actor.id),
				eq(neighbourCodes.municipalityId, municipalityId),
				gt(neighbourCodes.expiresAt, now)
			)
		);
	return {
		neighbours: found,
		code: open
			? {
					code: unseal('neighbour', Buffer.from(open.sealed), actor.id),
					until: open.expiresAt
				}
			: null
	};
}

/**
 * Makes the code that somebody gives to a neighbour: it works once and for seven days, and takes the
 * place of one made before. @throws Refusal 409 for whoever has two neighbours
 */
export const makeNeighbourCode = (
	db: Db,
	actor: Self,
	municipalityId: string,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		await lockPeople(tx, [actor.id]);
		if ((await othersOf(tx, municipalityId, actor.id)).length >= mostNeighbours)
			throw refused('enough');
		const code = newNumber();
		const set = {
			municipalityId,
			codeIndex: codeIndex(code),
			sealed: seal('neighbour', code, actor.id),
			expiresAt: later(now, codeLife)
		};
		await tx
			.insert(neighbourCodes)
			.values({ personId: actor.id, ...set })
			.onConflictDoUpdate({ target: neighbourCodes.personId, set });
		await note(tx, actor, municipalityId, 'code_made', now);
	});

/**
 * Types a neighbour's code: from now on each is asked to knock at the other's door. Both agreed, the one
 * by giving the code away. @throws Refusal 400 for a code that opens nothing, 409 with the reason, 429
 */
export async function becomeNeighbours(
	db: Db,
	actor: Self,
	{ municipalityId, code }: { municipalityId: string; code: string },
	now = new Date()
): Promise<void> {
	// Counted by itself: a guess that fails takes nothing else back with it.
	if (await spend(db, `neighbour/${actor.id}`, guesses, now))
		throw new Refusal(429, m.neighbours_often(), 'code');
	await db.transaction(async (tx) => {
		const number = readNumber(code.slice(0, 20));
		const [found] = number
			? await tx
					.select({ personId: neighbourCodes.personId })
					.from(neighbourCodes)
					.where(
						and(
							eq(neighbourCodes.codeIndex, codeIndex(number)),
							eq(neighbourCodes.municipalityId, municipalityId),
							gt(neighbourCodes.expiresAt, now)
						)
					)
			: [];
		if (!found) throw refused('unknown');
		const other = found.personId;
		await lockPeople(tx, [actor.id, other]);
		// Whoever waited for the other one finds the code used.
		const used = await tx
			.delete(neighbourCodes)
			.where(
				and(eq(neighbourCodes.personId, other), eq(neighbourCodes.codeIndex, codeIndex(number!)))
			)
			.returning({ personId: neighbourCodes.personId });
		if (!used.length) throw refused('unknown');
		const obstacle = pairObstacle({
			accounts: [actor.id, ...(await linkedPeople(tx, actor.id))],
			otherId: other,
			mine: await othersOf(tx, municipalityId, actor.id),
			theirs: await othersOf(tx, municipalityId, other)
		});
		if (obstacle) throw refused(obstacle);
		await tx.insert(neighbours).values([
			{ municipalityId, personId: actor.id, otherId: other, madeAt: now },
			{ municipalityId, personId: other, otherId: actor.id, madeAt: now }
		]);
		await note(tx, actor, municipalityId, 'paired', now);
	});
}

/** Ends it for both. Twice is once. */
export const partNeighbours = (
	db: Db,
	actor: Self,
	{ municipalityId, otherId }: { municipalityId: string; otherId: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		if (!isId(otherId)) return;
		const gone = await tx
			.delete(neighbours)
			.where(
				and(
					eq(neighbours.municipalityId, municipalityId),
					or(
						and(eq(neighbours.personId, actor.id), eq(neighbours.otherId, otherId)),
						and(eq(neighbours.personId, otherId), eq(neighbours.otherId, actor.id))
					)
				)
			)
			.returning({ personId: neighbours.personId });
		if (gone.length) await note(tx, actor, municipalityId, 'parted', now);
	});

const othersOf = async (tx: Db, municipalityId: string, personId: string) =>
	(
		await tx
			.select({ id: neighbours.otherId })
			.from(neighbours)
			.where(and(eq(neighbours.municipalityId, municipalityId), eq(neighbours.personId, personId)))
	).map(({ id }) => id);

/** Two who pair at once are counted one after the other; always in the same order, so that nobody waits for ever. */
const lockPeople = (tx: Db, ids: string[]) =>
	tx
		.select({ id: people.id })
		.from(people)
		.where(inArray(people.id, ids))
		.orderBy(people.id)
		.for('update');

const words: Record<PairObstacle, () => string> = {
	unknown: m.neighbours_unknown,
	yourself: m.neighbours_yourself,
	paired: m.neighbours_paired,
	enough: m.neighbours_enough,
	they_have_enough: m.neighbours_they_have_enough
};
const refused = (obstacle: PairObstacle) =>
	new Refusal(obstacle === 'unknown' ? 400 : 409, words[obstacle](), 'code');

const note = (tx: Db, actor: Self, municipalityId: string, what: string, now: Date) =>
	// With whom stays between the two.
	record(
		tx,
		actor,
		{ municipalityId, deed: `neighbour.${what}`, thing: 'person', thingId: actor.id },
		now
	);

/** Warnings to leave at once that have been out for three minutes, and not yet for half an hour. */
async function leavingWarnings(db: Db, now: Date): Promise<AlertRow[]> {
	const live = await db
		.select()
		.from(alerts)
		.where(
			and(
				eq(alerts.state, 'live'),
				eq(alerts.capStatus, 'actual'),
				lte(alerts.liveAt, later(now, -knockAfter)),
				gt(alerts.liveAt, later(now, -knockUntil))
			)
		);
	return live.filter(
		({ template, content }) =>
			templateOf(template).evacuation && content?.cap.urgency === 'Immediate'
	);
}

/**
 * Three minutes after a warning to leave at once: where somebody it was sent to has neither opened nor
 * answered it, a neighbour who has is asked to knock. Each once for each version. Safe to run at any time.
 * The words are English, because no translator has approved others.
 */
export async function callNeighbours(db: Db, now = new Date()): Promise<number> {
	let asked = 0;
	for (const warning of await leavingWarnings(db, now)) {
		const pairs = await pairsOf(db, warning);
		const heard = await answered(db, warning, pairs);
		for (const { personId, otherId, name } of pairs) {
			if (heard.has(personId) || !heard.has(otherId)) continue;
			if (await db.transaction((tx) => ask(tx, warning, { personId, otherId, name }, now))) asked++;
		}
	}
	return asked;
}

interface Pair {
	personId: string;
	otherId: string;
	/** Of whoever has not answered. */
	name: string;
}

/** Both were told of this version; who has opened it on any phone comes with it. */
async function pairsOf(db: Db, { id, municipalityId }: AlertRow) {
	return await rows<Pair & { opened: boolean; otherOpened: boolean } & Record<string, unknown>>(
		db,
		sql`with told as (
				select a.person_id, bool_or(coalesce(s.stage, 0) >= 2) as opened
				from broadcasts b
				join broadcast_audience a on a.broadcast_no = b.no and a.person_id is not null
				join alert_neighbours n on n.municipality_id = b.municipality_id and n.person_id = a.person_id
				left join broadcast_seen s on s.broadcast_id = b.id and s.n = a.n
				where b.deed = ${`alert/${id}`} group by 1
			)
			select n.person_id as "personId", n.other_id as "otherId", p.name,
				one.opened, other.opened as "otherOpened"
			from alert_neighbours n
			join told one on one.person_id = n.person_id
			join told other on other.person_id = n.other_id
			join people p on p.id = n.person_id
			where n.municipality_id = ${municipalityId}::uuid and not one.opened
				and not exists (select from alert_neighbour_calls c where c.alert_id = ${id}::uuid
					and c.person_id = n.person_id and c.other_id = n.other_id)
			order by n.person_id, n.made_at`
	);
}

/** Everybody among them who opened it, or said of this incident how they are. */
async function answered(
	db: Db,
	{ incidentId }: AlertRow,
	pairs: Array<Pair & { otherOpened: boolean }>
): Promise<Set<string>> {
	const heard = new Set(
		pairs.filter(({ otherOpened }) => otherOpened).map(({ otherId }) => otherId)
	);
	const marks = new Map(
		pairs.flatMap(({ personId, otherId }) =>
			[personId, otherId].map((id) => [whoPersonIs(incidentId, id), id] as const)
		)
	);
	if (!marks.size) return heard;
	const said = await db
		.selectDistinct({ whoIndex: checkIns.whoIndex })
		.from(checkIns)
		.where(and(eq(checkIns.incidentId, incidentId), inArray(checkIns.whoIndex, [...marks.keys()])));
	for (const { whoIndex } of said) heard.add(marks.get(whoIndex)!);
	return heard;
}

async function ask(
	tx: Db,
	{ id, municipalityId, content, slots }: AlertRow,
	{ personId, otherId, name }: Pair,
	now: Date
): Promise<boolean> {
	const first = await tx
		.insert(neighbourCalls)
		.values({ alertId: id, municipalityId, personId, otherId, at: now })
		.onConflictDoNothing()
		.returning({ at: neighbourCalls.at });
	if (!first.length) return false;
	const who = name || 'Your neighbour';
	await pageOnCall(
		tx,
		{
			municipalityId,
			key: `neighbour/${id}/${personId}/${otherId}`,
			title: `${who} has not answered the warning`,
			text: `${who} has not answered the warning for ${slots.place}. If it is safe for you: phone or knock on your way out. If it is not, leave.`,
			path: `/alerts/${content!.number}`,
			people: [otherId]
		},
		now
	);
	return true;
}

/** What is kept of this about a person, in plain JSON (POPIA s23). */
export const exportNeighbours = (db: Db, personId: string) =>
	db
		.select({ name: people.name, since: neighbours.madeAt })
		.from(neighbours)
		.innerJoin(people, eq(people.id, neighbours.otherId))
		.where(eq(neighbours.personId, personId));

/** Somebody is erased: nobody is asked to knock for them, and they at no door. */
export async function eraseNeighbours(tx: Db, personId: string) {
	for (const table of [neighbours, neighbourCalls])
		await tx.delete(table).where(or(eq(table.personId, personId), eq(table.otherId, personId)));
	await tx.delete(neighbourCodes).where(eq(neighbourCodes.personId, personId));
}
