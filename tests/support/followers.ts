import { eq } from 'drizzle-orm';
import {
	contactPoints,
	departments,
	municipalities,
	people,
	personContacts
} from '#lib/identity/server/schema.ts';
import { keepContact } from '#lib/identity/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { unseal } from '#lib/platform/server/keys.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** Khanyisa and one department, with nobody in it. */
export async function settleTown(db: Db) {
	const municipalityId = newId();
	await db.insert(municipalities).values({
		id: municipalityId,
		code: 'KHA',
		name: 'Khanyisa',
		kind: 'B',
		active: true,
		hosts: ['khanyisa.example']
	});
	const departmentId = newId();
	await db
		.insert(departments)
		.values({ id: departmentId, municipalityId, code: 'water', name: 'Water and Sanitation' });
	return { municipalityId, departmentId };
}

/** Somebody with an e-mail address or phone that is theirs. */
export async function settleReader(
	db: Db,
	name: string,
	value: string,
	{ language = 'en', verified = true } = {}
) {
	const personId = newId();
	await db.insert(people).values({ id: personId, name, language });
	const contactPointId = await settleContact(db, value, verified);
	await db.insert(personContacts).values({
		personId,
		contactPointId,
		purpose: 'service',
		basis: 'public_duty',
		noticeVersion: '1'
	});
	return { personId, contactPointId, language };
}

export async function settleContact(db: Db, value: string, verified = true) {
	const kind = value.includes('@') ? 'email' : 'phone';
	const { id } = await keepContact(db, { kind, value, sms: kind === 'phone' });
	if (verified)
		await db
			.update(contactPoints)
			.set({ verifiedAt: new Date('2026-01-01T00:00:00Z') })
			.where(eq(contactPoints.id, id));
	return id;
}

/** Every message there is, opened. */
export async function letters(db: Db) {
	const found = await db.select().from(messages).orderBy(messages.createdAt);
	return found.map((row) => ({
		...row,
		text: row.textSealed ? unseal('message', row.textSealed, row.id) : ''
	}));
}
