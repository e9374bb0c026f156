import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { remarkRule } from '../../cases/remarks.ts';
import {
	deedEntry,
	reachCase,
	say,
	standingIn,
	step,
	whoIsResponsible,
	type Case
} from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { deedOf } from '../../cases/rules.ts';
import { wardByCode } from '../../geography/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues, services } from './schema.ts';

interface Correction {
	deedId: string;
	basedOn?: number;
}

/**
 * Files an issue under another service. A public line says so, the work goes to the department of
 * that service, and what the service keeps private becomes private. Throws 404, 400 or 409.
 */
export const changeService = (
	db: Db,
	actor: Actor,
	caseId: string,
	{ serviceId, ...facts }: Correction & { serviceId: string },
	now = new Date()
): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const before = await reachCase(tx, actor, caseId);
		const service = await serviceFor(tx, before, serviceId);

		const filed = await say(
			tx,
			actor,
			before,
			{ remark: 'service_changed', serviceId, ...facts },
			now
		);
		if (filed.version === before.version) return filed;
		const closing = service.private ? { private: true } : {};
		await tx
			.update(issues)
			.set({ serviceId, ...closing })
			.where(eq(issues.id, before.subjectId));
		if (service.private)
			await tx.update(cases).set({ private: true }).where(eq(cases.id, before.id));
		const sent = await sendAlong(tx, actor, filed, service, now);
		const after = await whoIsResponsible(tx, sent, now);
		await record(tx, actor, correction(actor, before, after, 'service_changed'), now);
		return after;
	});

const correction = (
	actor: Actor,
	before: Case,
	after: Case,
	remark: 'service_changed' | 'ward_changed'
) => ({
	...deedEntry(after, remark),
	...standingIn(actor, before, remarkRule(remark).by)
});

type Service = typeof services.$inferSelect;

async function serviceFor(tx: Db, kase: Case, serviceId: string): Promise<Service> {
	const [service] = await tx
		.select()
		.from(services)
		.where(
			and(
				eq(services.id, serviceId),
				eq(services.municipalityId, kase.municipalityId),
				eq(services.active, true)
			)
		);
	if (!service) throw new Refusal(400, 'Choose a service from the list.', 'service');
	if (service.id === kase.serviceId)
		throw new Refusal(409, 'It is filed under that service already.', 'service');
	return service;
}

/** The new service may be another department's. */
async function sendAlong(
	tx: Db,
	actor: Actor,
	kase: Case,
	service: Service,
	now: Date
): Promise<Case> {
	const { departmentId } = service;
	const movable = deedOf('reroute').from.includes(kase.state);
	if (!movable || !departmentId || departmentId === kase.departmentId) return kase;
	const facts = {
		deed: 'reroute' as const,
		departmentId,
		words: `The category is now: ${service.name}.`,
		deedId: newId(now)
	};
	return step(tx, actor, kase, facts, now);
}

/**
 * Says in which ward it lies. The ward it was raised in stays in its history. Throws a 400 for a
 * ward that is not of this municipality, a 409 when it is there already.
 */
export const moveWard = (
	db: Db,
	actor: Actor,
	caseId: string,
	{ wardCode, ...facts }: Correction & { wardCode: string },
	now = new Date()
): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const before = await reachCase(tx, actor, caseId);
		const ward = await wardByCode(tx, before.municipalityId, wardCode, now);
		if (!ward) throw new Refusal(400, 'Choose a ward from the list.', 'ward');
		if (wardCode === before.currentWardCode)
			throw new Refusal(409, 'It lies in that ward already.', 'ward');

		const after = await say(tx, actor, before, { remark: 'ward_changed', wardCode, ...facts }, now);
		if (after.version === before.version) return after;
		await tx
			.update(issues)
			.set({ currentWardCode: wardCode, maybeWardCodes: [] })
			.where(eq(issues.id, before.subjectId));
		await record(tx, actor, correction(actor, before, after, 'ward_changed'), now);
		return whoIsResponsible(tx, after, now);
	});
