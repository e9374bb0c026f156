import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { openStates } from '../../cases/rules.ts';
import { cases } from '../../cases/server/schema.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { services } from '../../issues/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { atWallTime } from '../../platform/time.ts';
import { responsibleFor, type ResponsibilityForm } from '../responsible.ts';
import { bodiesFor } from './bodies.ts';
import { endLine } from './end-line.ts';
import { inForce } from './responsible.ts';
import { responsibilities } from './schema.ts';

const mustManage = (actor: Actor, municipalityId: string) => {
	if (!can(actor, 'service.manage', { municipalityId })) throw notFound();
};

/** The table as it stands and as it will: what has not ended, with names. */
export async function responsibilityTable(db: Db, municipalityId: string) {
	const rows = await db
		.select({
			row: responsibilities,
			service: services.name,
			name: sql<string>`coalesce(${municipalities.name}, ${departments.name})`
		})
		.from(responsibilities)
		.leftJoin(services, eq(services.id, responsibilities.serviceId))
		.leftJoin(municipalities, eq(municipalities.id, responsibilities.toMunicipalityId))
		.leftJoin(departments, eq(departments.id, responsibilities.toDepartmentId))
		.where(and(eq(responsibilities.municipalityId, municipalityId), isNull(responsibilities.until)))
		.orderBy(responsibilities.since, responsibilities.id);
	return rows.map(({ row, service, name }) => ({
		id: row.id,
		what: service ?? `All of “${row.group}”`,
		wardCode: row.wardCode,
		name,
		sends: row.sends,
		since: row.since
	}));
}

interface Facts extends ResponsibilityForm {
	municipalityId: string;
}

async function lineOf(tx: Db, facts: Facts, now: Date) {
	const [kind, ...rest] = facts.function.split(':');
	const name = rest.join(':');
	const known = await tx
		.select()
		.from(services)
		.where(eq(services.municipalityId, facts.municipalityId));
	if (!known.some((each) => (kind === 'service' ? each.id : each.group) === name))
		throw new Refusal(400, 'Choose what it is about.', 'function');
	const body = (await bodiesFor(tx, facts.municipalityId)).find(({ key }) => key === facts.to);
	if (!body) throw new Refusal(400, 'Choose who is responsible.', 'to');
	const municipality = await municipalityById(tx, facts.municipalityId);
	const since = facts.since ? atWallTime(`${facts.since}T00:00`, municipality?.timezone) : null;
	const [toKind, toId] = facts.to.split(':');
	return {
		body,
		line: {
			municipalityId: facts.municipalityId,
			serviceId: kind === 'service' ? name : null,
			group: kind === 'group' ? name : null,
			wardCode: facts.wardCode || null,
			toMunicipalityId: toKind === 'municipality' ? toId : null,
			toDepartmentId: toKind === 'department' ? toId : null,
			sends: facts.sends,
			// Nothing was ever decided yesterday: a day that is past means from now on.
			since: since && since > now ? since : now
		}
	};
}

/** Says who is responsible from a day on. What said it before for the same function and place ends then. */
export const setResponsibility = (db: Db, actor: Actor, facts: Facts, now = new Date()) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, facts.municipalityId);
		const { line } = await lineOf(tx, facts, now);
		await tx
			.update(responsibilities)
			.set({
				until: sql`greatest(${responsibilities.since}, ${line.since.toISOString()}::timestamptz)`
			})
			.where(
				and(
					eq(responsibilities.municipalityId, facts.municipalityId),
					isNull(responsibilities.until),
					sql`${responsibilities.serviceId} is not distinct from ${line.serviceId}::uuid`,
					sql`${responsibilities.group} is not distinct from ${line.group}::text`,
					sql`${responsibilities.wardCode} is not distinct from ${line.wardCode}::text`
				)
			);
		const id = newId(now);
		await tx.insert(responsibilities).values({ id, ...line });
		await record(tx, actor, entry(facts.municipalityId, 'set', id), now);
		return id;
	});

/** Ends a line: from now on the municipality itself is responsible, or what else fits. */
export const endResponsibility = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, municipalityId);
		await endLine(tx, responsibilities, { municipalityId, id }, now);
		await record(tx, actor, entry(municipalityId, 'ended', id), now);
	});

const entry = (municipalityId: string, deed: string, thingId: string) => ({
	municipalityId,
	deed: `responsibility.${deed}`,
	thing: 'responsibility',
	thingId
});

/** What a line would mean for the cases that are open now. They stay where they are; their desks are told. */
export async function previewResponsibility(db: Db, facts: Facts, now = new Date()) {
	const { line, body } = await lineOf(db, facts, now);
	const rows = await inForce(db, facts.municipalityId, now);
	const others = rows.filter(
		(row) =>
			row.serviceId !== line.serviceId || row.group !== line.group || row.wardCode !== line.wardCode
	);
	const after = [...others, { ...line, id: 'new', until: null }];
	const open = await db
		.select({
			reference: cases.reference,
			state: cases.state,
			serviceId: cases.serviceId,
			wardCode: cases.currentWardCode,
			departmentId: cases.departmentId,
			group: services.group
		})
		.from(cases)
		.innerJoin(services, eq(services.id, cases.serviceId))
		.where(
			and(
				eq(cases.municipalityId, facts.municipalityId),
				eq(cases.track, 'issue'),
				inArray(cases.state, openStates),
				line.serviceId ? eq(services.id, line.serviceId) : eq(services.group, line.group!),
				line.wardCode ? eq(cases.currentWardCode, line.wardCode) : undefined
			)
		)
		.orderBy(cases.openedAt);
	const concerned = open.filter((kase) => responsibleFor(after, kase)?.id === 'new');
	return {
		body: body.name,
		since: line.since,
		open: concerned.length,
		theirs: concerned.filter(
			({ departmentId }) => line.toDepartmentId !== null && departmentId === line.toDepartmentId
		).length,
		away: concerned.filter(({ state }) => state === 'referred_out').length,
		some: concerned.slice(0, 5).map(({ reference }) => reference)
	};
}
export type ResponsibilityPreview = Awaited<ReturnType<typeof previewResponsibility>>;
