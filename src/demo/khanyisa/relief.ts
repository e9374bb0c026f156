import { eq } from 'drizzle-orm';
import {
	addMember,
	addProgramme,
	addSite,
	assign,
	openEvent,
	registerHousehold
} from '#lib/aid/server/index.ts';
import type { Registration } from '#lib/aid/household.ts';
import type { AidRole } from '#lib/aid/roles.ts';
import { aidHouseholds, aidSites } from '#lib/aid/server/schema.ts';
import { demoPersonId, municipalityByCode } from '#lib/identity/server/index.ts';
import { departments } from '#lib/identity/server/schema.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { wardCode } from './municipalities.ts';
import { nameLanguages, namesOf } from './names.ts';
import { settleStock } from './relief-stock.ts';
import { actorOf } from './story/cast.ts';
import { dice, storyId, type Dice } from './story/dice.ts';

/** How many families are registered before the demonstration opens, and how many when all is told. */
export const reliefAtOnce = 8;
export const reliefInAll = 60;

// prettier-ignore
const sites = [
	{ name: 'Khanyisa Stadium', agency: 'open-hands', ward: 7, address: 'Main Road', hall: 'Under the main stand' },
	{ name: 'Lower Thembeni Hall', agency: 'open-hands', ward: 7, address: '2 Ntaba Street', hall: 'The hall' },
	{ name: 'Mosque in Market Street', agency: 'open-hands', ward: 3, address: '40 Market Street', hall: 'The school room' },
	{ name: 'Methodist Church, Mill Road', agency: 'warm-pot', ward: 8, address: '11 Mill Road', hall: 'The church hall' },
	{ name: 'Thembeni Primary School', agency: 'warm-pot', ward: 7, address: '5 School Lane', hall: 'Classrooms 1 to 4' }
];
const agencies = { 'open-hands': 'Open Hands Relief', 'warm-pot': 'Warm Pot Kitchens' } as const;
const programmes = [
	{
		name: 'Food parcels',
		agency: 'warm-pot',
		about: 'One parcel a household a week, two from six people on'
	},
	{
		name: 'Blankets and mattresses',
		agency: 'open-hands',
		about: 'One for each person whose bed burnt'
	}
] as const;

/** Who does what at every site; the store, the table and the visits are at the stadium alone. */
const everywhere: Array<[handle: string, role: AidRole]> = [
	['aid-registrar', 'registrar'],
	['aid-adjudicator', 'adjudicator'],
	['aid-auditor', 'auditor']
];
const atStadium: Array<[handle: string, role: AidRole]> = [
	['aid-storekeeper', 'storekeeper'],
	['aid-distributor', 'distributor'],
	['aid-verifier', 'verifier']
];
const forProgrammes: Array<[handle: string, role: AidRole]> = [
	['aid-approver', 'approver'],
	['aid-finance', 'finance']
];

const eventName = 'Wildfire at Lower Thembeni';

/** The relief after a wildfire: two agencies, five sites, who does what, and the first families. */
export async function settleRelief(db: Db, now: Date) {
	const { id: municipalityId } = (await municipalityByCode(db, 'KHA'))!;
	const begun = later(now, -hours(40));
	const person = async (handle: string) => (await demoPersonId(db, handle))!;
	const sipho = await actorOf(db, await person('disaster-officer'), begun);

	const agencyIds: Record<string, string> = {};
	for (const [code, name] of Object.entries(agencies)) {
		agencyIds[code] = storyId('agency', code);
		await db.insert(departments).values({
			id: agencyIds[code],
			municipalityId,
			code,
			name,
			kind: 'agency',
			email: `help@${code}.example`
		});
	}
	const eventId = await openEvent(
		db,
		sipho,
		{ municipalityId, name: eventName, kind: 'fire' },
		begun
	);
	const siteIds: string[] = [];
	for (const { name, agency, ward, address } of sites)
		siteIds.push(
			await addSite(
				db,
				sipho,
				{ eventId, name, agencyId: agencyIds[agency], wardCode: wardCode('KHA', ward), address },
				begun
			)
		);
	const places: Array<[string, AidRole, string]> = [
		...siteIds.flatMap((id) =>
			everywhere.map(([handle, role]): [string, AidRole, string] => [handle, role, `site:${id}`])
		),
		...atStadium.map(([handle, role]): [string, AidRole, string] => [
			handle,
			role,
			`site:${siteIds[0]}`
		])
	];
	for (const { name, agency, about } of programmes) {
		const id = await addProgramme(
			db,
			sipho,
			{ eventId, name, agencyId: agencyIds[agency], about },
			begun
		);
		for (const [handle, role] of forProgrammes) places.push([handle, role, `programme:${id}`]);
	}
	for (const [handle, role, at] of places)
		await assign(db, sipho, { eventId, personId: await person(handle), role, at }, begun);
	await settleStock(db, { eventId, stadium: siteIds[0], hall: siteIds[1] }, now);
	await registerFamilies(db, now, 0, reliefAtOnce);
}

