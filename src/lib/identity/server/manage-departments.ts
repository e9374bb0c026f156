import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { freeCode } from '../../platform/codes.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import type { DepartmentFacts } from '../municipality-form.ts';
import type { Actor } from '../permissions.ts';
import { municipalityToRun } from './manage-municipality.ts';
import { departmentsOf, type Department } from './municipalities.ts';
import { departments, grants } from './schema.ts';

/** A department of this municipality; others do not exist. */
export async function departmentOf(
	db: Db,
	municipalityId: string,
	departmentId: string
): Promise<Department> {
	const [found] = isId(departmentId)
		? await db
				.select()
				.from(departments)
				.where(
					and(eq(departments.id, departmentId), eq(departments.municipalityId, municipalityId))
				)
		: [];
	if (!found) throw notFound();
	return found;
}

/** Adds a department or another body. Answers its id. */
export async function addDepartment(
	db: Db,
	actor: Actor,
	{ municipalityId, ...facts }: DepartmentFacts & { municipalityId: string },
	now = new Date()
): Promise<string> {
	return db.transaction(async (tx) => {
		await municipalityToRun(tx, actor, municipalityId);
		const others = await departmentsOf(tx, municipalityId);
		mustBeAnotherName(facts.name, others);

		const id = newId(now);
		const code = freeCode(
			facts.name,
			others.map((other) => other.code)
		);
		await tx.insert(departments).values({ id, municipalityId, code, ...orNull(facts) });
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'department.added',
				thing: 'department',
				thingId: id,
				details: { code }
			},
			now
		);
		return id;
	});
}

/** Changes a department's name, kind or contact. */
export async function editDepartment(
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; departmentId: string; version: string } & DepartmentFacts,
	now = new Date()
) {
	const { municipalityId, departmentId, version, ...changes } = facts;
	await db.transaction(async (tx) => {
		await municipalityToRun(tx, actor, municipalityId);
		mustBeAsShown(await departmentOf(tx, municipalityId, departmentId), version);
		const others = await departmentsOf(tx, municipalityId);
		mustBeAnotherName(
			changes.name,
			others.filter(({ id }) => id !== departmentId)
		);

		await tx.update(departments).set(orNull(changes)).where(eq(departments.id, departmentId));
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'department.changed', thing: 'department', thingId: departmentId },
			now
		);
	});
}

/** Opens a closed department again: work can be sent to it. */
export async function reopenDepartment(
	db: Db,
	actor: Actor,
	{ municipalityId, departmentId }: { municipalityId: string; departmentId: string },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		await municipalityToRun(tx, actor, municipalityId);
		await departmentOf(tx, municipalityId, departmentId);
		await tx.update(departments).set({ active: true }).where(eq(departments.id, departmentId));
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'department.reopened', thing: 'department', thingId: departmentId },
			now
		);
	});
}

/** How many people work in each department now. */
export const staffByDepartment = async (
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<Map<string, number>> => {
	const counted = await db
		.select({
			departmentId: grants.departmentId,
			people: sql<number>`count(distinct ${grants.personId})::int`
		})
		.from(grants)
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		)
		.groupBy(grants.departmentId);
	return new Map(counted.map(({ departmentId, people }) => [departmentId ?? '', people]));
};

function mustBeAnotherName(name: string, others: Department[]) {
	const twin = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
	if (twin) throw new Refusal(409, `There is already one called ${twin.name}.`, 'name');
}

const orNull = ({ email, phone, hours, ...rest }: DepartmentFacts) => ({
	...rest,
	email: email || null,
	phone: phone || null,
	hours: hours || null
});
