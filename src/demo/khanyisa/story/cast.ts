import { and, eq } from 'drizzle-orm';
import type { Asker } from '#lib/identity/asker.ts';
import { grantsOf } from '#lib/identity/server/index.ts';
import { departments, grants, municipalities, people } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { storyId } from './dice.ts';

/** Somebody of the story at work, with the grants they hold. */
export async function actorOf(db: Db, personId: string, now: Date): Promise<Actor> {
	const [person] = await db.select().from(people).where(eq(people.id, personId));
	return {
		id: person.id,
		name: person.name,
		language: person.language,
		grants: await grantsOf(db, person.id, now),
		session: { id: 'story', kind: 'staff', secondFactorAt: now }
	};
}

/** Who acts in the story, found once. */
export interface Cast {
	municipalityIds: Record<string, string>;
	/** By handle: `councillor`, `agent`, `resident`. */
	byHandle(handle: string): Actor;
	/** An officer of a department, by `KHA/water`. */
	officer(department: string): Actor;
	/** The councillor of a ward, if it has one. */
	councillor(wardCode: string): Actor | undefined;
	/** A resident without an account, on a phone of their own. */
	neighbour(n: number): Asker;
}

export async function gatherCast(db: Db, now: Date): Promise<Cast> {
	const towns = await db.select().from(municipalities);
	const handles = new Map<string, Actor>();
	const officers = new Map<string, Actor>();
	const councillors = new Map<string, Actor>();

	for (const person of await db.select().from(people)) {
		const actor = await actorOf(db, person.id, now);
		if (person.demoHandle) handles.set(person.demoHandle, actor);
	}
	const working = await db
		.select({
			personId: grants.personId,
			role: grants.role,
			ward: grants.wardCode,
			department: departments.code,
			town: municipalities.code
		})
		.from(grants)
		.innerJoin(municipalities, eq(municipalities.id, grants.municipalityId))
		.leftJoin(departments, and(eq(departments.id, grants.departmentId)));
	for (const { personId, role, ward, department, town } of working) {
		if (role === 'department_officer' && department && !officers.has(`${town}/${department}`))
			officers.set(`${town}/${department}`, await actorOf(db, personId, now));
		if (role === 'councillor' && ward && !councillors.has(ward))
			councillors.set(ward, await actorOf(db, personId, now));
	}

	const found = (actor: Actor | undefined, what: string): Actor => {
		if (!actor) throw new Error(`The story has nobody for ${what}`);
		return actor;
	};
	return {
		municipalityIds: Object.fromEntries(towns.map(({ code, id }) => [code, id])),
		byHandle: (handle) => found(handles.get(handle), handle),
		officer: (department) => found(officers.get(department), department),
		councillor: (wardCode) => councillors.get(wardCode),
		neighbour: (n) => ({
			actor: null,
			receipts: [],
			device: storyId('phone', n).replaceAll('-', '').slice(0, 22)
		})
	};
}
