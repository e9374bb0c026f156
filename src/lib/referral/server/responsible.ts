import { and, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { appendEvent, deedEntry, type Case } from '../../cases/server/index.ts';
import { caseEvents } from '../../cases/server/schema.ts';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { services } from '../../issues/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { responsibleFor } from '../responsible.ts';
import { targetOf } from './bodies.ts';
import { responsibilities } from './schema.ts';
import { send } from './send.ts';

export type Responsibility = typeof responsibilities.$inferSelect;

const keyOf = ({ toMunicipalityId, toDepartmentId }: Responsibility) =>
	toMunicipalityId ? `municipality:${toMunicipalityId}` : `department:${toDepartmentId}`;

export const inForce = (db: Db, municipalityId: string, now: Date): Promise<Responsibility[]> =>
	db
		.select()
		.from(responsibilities)
		.where(
			and(
				eq(responsibilities.municipalityId, municipalityId),
				lte(responsibilities.since, now),
				or(isNull(responsibilities.until), gt(responsibilities.until, now))
			)
		);

type Placed = Pick<Case, 'municipalityId' | 'serviceId' | 'currentWardCode' | 'departmentId'>;

/** Who is responsible for such a case at an instant, when it is somebody else than who has it. */
export async function responsibleBody(db: Db, kase: Placed, now: Date) {
	const rows = await inForce(db, kase.municipalityId, now);
	if (rows.length === 0 || !kase.serviceId) return null;
	const [service] = await db
		.select({ group: services.group })
		.from(services)
		.where(eq(services.id, kase.serviceId));
	const row = responsibleFor(rows, {
		serviceId: kase.serviceId,
		group: service?.group ?? null,
		wardCode: kase.currentWardCode
	});
	if (!row || (row.toDepartmentId && row.toDepartmentId === kase.departmentId)) return null;
	return { row, key: keyOf(row), name: await nameOf(db, row) };
}

async function nameOf(db: Db, { toMunicipalityId, toDepartmentId }: Responsibility) {
	const [found] = toMunicipalityId
		? await db.select().from(municipalities).where(eq(municipalities.id, toMunicipalityId))
		: await db.select().from(departments).where(eq(departments.id, toDepartmentId!));
	return found.name;
}

/**
 * Says in a case who is responsible for it, once for each body, for everybody to read; and hands it
 * over where the table says so and nobody has had it before. A body that cannot be reached is only named.
 */
export async function sayWhoIsResponsible(tx: Db, kase: Case, now: Date): Promise<Case> {
	const body = await responsibleBody(tx, kase, now);
	if (!body || (await saidLast(tx, kase.id)) === body.key) return kase;
	const said = await appendEvent(tx, kase, {
		kind: 'responsible',
		actorId: null,
		actorRole: 'system',
		at: now,
		visibility: kase.private ? 'private' : 'public',
		facts: { holder: body.name, code: body.key },
		silent: true
	});
	return body.row.sends ? sendByItself(tx, said, body.key, now) : said;
}

async function saidLast(tx: Db, caseId: string): Promise<string | undefined> {
	const [last] = await tx
		.select({ facts: caseEvents.facts })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.kind, 'responsible')))
		.orderBy(desc(caseEvents.seq))
		.limit(1);
	return last?.facts.code;
}

const bySystem = { actorId: null, actorRole: 'system' };

async function sendByItself(tx: Db, kase: Case, key: string, now: Date): Promise<Case> {
	try {
		const target = await targetOf(tx, kase.municipalityId, key);
		const { after } = await send(
			tx,
			kase,
			target,
			{ words: 'By the table of who is responsible for what, and where.', deedId: newId(now) },
			now,
			bySystem
		);
		await record(tx, null, deedEntry(after, 'referred'), now);
		return after;
	} catch (reason) {
		// It has been there before, or nobody can be told: a person decides.
		if (reason instanceof Refusal) return kase;
		throw reason;
	}
}