/** Registers the families from one number up to another, as Neo did it; told twice it happens once. */
export async function registerFamilies(
	db: Db,
	now: Date,
	from: number,
	to: number,
	goesOn: () => Promise<boolean> = async () => true
) {
	const municipality = (await municipalityByCode(db, 'KHA'))!;
	const known = await db
		.select()
		.from(aidSites)
		.where(eq(aidSites.municipalityId, municipality.id));
	if (!known.length) return;
	const begun = later(now, -hours(36));
	const neo = await actorOf(db, (await demoPersonId(db, 'aid-registrar'))!, begun);
	for (let n = from; n < to; n++) {
		const id = storyId('relief', n);
		const [told] = await db.select().from(aidHouseholds).where(eq(aidHouseholds.id, id));
		if (told) continue;
		if (!(await goesOn())) return;
		const { head, members, site } = family(n);
		const at = later(begun, minutes(30 * n));
		const where = known.find(({ name }) => name === site.name)!;
		await registerHousehold(db, neo, { ...head, id, eventId: where.eventId, siteId: where.id }, at);
		for (const [m, member] of members.entries())
			await addMember(db, neo, { ...member, householdId: id }, later(at, minutes(m + 1)));
	}
}

/** The same family for the same number. Number 5 is number 2 once more, as somebody else wrote it down. */
function family(n: number) {
	const again = n === 5;
	const roll = dice(again ? 7002 : 7000 + n);
	const names = namesOf[roll.of(nameLanguages)];
	const surname = roll.of(names.surnames);
	const site = roll.of(sites);
	const person = (oldest: number, youngest: number, sex: 'female' | 'male') =>
		({
			given: roll.of(names[sex]),
			surname,
			birth: birth(roll, oldest, youngest),
			sex,
			disability: roll.chance(0.06),
			...papers(roll),
			phone: '',
			nameFrom: 'said',
			birthFrom: 'said',
			witness: ''
		}) as const;
	const head = person(78, 24, roll.chance(0.6) ? 'female' : 'male');
	const stay = roll.of(['shelter', 'shelter', 'neighbours', 'home'] as const);
	const house = `${1 + roll.below(90)} ${roll.of(['Ntaba Street', 'Mill Road', 'School Lane', 'Kerk Street'])}`;
	const age = 2026 - Number(head.birth.slice(0, 4));
	const members = Array.from({ length: roll.below(4) }, (_, m) => ({
		...(m
			? person(17, 0, roll.chance(0.5) ? 'female' : 'male')
			: person(age + 6, Math.max(20, age - 6), head.sex === 'female' ? 'male' : 'female')),
		relation: m ? (age < 55 ? ('child' as const) : ('other' as const)) : ('partner' as const)
	}));
	const facts: Omit<Registration, 'id' | 'siteId'> = {
		...head,
		stay,
		address:
			stay === 'shelter' ? site.hall : stay === 'home' ? house : `With the family at ${house}`,
		wardCode: wardCode('KHA', site.ward),
		damage: roll.of(['destroyed', 'destroyed', 'unsafe', 'damaged', 'not_seen']),
		needs: roll.chance(0.5) ? ['food', 'clothing', 'documents'] : ['food', 'shelter'],
		foundBy: roll.chance(0.4) ? 'seen' : 'said'
	};
	return {
		site: again ? sites[(sites.indexOf(site) + 1) % sites.length] : site,
		head: again ? { ...facts, surname: misheard(surname), address: 'The hall' } : facts,
		members
	};
}

/** As somebody else hears it. */
const misheard = (name: string) =>
	name.replace(/(.)h|(.)\2|(\w)$/, (part) => (part.length > 1 ? part[0] : `${part}e`));

function birth(roll: Dice, oldest: number, youngest: number): string {
	const year = 2026 - youngest - roll.below(Math.max(1, oldest - youngest));
	const two = (of: number) => String(1 + roll.below(of)).padStart(2, '0');
	return `${year}-${two(12)}-${two(28)}`;
}

/** Three in ten lost theirs. A passport here has letters that none has, so that it is nobody's. */
function papers(roll: Dice) {
	const number = String(roll.below(9_000_000) + 1_000_000);
	return roll.chance(0.3)
		? ({
				documentKind: 'none',
				documentNumber: '',
				documentReason: 'Burnt with the house'
			} as const)
		: ({ documentKind: 'passport', documentNumber: `DEMO${number}`, documentReason: '' } as const);
}
