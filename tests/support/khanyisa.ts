import { eq } from 'drizzle-orm';
import { appendEvent, lockCase, openCase } from '#lib/cases/server/index.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import {
	demoPersonId,
	departmentsOf,
	grantsOf,
	municipalityByCode
} from '#lib/identity/server/index.ts';
import { people } from '#lib/identity/server/schema.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { receiptIndexOf } from '#lib/issues/server/visible.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { wardCode } from '../../src/demo/khanyisa/municipalities.ts';

/** Somebody of the demonstration, as if they had just signed in. */
export async function signedIn(db: Db, handle: string): Promise<Actor> {
	const id = (await demoPersonId(db, handle))!;
	const [person] = await db.select().from(people).where(eq(people.id, id));
	const grants = await grantsOf(db, id, new Date());
	return {
		id,
		name: person.name,
		language: person.language,
		grants,
		session: { id: handle, kind: grants.length ? 'staff' : 'resident', secondFactorAt: new Date() }
	};
}

/** The id of a municipality of the demonstration. */
export const municipalityId = async (db: Db, code: 'KHA' | 'THO' | 'ULW'): Promise<string> =>
	(await municipalityByCode(db, code))!.id;

/** Somebody who asks: with an account, with receipts, or only with a device. */
export const asker = (facts: Partial<Asker> = {}): Asker => ({
	actor: null,
	receipts: [],
	device: 'a-device-nobody-knows-',
	...facts
});

interface Raised {
	reference: string;
	title: string;
	municipality: 'KHA' | 'THO';
	kind: 'issue' | 'suggestion';
	department: string;
	ward: number;
	reporterId: string | null;
	reporterName: string | null;
	receipt: string | null;
	private: boolean;
	held: boolean;
	at: Date;
}

/** Puts an issue there with its case, as reporting would. */
export async function raised(db: Db, facts: Partial<Raised> & Pick<Raised, 'reference'>) {
	const { reference, municipality = 'KHA', kind = 'issue', at = new Date() } = facts;
	const { id: municipalityId } = (await municipalityByCode(db, municipality))!;
	const departments = await departmentsOf(db, municipalityId);
	const department = departments.find(({ code }) => code === (facts.department ?? 'electricity'));
	const ward = wardCode(municipality, facts.ward ?? 7);
	const id = newId(at);
	await db.insert(issues).values({
		id,
		municipalityId,
		reference,
		kind,
		title: facts.title ?? 'Street light out at 14 Ntaba Street',
		description: 'It has been dark since the storm. My grandmother fell here.',
		place: '14 Ntaba Street',
		located: 'place',
		wardCode: ward,
		currentWardCode: ward,
		reporterId: facts.reporterId,
		reporterName: facts.reporterName,
		receiptIndex: facts.receipt ? receiptIndexOf(facts.receipt) : null,
		private: facts.private ?? false,
		clientId: newId(at),
		createdAt: at
	});
	const kase = await openCase(
		db,
		{
			municipalityId,
			track: kind,
			subjectId: id,
			reference,
			departmentId: department?.id,
			wardCode: ward,
			held: facts.held,
			private: facts.private,
			reporterId: facts.reporterId,
			deedId: newId(at)
		},
		at
	);
	return { id, municipalityId, caseId: kase.id, reference };
}

/** The department says it is done. Answers the event that residents are asked to confirm. */
export async function claimed(db: Db, caseId: string, at = new Date()): Promise<string> {
	const kase = await lockCase(db, caseId);
	const { eventId } = await appendEvent(db, kase, {
		kind: 'claim',
		actorId: null,
		actorRole: 'department_officer',
		at,
		visibility: 'public',
		stateTo: 'resolved_claimed',
		facts: { departmentId: kase.departmentId },
		words: 'The lamp was replaced.'
	});
	return eventId;
}
