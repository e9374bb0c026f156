import { and, eq, inArray, sql } from 'drizzle-orm';
import { can, grantsFor, type Actor } from '../../identity/permissions.ts';
import { services } from '../../issues/server/schema.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { outageObstacle, type OutageDeed, type OutageObstacle, type OutageSent } from '../rules.ts';
import { outageFieldOf, outageObstacleWords } from '../wording.ts';
import { outageEvents, outages } from './schema.ts';

export type Outage = typeof outages.$inferSelect;

/** Which outage, and which state of it the person saw. */
export interface OutageAt {
	municipalityId: string;
	number: number;
	/** The version that was on the page: an older one is refused. */
	version?: number;
}

/** @throws Refusal 404 for whoever publishes no outages in this municipality, of whichever department */
export function mustPublishSome(actor: Actor, municipalityId: string) {
	const here = grantsFor(actor, 'outage.publish').some(
		({ grant }) => grant.municipalityId === municipalityId
	);
	if (!here) throw notFound();
}

/** Services of a municipality whose outages somebody may publish: all of them, or their department's. */
export async function ownServices(db: Db, actor: Actor, municipalityId: string) {
	mustPublishSome(actor, municipalityId);
	const all = await db.select().from(services).where(eq(services.municipalityId, municipalityId));
	return all.filter(({ departmentId }) =>
		can(actor, 'outage.publish', { municipalityId, departmentId })
	);
}

/** Whether every service it covers is one of theirs. */
export async function isTheirs(db: Db, actor: Actor, outage: Pick<Outage, 'serviceIds'>) {
	const found = await db
		.select({ municipalityId: services.municipalityId, departmentId: services.departmentId })
		.from(services)
		.where(inArray(services.id, outage.serviceIds));
	return found.every((owned) => can(actor, 'outage.publish', owned));
}

/** The outage, locked until the deed's transaction ends; 404 for whoever may not speak about it. */
export async function lockOutage(
	tx: Db,
	actor: Actor,
	{ municipalityId, number }: OutageAt
): Promise<Outage> {
	mustPublishSome(actor, municipalityId);
	const [found] = await tx
		.select()
		.from(outages)
		.where(and(eq(outages.municipalityId, municipalityId), eq(outages.number, number)))
		.for('update');
	if (!found || !(await isTheirs(tx, actor, found))) throw notFound();
	return found;
}

/** @throws Refusal, naming the field where there is one */
export const refuse = (obstacle: OutageObstacle) =>
	new Refusal(
		obstacle === 'not_from_here' || obstacle === 'not_begun' ? 409 : 400,
		outageObstacleWords[obstacle],
		outageFieldOf[obstacle]
	);

/** @throws Refusal 409 when somebody was quicker or it cannot be done, 400 naming the field that is wrong */
export function mustBePossible(
	deed: OutageDeed,
	before: Outage,
	{ version, ...sent }: OutageSent & { version?: number },
	now: Date
) {
	const obstacle = outageObstacle(deed, before, sent, now);
	if (obstacle === 'not_from_here') throw refuse(obstacle);
	if (version !== undefined && version !== before.version)
		throw new Refusal(
			409,
			'A colleague changed it while you were writing. Read it as it is now; your words are still here.',
			'version'
		);
	if (obstacle) throw refuse(obstacle);
}

/** Whether a form was read before. @throws Refusal 404 when it was about another outage */
export async function wasDone(tx: Db, deedId: string, outageId: string): Promise<boolean> {
	const [done] = await tx
		.select({ outageId: outageEvents.outageId })
		.from(outageEvents)
		.where(eq(outageEvents.id, deedId));
	if (done && done.outageId !== outageId) throw notFound();
	return Boolean(done);
}

/** Numbers run on: 1, 2. The lock ends with the transaction. */
export async function nextNumber(tx: Db, municipalityId: string): Promise<number> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`outage ${municipalityId}`}))`);
	const [{ last }] = await tx
		.select({ last: sql<number>`coalesce(max(${outages.number}), 0)` })
		.from(outages)
		.where(eq(outages.municipalityId, municipalityId));
	return Number(last) + 1;
}
