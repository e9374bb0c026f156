import { and, eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { moveUnfinishedCases, unfinishedByDepartment } from '../../cases/server/index.ts';
import { capacity, type Actor } from '../../identity/permissions.ts';
import { departmentOf, municipalityToRun } from '../../identity/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { closingObstacle, holdingsWords, type Holdings } from '../closing.ts';
import { services } from './schema.ts';

/** What every department holds: cases to finish and services that send to it. */
export async function holdingsByDepartment(
	db: Db,
	municipalityId: string
): Promise<Map<string, Holdings>> {
	const held = await unfinishedByDepartment(db, municipalityId);
	const sending = await db
		.select({ departmentId: services.departmentId, services: sql<number>`count(*)::int` })
		.from(services)
		.where(eq(services.municipalityId, municipalityId))
		.groupBy(services.departmentId);

	const holdings = new Map<string, Holdings>();
	for (const [id, cases] of held) holdings.set(id, { cases, services: 0 });
	for (const { departmentId, services } of sending)
		holdings.set(departmentId ?? '', {
			cases: held.get(departmentId ?? '') ?? 0,
			services
		});
	return holdings;
}

/**
 * Closes a department: nothing new is sent to it, and what it holds goes to another one.
 * Throws when it holds work and no successor is named.
 */
export async function closeDepartment(
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; departmentId: string; moveTo?: string },
	now = new Date()
) {
	const { municipalityId, departmentId, moveTo } = facts;
	await db.transaction(async (tx) => {
		const municipality = await municipalityToRun(tx, actor, municipalityId);
		const closing = await departmentOf(tx, municipalityId, departmentId);
		const successor = moveTo ? await departmentOf(tx, municipalityId, moveTo) : null;
		if (successor && (successor.id === departmentId || !successor.active))
			throw new Refusal(400, 'Choose another one that takes work', 'moveTo');

		const holds = (await holdingsByDepartment(tx, municipalityId)).get(departmentId) ?? {
			cases: 0,
			services: 0
		};
		if (closingObstacle(holds, successor))
			throw new Refusal(
				409,
				`${closing.name} still holds ${holdingsWords(holds)}. Choose who takes over.`,
				'moveTo'
			);

		const role = capacity(actor, 'municipality.manage', {
			municipalityId,
			districtId: municipality.districtId
		});
		const moved = successor
			? await moveUnfinishedCases(
					tx,
					{ id: actor.id, role },
					{
						municipalityId,
						from: departmentId,
						to: successor.id,
						words: `${closing.name} has closed. ${successor.name} takes over its work.`
					},
					now
				)
			: 0;
		if (successor)
			await tx
				.update(services)
				.set({ departmentId: successor.id })
				.where(
					and(eq(services.municipalityId, municipalityId), eq(services.departmentId, departmentId))
				);
		await tx.update(departments).set({ active: false }).where(eq(departments.id, departmentId));
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'department.closed',
				thing: 'department',
				thingId: departmentId,
				details: { moveTo: successor?.id ?? null, cases: moved, services: holds.services }
			},
			now
		);
	});
}
