import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { boundarySets, boundaryTerms, wardCommittee, wards } from './schema.ts';

const columns = {
	id: wards.id,
	code: wards.code,
	number: wards.number,
	municipalityId: wards.municipalityId,
	areas: wards.areas,
	voters: wards.voters,
	boundarySetId: wards.boundarySetId,
	simplified: boundarySets.simplified,
	validFrom: boundaryTerms.validFrom,
	validTo: boundaryTerms.validTo
};

export interface Ward {
	id: string;
	/** Eight digits, as a text. */
	code: string;
	number: number;
	municipalityId: string;
	/** Suburbs and places inside, as people call them. */
	areas: string[];
	voters: number | null;
	boundarySetId: string;
	/** Lines for overview maps only. */
	simplified: boolean;
	validFrom: Date;
	validTo: Date | null;
}

/** The terms that hold at an instant. */
const inForce = (at: Date) =>
	and(
		lte(boundaryTerms.validFrom, at),
		or(isNull(boundaryTerms.validTo), gt(boundaryTerms.validTo, at))
	);

const wardsWhere = (db: Db) =>
	db
		.select(columns)
		.from(wards)
		.innerJoin(boundarySets, eq(boundarySets.id, wards.boundarySetId))
		.innerJoin(
			boundaryTerms,
			and(
				eq(boundaryTerms.boundarySetId, wards.boundarySetId),
				eq(boundaryTerms.municipalityId, wards.municipalityId)
			)
		);

/** The wards of a municipality as they are at an instant, by number. */
export const wardsOf = (db: Db, municipalityId: string, now = new Date()): Promise<Ward[]> =>
	wardsWhere(db)
		.where(and(eq(wards.municipalityId, municipalityId), inForce(now)))
		.orderBy(asc(wards.number));

/** A ward by its code: as it is now, else as it last was. */
export async function wardByCode(
	db: Db,
	municipalityId: string,
	code: string,
	now = new Date()
): Promise<Ward | undefined> {
	const found: Ward[] = await wardsWhere(db)
		.where(and(eq(wards.municipalityId, municipalityId), eq(wards.code, code)))
		.orderBy(desc(boundaryTerms.validFrom));
	const holds = ({ validFrom, validTo }: Ward) => validFrom <= now && (!validTo || validTo > now);
	return found.find(holds) ?? found[0];
}

export type CommitteeMember = Pick<
	typeof wardCommittee.$inferSelect,
	'id' | 'name' | 'interest' | 'personId'
>;

/** Who sits on the committee of a ward. */
export const committeeOf = (
	db: Db,
	municipalityId: string,
	wardCode: string,
	now = new Date()
): Promise<CommitteeMember[]> =>
	db
		.select({
			id: wardCommittee.id,
			name: wardCommittee.name,
			interest: wardCommittee.interest,
			personId: wardCommittee.personId
		})
		.from(wardCommittee)
		.where(
			and(
				eq(wardCommittee.municipalityId, municipalityId),
				eq(wardCommittee.wardCode, wardCode),
				lte(wardCommittee.startsAt, now),
				or(isNull(wardCommittee.endsAt), gt(wardCommittee.endsAt, now))
			)
		)
		.orderBy(asc(wardCommittee.name));
