import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import {
	addProgramme,
	addSite,
	assign,
	closePlace,
	endAssignment,
	eventOf,
	eventsOf,
	openEvent,
	overview
} from '#lib/aid/server/index.ts';
import { aidRoles, rolesClash, type AidRole } from '#lib/aid/roles.ts';
import { aidActs, aidAssignments } from '#lib/aid/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { giveGrant } from '#lib/identity/server/index.ts';
import {
	contactPoints,
	departments,
	grants,
	people,
	personContacts
} from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { faultOf, type Db } from '#lib/platform/server/db.ts';
import { later, hours } from '#lib/platform/time.ts';
import { inBothDatabases } from '../support/story.ts';
import { khanyisa, personOf } from '../support/scene.ts';

const now = new Date();

inBothDatabases(
	(place) => {
		let sipho: Actor, johan: Actor, neo: Actor, grace: Actor, pumla: Actor;
		let municipalityId: string, agencyId: string, eventId: string;
		let site: string, otherSite: string, programme: string;

		/** As the application's own database user, straight past every verb. */
		const asApp = (statement: ReturnType<typeof sql>) =>
			place.db.transaction(async (transaction) => {
				const tx = transaction as unknown as Db;
				await tx.execute(sql`set local role imbizo_app`);
				await tx.execute(statement);
			});
		const refused = async (statement: ReturnType<typeof sql>) => {
			const fault = await asApp(statement).then(
				() => ({ code: undefined, constraint: undefined }),
				faultOf
			);
			return fault.constraint ?? fault.code ?? 'nothing';
		};
		const assignment = (
			personId: string,
			role: AidRole,
			at: { site?: string; programme?: string } = { site }
		) => sql`insert into aid_assignments (id, municipality_id, event_id, site_id, programme_id, person_id, role, since, given_by)
		values (${newId()}::uuid, ${municipalityId}::uuid, ${eventId}::uuid, ${at.site ?? null}::uuid, ${at.programme ?? null}::uuid, ${personId}::uuid, ${role}, ${now.toISOString()}::timestamptz, ${sipho.id}::uuid)`;
		const deed = (
			personId: string,
			role: AidRole,
			{
				subject = newId(),
				at = now,
				site: where = site
			}: { subject?: string; at?: Date; site?: string } = {}
		) => sql`insert into aid_acts (id, municipality_id, event_id, site_id, person_id, role, assignment_id, deed, subject_id, at)
		values (${newId()}::uuid, ${municipalityId}::uuid, ${eventId}::uuid, ${where}::uuid, ${personId}::uuid, ${role},
			(select id from aid_assignments where person_id = ${personId}::uuid and role = ${role} and site_id = ${where}::uuid limit 1),
			'tried', ${subject}::uuid, ${at.toISOString()}::timestamptz)`;
		const stranger = async (name = 'Somebody') => {
			const id = newId();
			await place.db.insert(people).values({ id, name, homeMunicipalityId: municipalityId });
			return id;
		};
		const makeCouncillor = (personId: string, from = now, municipality = municipalityId) => sql`
		insert into grants (id, municipality_id, person_id, role, ward_code, term, starts_at)
		values (${newId()}::uuid, ${municipality}::uuid, ${personId}::uuid, 'councillor', '99901004', 'ward', ${from.toISOString()}::timestamptz)`;

		beforeEach(async () => {
			[sipho, johan, neo, grace, pumla] = [
				await personOf(place.db, 'disaster-officer'),
				await personOf(place.db, 'incident-commander'),
				await personOf(place.db, 'aid-registrar'),
				await personOf(place.db, 'aid-approver'),
				await personOf(place.db, 'agent')
			];
			municipalityId = (await khanyisa(place.db)).id;
			agencyId = newId();
			await place.db.insert(departments).values({
				id: agencyId,
				municipalityId,
				code: 'open-hands',
				name: 'Open Hands',
				kind: 'agency'
			});
			eventId = await openEvent(
				place.db,
				sipho,
				{ municipalityId, name: 'Wildfire', kind: 'fire' },
				now
			);
			const facts = { eventId, agencyId, wardCode: '99901007', address: '' };
			site = await addSite(place.db, sipho, { ...facts, name: 'Stadium' }, now);
			otherSite = await addSite(place.db, sipho, { ...facts, name: 'Mosque' }, now);
			programme = await addProgramme(
				place.db,
				sipho,
				{ eventId, agencyId, name: 'Food parcels', about: '' },
				now
			);
		});

		test.each(
			aidRoles.flatMap((a) => aidRoles.map((b) => [a, b] as const)).filter(([a, b]) => a < b)
		)('%s and %s, straight into the table of places', async (a, b) => {
			const somebody = await stranger();
			await asApp(assignment(somebody, a));
			expect(await refused(assignment(somebody, b))).toBe(
				rolesClash(a, b) ? 'aid_pair' : 'nothing'
			);
			// The order does not matter, and the next site is another matter; a programme is the same as a site.
			const another = await stranger();
			await asApp(assignment(another, b, { programme }));
			expect(await refused(assignment(another, a, { programme }))).toBe(
				rolesClash(a, b) ? 'aid_pair' : 'nothing'
			);
			expect(await refused(assignment(another, a, { site: otherSite }))).toBe('nothing');
		});

		test.each([
			['registrar', 'approver'],
			['approver', 'finance'],
			['distributor', 'verifier'],
			['distributor', 'adjudicator'],
			['auditor', 'registrar']
		] as const)('what was done as %s bars from %s, though the place was given up', async (a, b) => {
			const somebody = await stranger();
			await asApp(assignment(somebody, a));
			await asApp(deed(somebody, a));
			await asApp(
				sql`update aid_assignments set ended_at = ${now.toISOString()}::timestamptz, ended_by = ${sipho.id}::uuid where person_id = ${somebody}::uuid`
			);
			expect(await refused(assignment(somebody, b))).toBe('aid_pair');
			expect(await refused(assignment(somebody, b, { site: otherSite }))).toBe('nothing');
		});

		test('nobody does anything without a place of their own for it', async () => {
			const somebody = await stranger();
			expect(await refused(deed(somebody, 'approver'))).toBe('aid_unassigned');
			await asApp(assignment(somebody, 'registrar'));
			expect(await refused(deed(somebody, 'approver'))).toBe('aid_unassigned');
			expect(await refused(deed(somebody, 'registrar', { site: otherSite }))).toBe(
				'aid_unassigned'
			);
			expect(await refused(deed(somebody, 'registrar', { at: later(now, -hours(1)) }))).toBe(
				'aid_unassigned'
			);
			expect(await refused(deed(somebody, 'registrar'))).toBe('nothing');
		});

		test('one thing is not given out of the store and handed over by the same person', async () => {
			const somebody = await stranger();
			await asApp(assignment(somebody, 'storekeeper'));
			await asApp(assignment(somebody, 'distributor'));
			const subject = newId();
			await asApp(deed(somebody, 'storekeeper', { subject }));
			expect(await refused(deed(somebody, 'distributor', { subject }))).toBe('aid_same_issue');
			expect(await refused(deed(somebody, 'distributor'))).toBe('nothing');
		});

		test('a councillor nominates and is nothing else, in any municipality', async () => {
			const next = (await khanyisa(place.db, 'THO')).id;
			for (const home of [municipalityId, next]) {
				const somebody = await stranger('Councillor');
				await asApp(makeCouncillor(somebody, now, home));
				for (const role of aidRoles)
					expect([role, await refused(assignment(somebody, role))]).toEqual([
						role,
						role === 'nominator' ? 'nothing' : 'aid_councillor'
					]);
				expect(await refused(deed(somebody, 'storekeeper'))).toBe('aid_councillor');
				expect(
					await refused(
						sql`insert into grants (id, municipality_id, person_id, role, starts_at) values (${newId()}::uuid, ${municipalityId}::uuid, ${somebody}::uuid, 'aid_distributor', now())`
					)
				).toBe('aid_councillor');
			}
		});

		test('nor does somebody with a place in relief become a councillor, or act once they are one', async () => {
			const somebody = await stranger();
			await asApp(assignment(somebody, 'distributor'));
			expect(await refused(makeCouncillor(somebody))).toBe('aid_councillor');
			expect(await refused(makeCouncillor(somebody, later(now, hours(1000))))).toBe(
				'aid_councillor'
			);
			await asApp(
				sql`update aid_assignments set ended_at = ${now.toISOString()}::timestamptz where person_id = ${somebody}::uuid`
			);
			expect(await refused(makeCouncillor(somebody))).toBe('nothing');

			const pastTerm = await stranger();
			await asApp(makeCouncillor(pastTerm, later(now, -hours(50))));
			await asApp(
				sql`update grants set ends_at = ${later(now, -hours(1)).toISOString()}::timestamptz where person_id = ${pastTerm}::uuid`
			);
			expect(await refused(assignment(pastTerm, 'distributor'))).toBe('nothing');
			expect(
				await refused(sql`update grants set ends_at = null where person_id = ${pastTerm}::uuid`)
			).toBe('aid_councillor');
		});

		test('a second account with the same proved telephone is the same person', async () => {
			const [one, two] = [await stranger('One'), await stranger('The same')];
			const point = newId();
			await place.db
				.insert(contactPoints)
				.values({ id: point, kind: 'phone', masked: '', verifiedAt: now });
			for (const personId of [one, two])
				await place.db.insert(personContacts).values({
					personId,
					contactPointId: point,
					purpose: 'sign_in',
					basis: 'public_duty',
					noticeVersion: '1'
				});
			await asApp(assignment(one, 'registrar'));
			expect(await refused(assignment(two, 'approver'))).toBe('aid_pair');
		});

		test('places and deeds cannot be rewritten', async () => {
			const somebody = await stranger();
			await asApp(assignment(somebody, 'registrar'));
			await asApp(deed(somebody, 'registrar'));
			for (const attack of [
				sql`update aid_acts set role = 'verifier'`,
				sql`delete from aid_acts`,
				sql`truncate aid_acts`,
				sql`delete from aid_assignments`,
				sql`update aid_assignments set role = 'approver'`,
				sql`update aid_assignments set person_id = ${pumla.id}::uuid`,
				sql`alter table aid_acts disable trigger all`
			])
				expect(await refused(attack)).toBe('42501');
			await asApp(
				sql`update aid_assignments set ended_at = ${now.toISOString()}::timestamptz where person_id = ${somebody}::uuid`
			);
			expect(await refused(sql`update aid_assignments set ended_at = null`)).toBe('42501');
		});

		test('Sipho gives Neo and Grace their places, and is told in words what may not be', async () => {
			const facts = { eventId, at: `site:${site}` };
			await assign(place.db, sipho, { ...facts, personId: neo.id, role: 'registrar' }, now);
			const refusal = async (personId: string, role: AidRole, actor = sipho) =>
				assign(place.db, actor, { ...facts, personId, role }, now).then(
					() => null,
					({ status, message }) => `${status} ${message}`
				);
			expect(await refusal(neo.id, 'approver')).toMatch(/^409 They do not hold this role/);
			await place.db.insert(grants).values({
				id: newId(),
				municipalityId,
				personId: neo.id,
				role: 'aid_approver',
				startsAt: later(now, -1)
			});
			expect(await refusal(neo.id, 'approver')).toMatch(/^409 One person may not do both/);
			expect(await refusal(grace.id, 'approver')).toBeNull();
			expect(await refusal(sipho.id, 'registrar')).toMatch(
				/^409 Nobody gives a place to themselves/
			);
			expect(await refusal(newId(), 'registrar')).toMatch(/^400 Choose somebody/);
			expect(await refusal(neo.id, 'verifier', neo)).toMatch(/^404/);
			const lindiwe = await personOf(place.db, 'councillor');
			expect(await refusal(lindiwe.id, 'distributor')).toMatch(/^409 A councillor may nominate/);
			expect(await refusal(lindiwe.id, 'nominator')).toBeNull();

			const { assignments } = await overview(place.db, johan, eventId);
			expect(assignments.map(({ name, role }) => `${name}: ${role}`)).toEqual([
				'Grace Sithole-Marais: approver',
				'Lindiwe Hartzen: nominator',
				'Neo Adams: registrar'
			]);
			expect(await eventsOf(place.db, neo, municipalityId)).toMatchObject([
				{ sites: 2, people: 3 }
			]);
			await endAssignment(place.db, sipho, { id: assignments[0].id }, later(now, hours(1)));
			await expect(
				endAssignment(place.db, sipho, { id: assignments[0].id }, later(now, hours(2)))
			).rejects.toMatchObject({ status: 404 });
		});

		test('an administrator is told that a councillor may not work in relief', async () => {
			const palesa = await personOf(place.db, 'district-admin');
			const hendrik = await personOf(place.db, 'neighbour-councillor');
			await expect(
				giveGrant(
					place.db,
					palesa,
					{
						municipality: await khanyisa(place.db),
						personId: hendrik.id,
						grant: { role: 'aid_storekeeper' }
					},
					now
				)
			).rejects.toMatchObject({ status: 409, field: 'role' });
		});

		test('a member of one agency has no place at another’s site', async () => {
			const other = newId();
			await place.db.insert(departments).values({
				id: other,
				municipalityId,
				code: 'warm-pot',
				name: 'Warm Pot',
				kind: 'agency'
			});
			await place.db.update(grants).set({ departmentId: other }).where(eq(grants.personId, neo.id));
			await expect(
				assign(
					place.db,
					sipho,
					{ eventId, at: `site:${site}`, personId: neo.id, role: 'registrar' },
					now
				)
			).rejects.toMatchObject({ status: 409, field: 'at' });
		});

		test('a closed site takes its places with it, and what was done stays', async () => {
			await assign(
				place.db,
				sipho,
				{ eventId, at: `site:${site}`, personId: neo.id, role: 'registrar' },
				now
			);
			await asApp(deed(neo.id, 'registrar'));
			await closePlace(place.db, sipho, { kind: 'site', id: site }, later(now, hours(1)));
			const [row] = await place.db.select().from(aidAssignments);
			expect(row.endedAt).not.toBeNull();
			expect(await place.db.$count(aidActs)).toBe(1);
			await expect(
				closePlace(place.db, sipho, { kind: 'site', id: site }, later(now, hours(2)))
			).rejects.toMatchObject({ status: 404 });
		});

		test('what is not theirs is not there', async () => {
			const joyce = await personOf(place.db, 'neighbour-admin');
			for (const outsider of [joyce, pumla, await personOf(place.db, 'councillor')]) {
				await expect(eventOf(place.db, outsider, eventId)).rejects.toMatchObject({ status: 404 });
				await expect(eventsOf(place.db, outsider, municipalityId)).rejects.toMatchObject({
					status: 404
				});
				await expect(
					openEvent(place.db, outsider, { municipalityId, name: 'Flood', kind: 'flood' }, now)
				).rejects.toMatchObject({ status: 404 });
			}
			expect(await eventsOf(place.db, neo, municipalityId)).toMatchObject([
				{ name: 'Wildfire', sites: 2, people: 0 }
			]);
			for (const odd of ['', 'x', newId()])
				await expect(eventOf(place.db, sipho, odd)).rejects.toMatchObject({ status: 404 });
		});
	},
	(db) => settleKhanyisa(db)
);
