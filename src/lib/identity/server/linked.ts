import { and, eq, isNotNull, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../../platform/server/db.ts';
import { contactPoints, personContacts } from './schema.ts';

/**
 * Other accounts that share a proved phone number or address with this one: where two different people
 * are needed, they count as the same. What was proved once stays: taking a number back unlinks nobody.
 */
export async function linkedPeople(db: Db, personId: string): Promise<string[]> {
	const theirs = alias(personContacts, 'theirs');
	const found = await db
		.selectDistinct({ id: theirs.personId })
		.from(personContacts)
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.innerJoin(theirs, eq(theirs.contactPointId, personContacts.contactPointId))
		.where(
			and(
				eq(personContacts.personId, personId),
				ne(theirs.personId, personId),
				isNotNull(contactPoints.verifiedAt)
			)
		);
	return found.map(({ id }) => id);
}
