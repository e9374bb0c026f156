import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { readEmail } from '../contact.ts';
import { findContact } from './contacts.ts';
import { credentials, grants, people, personContacts } from './schema.ts';

export interface Colleague {
	id: string;
	name: string;
	language: string;
	contactPointId: string;
	passwordHash: string | undefined;
}

/** Whoever works here and signs in with an e-mail address. */
export async function staffByEmail(db: Db, typed: string): Promise<Colleague | undefined> {
	const email = readEmail(typed);
	const contactPointId = email && (await findContact(db, email));
	if (!contactPointId) return undefined;
	const [found] = await db
		.select({
			id: people.id,
			name: people.name,
			language: people.language,
			passwordHash: credentials.passwordHash
		})
		.from(personContacts)
		.innerJoin(people, eq(people.id, personContacts.personId))
		.leftJoin(credentials, eq(credentials.personId, people.id))
		.where(
			and(
				eq(personContacts.contactPointId, contactPointId),
				eq(personContacts.purpose, 'sign_in'),
				isNull(personContacts.withdrawnAt),
				isNull(people.erasedAt),
				or(
					sql`${credentials.personId} is not null`,
					sql`exists (select 1 from ${grants} where ${grants.personId} = ${people.id})`
				)
			)
		)
		.orderBy(sql`${credentials.personId} is null`, people.createdAt)
		.limit(1);
	return found && { ...found, contactPointId, passwordHash: found.passwordHash ?? undefined };
}
