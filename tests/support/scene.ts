import { eq } from 'drizzle-orm';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { demoPersonId, grantsOf, municipalityByCode } from '#lib/identity/server/index.ts';
import { departments, people } from '#lib/identity/server/schema.ts';
import { openCase, type Case } from '#lib/cases/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** A person of the demonstration as they sign in: with the grants they hold at that instant. */
export async function personOf(db: Db, handle: string, now = new Date()): Promise<Actor> {
	const id = (await demoPersonId(db, handle))!;
	const [{ name, language }] = await db.select().from(people).where(eq(people.id, id));
	const grants = await grantsOf(db, id, now);
	const kind = grants.length ? 'staff' : 'resident';
	return { id, name, language, grants, session: { id: 'test', kind, secondFactorAt: now } };
}

export const askerFor = (actor: Actor | null, device = 'a-device'): Asker => ({
	actor,
	receipts: [],
	device
});

export const khanyisa = async (db: Db, code = 'KHA') => (await municipalityByCode(db, code))!;

export const departmentOf = async (db: Db, code: string) =>
	(await db.select().from(departments).where(eq(departments.code, code)))[0];

let nth = 0;

/** An issue with its open case, put there as an earlier day left it. */
export async function raise(
	db: Db,
	facts: Partial<typeof issues.$inferInsert> & {
		municipalityId: string;
		title: string;
		departmentId?: string;
		held?: boolean;
	},
	now = new Date()
): Promise<{ id: string; reference: string; kase: Case }> {
	const { departmentId, held, ...more } = facts;
	const id = newId(now);
	const reference = `KHA-26-T${String(++nth).padStart(4, '0')}`;
	await db.insert(issues).values({
		id,
		reference,
		kind: 'issue',
		located: 'ward',
		clientId: newId(now),
		createdAt: now,
		currentWardCode: facts.wardCode,
		...more
	});
	const kase = await openCase(
		db,
		{
			municipalityId: facts.municipalityId,
			track: facts.kind ?? 'issue',
			subjectId: id,
			reference,
			serviceId: facts.serviceId,
			departmentId,
			wardCode: facts.wardCode,
			private: facts.private,
			held,
			reporterId: facts.reporterId,
			deedId: newId(now)
		},
		now
	);
	return { id, reference, kase };
}
