import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { freeCode } from '../../platform/codes.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import type { ServiceFacts } from '../service-form.ts';
import { issues, services } from './schema.ts';

export type ServiceRow = typeof services.$inferSelect;

/** Closes the door on whoever does not run this municipality's services. */
export function mustRunServices(actor: Actor, municipalityId: string) {
	if (!can(actor, 'service.manage', { municipalityId })) throw notFound();
}

/** Every service of a municipality in the order of the form, those taken off it too. */
export const allServices = (db: Db, municipalityId: string): Promise<ServiceRow[]> =>
	db
		.select()
		.from(services)
		.where(eq(services.municipalityId, municipalityId))
		.orderBy(asc(services.position), asc(services.name));

/** One service of this municipality; those of others do not exist. `lock` holds it for a change. */
export async function serviceToManage(
	db: Db,
	actor: Actor,
	municipalityId: string,
	serviceId: string,
	lock = false
): Promise<ServiceRow> {
	mustRunServices(actor, municipalityId);
	if (!isId(serviceId)) throw notFound();
	const query = db
		.select()
		.from(services)
		.where(and(eq(services.id, serviceId), eq(services.municipalityId, municipalityId)));
	const [found] = lock ? await query.for('update') : await query;
	if (!found) throw notFound();
	return found;
}

/** How many reports each service has had. */
export const reportsByService = async (
	db: Db,
	municipalityId: string
): Promise<Map<string, number>> => {
	const counted = await db
		.select({ serviceId: issues.serviceId, reports: sql<number>`count(*)::int` })
		.from(issues)
		.where(eq(issues.municipalityId, municipalityId))
		.groupBy(issues.serviceId);
	return new Map(counted.map(({ serviceId, reports }) => [serviceId ?? '', reports]));
};

/** Adds a service at the end of the form. Answers its id. */
export async function addService(
	db: Db,
	actor: Actor,
	{ municipalityId, ...facts }: ServiceFacts & { municipalityId: string },
	now = new Date()
): Promise<string> {
	mustRunServices(actor, municipalityId);
	return db.transaction(async (tx) => {
		const others = await allServices(tx, municipalityId);
		mustBeAnotherName(facts.name, others);
		const departmentId = await departmentThatWorks(tx, municipalityId, facts.departmentId);

		const id = newId(now);
		const code = freeCode(
			facts.name,
			others.map((other) => other.code)
		);
		const position = Math.max(0, ...others.map((other) => other.position)) + 1;
		await tx.insert(services).values({
			...facts,
			id,
			municipalityId,
			code,
			position,
			departmentId,
			stopAdvice: facts.stopAdvice || null
		});
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'service.added',
				thing: 'service',
				thingId: id,
				details: { code, departmentId }
			},
			now
		);
		return id;
	});
}

/** Changes a service. Its code stays: reports, imports and other systems know it by that. */
export async function editService(
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; serviceId: string; version: string } & ServiceFacts,
	now = new Date()
) {
	const { municipalityId, serviceId, version, ...changes } = facts;
	await db.transaction(async (tx) => {
		const before = await serviceToManage(tx, actor, municipalityId, serviceId, true);
		mustBeAsShown(before, version);
		const others = await allServices(tx, municipalityId);
		mustBeAnotherName(
			changes.name,
			others.filter(({ id }) => id !== serviceId)
		);
		const departmentId = await departmentThatWorks(
			tx,
			municipalityId,
			changes.departmentId,
			before.departmentId
		);

		const after = { ...changes, departmentId, stopAdvice: changes.stopAdvice || null };
		await tx.update(services).set(after).where(eq(services.id, serviceId));
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'service.changed',
				thing: 'service',
				thingId: serviceId,
				details: { changed: changedKeys(before, after), departmentId }
			},
			now
		);
	});
}

const changedKeys = (before: object, after: object) => {
	const was = before as Record<string, unknown>;
	return Object.entries(after)
		.filter(([key, value]) => JSON.stringify(was[key]) !== JSON.stringify(value))
		.map(([key]) => key);
};

/** Puts a service one place up or down on the form, among those of its group. */
export async function moveService(
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; serviceId: string; by: 1 | -1 },
	now = new Date()
) {
	const { municipalityId, serviceId, by } = facts;
	await db.transaction(async (tx) => {
		const moved = await serviceToManage(tx, actor, municipalityId, serviceId, true);
		const all = await allServices(tx, municipalityId);
		const group = all.filter(({ group }) => group === moved.group);
		const other = group[group.findIndex(({ id }) => id === serviceId) + by];
		if (!other) return;

		const order = all.map(({ id }) => id);
		const [a, b] = [order.indexOf(serviceId), order.indexOf(other.id)];
		[order[a], order[b]] = [order[b], order[a]];
		for (const [position, id] of order.entries())
			if (all.find((each) => each.id === id)?.position !== position)
				await tx.update(services).set({ position }).where(eq(services.id, id));
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'service.moved', thing: 'service', thingId: serviceId },
			now
		);
	});
}

/** One line of the routing table: who gets new reports of a service. Empty is nobody. */
export interface Route {
	serviceId: string;
	/** What the person saw. */
	from: string;
	to: string;
}

/** The lines that differ from what was seen. */
export const changedRoutes = (routes: Route[]) => routes.filter(({ from, to }) => from !== to);

/**
 * Saves the routing table at once. New reports go the new way; open cases stay where they are.
 * Throws when somebody else changed one of the same lines.
 */
export async function saveRouting(
	db: Db,
	actor: Actor,
	{ municipalityId, routes }: { municipalityId: string; routes: Route[] },
	now = new Date()
) {
	mustRunServices(actor, municipalityId);
	const changes = changedRoutes(routes);
	if (!changes.length) return;
	if (!changes.every(({ serviceId }) => isId(serviceId))) throw notFound();

	await db.transaction(async (tx) => {
		const found = await tx
			.select()
			.from(services)
			.where(
				and(
					eq(services.municipalityId, municipalityId),
					inArray(
						services.id,
						changes.map(({ serviceId }) => serviceId)
					)
				)
			)
			.for('update');

		for (const { serviceId, from, to } of changes) {
			const service = found.find(({ id }) => id === serviceId);
			if (!service) throw notFound();
			if ((service.departmentId ?? '') !== from)
				throw new Refusal(
					409,
					`Somebody else has just changed where ${service.name} goes. Look at the table again, then save.`,
					serviceId
				);
			const departmentId = await departmentThatWorks(tx, municipalityId, to);
			await tx.update(services).set({ departmentId }).where(eq(services.id, serviceId));
		}
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'routing.changed',
				thing: 'municipality',
				thingId: municipalityId,
				details: { routes: changes }
			},
			now
		);
	});
}

/** A department of this municipality that takes work, or null for nobody. One that has it already may keep it. */
async function departmentThatWorks(
	tx: Db,
	municipalityId: string,
	departmentId: string,
	kept: string | null = null
) {
	if (!departmentId) return null;
	const all = await departmentsOf(tx, municipalityId);
	const found = all.find(({ id }) => id === departmentId);
	if (!found) throw new Refusal(400, 'Choose a department of the list', 'departmentId');
	if (!found.active && found.id !== kept)
		throw new Refusal(400, `${found.name} is closed. Choose another one.`, 'departmentId');
	return found.id;
}

function mustBeAnotherName(name: string, others: ServiceRow[]) {
	const twin = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
	if (twin)
		throw new Refusal(
			409,
			`There is already a service called ${twin.name}${twin.active ? '' : ', taken off the form'}.`,
			'name'
		);
}
