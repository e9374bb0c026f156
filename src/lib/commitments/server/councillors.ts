import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { grants, people } from '../../identity/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';

const councillor = (municipalityId: string) =>
	and(
		eq(grants.municipalityId, municipalityId),
		eq(grants.role, 'councillor'),
		isNotNull(grants.wardCode)
	);

const term = {
	personId: grants.personId,
	name: people.name,
	wardCode: grants.wardCode,
	term: grants.term,
	startsAt: grants.startsAt,
	endsAt: grants.endsAt
};

/** Who speaks for a ward now, the elected one first, and since when its seat is empty if it is. */
export async function councillorsOf(
	db: Db,
	municipalityId: string,
	wardCode: string,
	now = new Date()
) {
	const terms = await db
		.select(term)
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				councillor(municipalityId),
				eq(grants.wardCode, wardCode),
				lte(grants.startsAt, now),
				isNull(people.erasedAt)
			)
		)
		.orderBy(desc(grants.endsAt), asc(people.name));
	const holds = ({ endsAt }: { endsAt: Date | null }) => !endsAt || endsAt > now;
	const order = { ward: 0, acting: 1, pr: 2 };
	const now_ = terms
		.filter(holds)
		.sort((a, b) => order[a.term ?? 'ward'] - order[b.term ?? 'ward']);
	const elected = ({ term: kind }: { term: string | null }) => (kind ?? 'ward') === 'ward';
	const last = terms.find((each) => elected(each) && !holds(each));
	return {
		councillors: now_,
		/** The elected seat is empty since then; an acting councillor may stand in. */
		vacantSince: now_.some(elected) ? null : (last?.endsAt ?? null),
		vacant: !now_.some(elected)
	};
}

/** A councillor with every term they held here, newest first. 404 for whoever never was one. */
export async function councillorById(db: Db, municipalityId: string, personId: string) {
	const terms = await db
		.select(term)
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(and(councillor(municipalityId), eq(grants.personId, personId), isNull(people.erasedAt)))
		.orderBy(desc(grants.startsAt), asc(grants.wardCode));
	if (!terms.length) throw notFound();
	return { personId, name: terms[0].name, terms };
}

/** Everyone who speaks for a ward now, by ward: for the list of wards. */
export const currentCouncillors = (db: Db, municipalityId: string, now = new Date()) =>
	db
		.select(term)
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				councillor(municipalityId),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		)
		.orderBy(asc(grants.wardCode), asc(people.name));
