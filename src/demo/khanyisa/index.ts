import { departments, grants, municipalities, people } from '#lib/identity/server/schema.ts';
import { attachContact, keepContact, readContact } from '#lib/identity/server/index.ts';
import { applyServiceTemplate } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { settleAgreements } from './agreements.ts';
import { settleGeography } from './geography.ts';
import { settleWarnings } from './warnings.ts';
import { demoDepartments, demoMunicipalities, wardCode } from './municipalities.ts';
import { demoColleagues } from './colleagues.ts';
import { demoPeople, type DemoPerson } from './people.ts';

/** Khanyisa, its neighbour and their district, as they stand before anybody reports anything. */
export async function settleKhanyisa(db: Db, now = new Date()) {
	const ids = await settleMunicipalities(db);
	const departmentIds = await settleDepartments(db, ids);
	for (const person of [...demoPeople, ...demoColleagues])
		await settlePerson(db, person, ids, departmentIds, now);
	await settleGeography(db, ids, now);
	await settleServices(db, ids, now);
	await settleAgreements(db, ids, departmentIds, now);
	await settleWarnings(db, ids, now);
}

type Ids = Record<string, string>;

async function settleMunicipalities(db: Db): Promise<Ids> {
	const ids: Ids = {};
	for (const { code, mdbCode, name, kind, district } of demoMunicipalities) {
		ids[code] = newId();
		await db.insert(municipalities).values({
			id: ids[code],
			code,
			mdbCode,
			name,
			kind,
			districtId: district ? ids[district] : null,
			active: true,
			languages: ['en', 'zu', 'xh', 'af'],
			emergencyNumbers: [
				{ label: 'Any emergency, from a cell phone', number: '112' },
				{ label: 'Police', number: '10111' },
				{ label: 'Ambulance', number: '10177' }
			],
			// Exchange 000 does not exist: whoever dials it reaches nobody.
			contact: {
				phone: '040 000 0100',
				email: `help@${name.toLowerCase()}.example`,
				address: `Civic Centre\n1 Market Street\n${name}`,
				hours: 'Monday to Friday, 07:45 to 16:30'
			}
		});
	}
	return ids;
}

const domain = { KHA: 'khanyisa', THO: 'thokozani', ULW: 'ulwandle' };

async function settleDepartments(db: Db, ids: Ids): Promise<Ids> {
	const departmentIds: Ids = {};
	for (const { municipality, code, name, kind } of demoDepartments) {
		const id = (departmentIds[`${municipality}/${code}`] = newId());
		await db.insert(departments).values({
			id,
			municipalityId: ids[municipality],
			code,
			name,
			kind,
			email:
				kind === 'department' ? `${code}@${domain[municipality]}.example` : `help@${code}.example`
		});
	}
	return departmentIds;
}

/** In a small municipality two departments do everything. */
const thokozani = {
	...Object.fromEntries(
		['water', 'electricity', 'roads', 'planning', 'housing'].map((code) => [code, 'technical'])
	),
	...Object.fromEntries(
		['waste', 'parks', 'safety', 'health', 'facilities'].map((code) => [code, 'community'])
	)
};

async function settleServices(db: Db, ids: Ids, now: Date) {
	await applyServiceTemplate(db, ids.KHA, now);
	await applyServiceTemplate(db, ids.THO, now, { instead: thokozani });
}

type Somebody = Omit<DemoPerson, 'handle' | 'seat' | 'about' | 'email'> &
	Partial<Pick<DemoPerson, 'handle' | 'email'>>;

async function settlePerson(db: Db, person: Somebody, ids: Ids, departmentIds: Ids, now: Date) {
	const id = newId();
	const municipalityId = ids[person.municipality];
	await db.insert(people).values({
		id,
		name: person.name,
		language: person.language ?? 'en',
		homeMunicipalityId: municipalityId,
		demoHandle: person.handle
	});
	await settleContacts(db, person, id, now);
	if (!person.role) return;

	for (const ward of person.wards ?? [null])
		await db.insert(grants).values({
			id: newId(),
			municipalityId,
			personId: id,
			role: person.role,
			wardCode: ward && person.municipality !== 'ULW' ? wardCode(person.municipality, ward) : null,
			departmentId: person.department
				? departmentIds[`${person.municipality}/${person.department}`]
				: null,
			term: person.term ?? null,
			startsAt: later(now, -days(500))
		});
}

async function settleContacts(db: Db, person: Somebody, personId: string, now: Date) {
	for (const typed of [person.email, person.phone]) {
		const contact = typed && readContact(typed);
		if (!contact) continue;
		const { id } = await keepContact(db, contact, now);
		await attachContact(
			db,
			{ personId, contactPointId: id, purpose: 'sign_in', verified: true },
			now
		);
	}
}
