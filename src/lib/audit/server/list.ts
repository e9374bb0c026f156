import { and, count, desc, eq, gte, ilike, inArray, lt, type SQL } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { people } from '../../identity/server/schema.ts';
import { isId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { auditEntries } from './schema.ts';

/** What somebody looks for in the audit log; empty fields ask for nothing. */
export interface AuditQuestion {
	who: string;
	deed: string;
	/** The id of the person, case or service a deed was done to. */
	thing: string;
	/** From this instant, and before that one. */
	from: Date | null;
	until: Date | null;
}

const perPage = 50;
/** A file of more rows than this is asked for by dates. */
const mostInFile = 20_000;

const columns = {
	seq: auditEntries.seq,
	at: auditEntries.occurredAt,
	who: people.name,
	actorId: auditEntries.actorId,
	deed: auditEntries.deed,
	thing: auditEntries.thing,
	thingId: auditEntries.thingId,
	details: auditEntries.details
};

function conditions(municipalityId: string, asked: AuditQuestion): SQL | undefined {
	const who = asked.who.replace(/[\\%_]/g, '\\$&');
	return and(
		eq(auditEntries.municipalityId, municipalityId),
		who ? ilike(people.name, `%${who}%`) : undefined,
		asked.deed ? eq(auditEntries.deed, asked.deed) : undefined,
		asked.thing ? eq(auditEntries.thingId, asked.thing) : undefined,
		asked.from ? gte(auditEntries.occurredAt, asked.from) : undefined,
		asked.until ? lt(auditEntries.occurredAt, asked.until) : undefined
	);
}

function mustRead(actor: Actor, municipalityId: string) {
	if (!can(actor, 'audit.read', { municipalityId })) throw notFound();
}

/** One page of the audit log of a municipality, newest first. Pages count from 1. */
export async function auditPage(
	db: Db,
	actor: Actor,
	{ municipalityId, asked, page }: { municipalityId: string; asked: AuditQuestion; page: number }
) {
	mustRead(actor, municipalityId);
	const where = conditions(municipalityId, asked);
	const [{ total }] = await db
		.select({ total: count() })
		.from(auditEntries)
		.leftJoin(people, eq(people.id, auditEntries.actorId))
		.where(where);
	const entries = await db
		.select(columns)
		.from(auditEntries)
		.leftJoin(people, eq(people.id, auditEntries.actorId))
		.where(where)
		.orderBy(desc(auditEntries.seq))
		.limit(perPage)
		.offset((page - 1) * perPage);
	return {
		entries: await withAbsent(db, entries),
		total,
		page,
		pages: Math.max(1, Math.ceil(total / perPage))
	};
}

/** The same for a file: everything asked for, up to 20 000 rows. */
export async function auditFile(
	db: Db,
	actor: Actor,
	{ municipalityId, asked }: { municipalityId: string; asked: AuditQuestion }
) {
	mustRead(actor, municipalityId);
	const entries = await db
		.select(columns)
		.from(auditEntries)
		.leftJoin(people, eq(people.id, auditEntries.actorId))
		.where(conditions(municipalityId, asked))
		.orderBy(desc(auditEntries.seq))
		.limit(mostInFile);
	return withAbsent(db, entries);
}

/** Beside each deed of a stand-in, the name of whoever was on leave. */
async function withAbsent<Entry extends { details: Record<string, unknown> }>(
	db: Db,
	entries: Entry[]
) {
	const absentId = ({ details }: Entry) => (isId(details.insteadOf) ? details.insteadOf : null);
	const ids = [...new Set(entries.map(absentId).filter((id) => id !== null))];
	const found = ids.length
		? await db
				.select({ id: people.id, name: people.name })
				.from(people)
				.where(inArray(people.id, ids))
		: [];
	const names = new Map(found.map(({ id, name }) => [id, name]));
	return entries.map((entry) => ({
		...entry,
		insteadOf: names.get(absentId(entry) ?? '') ?? null
	}));
}

/** The deeds that have been done here, for the list to choose from. */
export const deedsDone = async (db: Db, municipalityId: string): Promise<string[]> =>
	(
		await db
			.selectDistinct({ deed: auditEntries.deed })
			.from(auditEntries)
			.where(eq(auditEntries.municipalityId, municipalityId))
	).map(({ deed }) => deed);
