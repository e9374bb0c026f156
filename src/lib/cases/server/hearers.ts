import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Rung } from '../../clocks/ladder.ts';
import { followAll, type NewFollowing } from '../../delivery/server/index.ts';
import { grants, people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Case } from './append.ts';

/** Whoever has to answer follows the case from now on. */
export async function letHear(tx: Db, kase: Case, desk: Desk, now: Date) {
	const hearers = await answerable(tx, kase, desk, now);
	await followAll(
		tx,
		hearers.map((each) => hearing(kase, each)),
		now
	);
}

interface Hearer {
	id: string;
	language: string;
}

const hearing = (kase: Case, { id, language }: Hearer): NewFollowing => ({
	municipalityId: kase.municipalityId,
	subject: 'issue',
	subjectId: kase.subjectId,
	personId: id,
	channel: 'inbox',
	language,
	because: 'staff'
});

type Desk = Pick<Rung, 'level' | 'copyCouncillor'>;

/** Who holds the level in the department of the case, and its councillor where the rung says so. */
async function answerable(tx: Db, kase: Case, rung: Desk, now: Date): Promise<Hearer[]> {
	const level =
		rung.level === 'municipal_manager'
			? eq(grants.role, rung.level)
			: kase.departmentId
				? and(eq(grants.role, rung.level), eq(grants.departmentId, kase.departmentId))
				: undefined;
	const councillor =
		rung.copyCouncillor && kase.currentWardCode && !kase.private
			? and(eq(grants.role, 'councillor'), inArray(grants.wardCode, [kase.currentWardCode]))
			: undefined;
	if (!level && !councillor) return [];
	return tx
		.selectDistinct({ id: people.id, language: people.language })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, kase.municipalityId),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now)),
				or(level, councillor)
			)
		);
}

/** Who has to answer follows each case from now on. Desks are looked up once, cases are many. */
export async function letAllHear(
	tx: Db,
	climbers: Array<{ kase: Case; come: Array<{ rung: Rung }> }>,
	now: Date
) {
	const desks = new Map<string, Promise<Hearer[]>>();
	const all = new Map<string, NewFollowing>();
	for (const { kase, come } of climbers)
		for (const { rung } of come) {
			const desk = [
				...[kase.municipalityId, kase.departmentId, rung.level],
				...(rung.copyCouncillor && !kase.private ? [kase.currentWardCode] : [])
			].join('/');
			if (!desks.has(desk)) desks.set(desk, answerable(tx, kase, rung, now));
			for (const hearer of await desks.get(desk)!)
				all.set(`${kase.subjectId}/${hearer.id}`, hearing(kase, hearer));
		}
	await followAll(tx, [...all.values()], now);
}
