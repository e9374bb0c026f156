import { and, eq, isNull } from 'drizzle-orm';
import { findCase, ownedOf } from '../../cases/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { contactValue } from '../../identity/server/index.ts';
import { people, personContacts, privateViews } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { issues } from './schema.ts';

export interface Revealed {
	name: string | null;
	contacts: Array<{ kind: 'phone' | 'email'; value: string }>;
}

/**
 * Who reported it and how to reach them, for whoever may read that. Looking leaves a line in the
 * access log which the person can see (POPIA s23). Throws a 404 for everybody else.
 */
export const revealReporter = (
	db: Db,
	actor: Actor,
	reference: string,
	now = new Date()
): Promise<Revealed> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const kase = await findCase(tx, actor, reference);
		if (!can(actor, 'case.read_private', ownedOf(kase))) throw notFound();
		const [reporter] = await tx
			.select({
				personId: issues.reporterId,
				contactPointId: issues.contactPointId,
				given: issues.reporterName,
				name: people.name
			})
			.from(issues)
			.leftJoin(people, eq(people.id, issues.reporterId))
			.where(eq(issues.id, kase.subjectId));

		const contacts: Revealed['contacts'] = [];
		for (const id of await contactPointsOf(tx, reporter)) {
			const contact = await contactValue(tx, id);
			if (contact) contacts.push({ kind: contact.kind, value: contact.value });
		}
		await tx.insert(privateViews).values({
			id: newId(now),
			municipalityId: kase.municipalityId,
			viewerId: actor.id,
			subject: 'issue',
			subjectId: kase.subjectId,
			personId: reporter.personId,
			field: 'reporter_contact',
			at: now
		});
		return { name: reporter.given || reporter.name || null, contacts };
	});

/** The contact given with the report, and those the person gave for messages about services. */
async function contactPointsOf(
	tx: Db,
	{ personId, contactPointId }: { personId: string | null; contactPointId: string | null }
): Promise<string[]> {
	const own = personId
		? await tx
				.selectDistinct({ id: personContacts.contactPointId })
				.from(personContacts)
				.where(and(eq(personContacts.personId, personId), isNull(personContacts.withdrawnAt)))
		: [];
	return [...new Set([contactPointId, ...own.map(({ id }) => id)].filter((id) => id !== null))];
}
