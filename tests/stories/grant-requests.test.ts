import { beforeEach, describe, expect, test } from 'vitest';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import type { Actor, NewGrant } from '#lib/identity/permissions.ts';
import {
	acceptInvitation,
	attachContact,
	decideGrantRequest,
	giveGrant,
	grantsOf,
	handOver,
	invite,
	keepContact,
	openGrantRequests,
	openInvitations,
	readContact,
	resendInvitation,
	type Municipality,
	type SentLink
} from '#lib/identity/server/index.ts';
import { twoAdminRoles } from '#lib/identity/second-admin.ts';
import { days, later, minutes } from '#lib/platform/time.ts';
import { eq } from 'drizzle-orm';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const wednesday = new Date('2026-11-25T08:00:00Z');
const soon = later(wednesday, minutes(59));

inBothDatabases((place) => {
	let municipality: Municipality;
	let chris: Actor;
	let palesa: Actor;
	let pumla: Actor;
	let sent: SentLink[];
	const tell = async (_: unknown, link: SentLink) => void sent.push(link);

	beforeEach(async () => {
		sent = [];
		municipality = await khanyisa(place.db);
		chris = await personOf(place.db, 'admin', wednesday);
		palesa = await personOf(place.db, 'district-admin', wednesday);
		pumla = await personOf(place.db, 'agent', wednesday);
	});
	const ask = (grant: NewGrant, personId = pumla.id, by = chris) =>
		giveGrant(place.db, by, { municipality, personId, grant }, wednesday);
	const decide = (by: Actor, id: string, agreed = true, now = soon) =>
		decideGrantRequest(place.db, by, { municipality, id, agreed }, tell, now);
	const rolesOf = async (personId: string) =>
		(await grantsOf(place.db, personId, soon)).map(({ role }) => role);
	const asking = (email: string, by = chris) =>
		invite(
			place.db,
			by,
			{ municipality, name: 'Naledi Fortuin', email, grant: { role: 'disaster_approver' } },
			tell,
			wednesday
		);

	test.each([...twoAdminRoles])(
		'Chris asks that Pumla becomes %s; it begins when Palesa of the district agrees',
		async (role) => {
			const id = await ask({ role });
			expect(await rolesOf(pumla.id)).not.toContain(role);
			expect(await openGrantRequests(place.db, municipality.id, soon)).toMatchObject([
				{ id, name: pumla.name, requestedByName: chris.name, grant: { role } }
			]);
			await expect(decide(chris, id)).rejects.toMatchObject({ status: 409 });
			await decide(palesa, id);
			expect(await rolesOf(pumla.id)).toContain(role);
			await expect(decide(palesa, id)).rejects.toThrow('already');
			expect(await openGrantRequests(place.db, municipality.id, soon)).toEqual([]);
		}
	);

	test('both stand in the audit log, and its chain holds', async () => {
		const id = await ask({ role: 'incident_commander' });
		await decide(palesa, id);
		const said = await place.db
			.select({ deed: auditEntries.deed, who: auditEntries.actorId })
			.from(auditEntries)
			.where(eq(auditEntries.thingId, id));
		expect(said).toEqual([
			{ deed: 'grant_request.requested', who: chris.id },
			{ deed: 'grant_request.agreed', who: palesa.id }
		]);
		expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
	});

	test('any other role needs one administrator, as before', async () => {
		await ask({ role: 'communications' });
		expect(await rolesOf(pumla.id)).toContain('communications');
	});

	test('after an hour it is too late; whoever asked may take it back; nobody else decides', async () => {
		const id = await ask({ role: 'disaster_officer' });
		await expect(decide(palesa, id, true, later(wednesday, minutes(60)))).rejects.toThrow(
			'more than an hour'
		);
		for (const handle of ['communications', 'disaster-approver', 'neighbour-admin', 'resident'])
			await expect(
				decide(await personOf(place.db, handle, wednesday), id),
				handle
			).rejects.toMatchObject({ status: 404 });
		await decide(chris, id, false);
		await expect(decide(palesa, id)).rejects.toThrow('already');
		expect(await rolesOf(pumla.id)).not.toContain('disaster_officer');
	});

	describe('an administrator whom another one made', () => {
		let newcomer: Actor;
		beforeEach(async () => {
			await giveGrant(
				place.db,
				chris,
				{ municipality, personId: pumla.id, grant: { role: 'admin' } },
				wednesday
			);
			newcomer = await personOf(place.db, 'agent', soon);
		});
		const week = later(wednesday, days(7));
		const someone = async () => (await personOf(place.db, 'communications', wednesday)).id;
		const askAt = async (by: Actor, now: Date) =>
			giveGrant(
				place.db,
				by,
				{ municipality, personId: await someone(), grant: { role: 'incident_commander' } },
				now
			);

		test('is not one of the two for seven days, whoever of them asks', async () => {
			const moment = later(week, -minutes(30));
			const asked = await askAt(chris, moment);
			await expect(decide(newcomer, asked, true, later(moment, 1))).rejects.toThrow('seven days');
			const turned = await askAt(newcomer, moment);
			await expect(decide(chris, turned, true, later(moment, 1))).rejects.toThrow('seven days');
			await expect(decide(palesa, turned, true, later(moment, 1))).rejects.toThrow('seven days');
			await decide(newcomer, asked, false, later(moment, 1));
			await decide(newcomer, await askAt(chris, week), true, later(week, minutes(1)));
			expect(await rolesOf(await someone())).not.toContain('incident_commander');
			const then = await grantsOf(place.db, await someone(), later(week, minutes(2)));
			expect(then.map(({ role }) => role)).toContain('incident_commander');
		});

		test('nor is a stand-in, however long ago', async () => {
			const facts = {
				municipality,
				fromPersonId: chris.id,
				toPersonId: await someone(),
				startsAt: wednesday,
				endsAt: later(wednesday, days(30)),
				reason: 'annual leave'
			};
			await handOver(place.db, chris, facts, wednesday);
			const standIn = await personOf(place.db, 'communications', later(wednesday, days(9)));
			const at = later(wednesday, days(9));
			const id = await giveGrant(
				place.db,
				palesa,
				{ municipality, personId: pumla.id, grant: { role: 'disaster_officer' } },
				at
			);
			await expect(decide(standIn, id, true, later(at, 1))).rejects.toThrow('seven days');
		});
	});

	describe('an invitation', () => {
		test('goes out when another administrator agreed, and is sent again by two alone', async () => {
			const id = await asking('naledi@khanyisa.example');
			expect(sent).toEqual([]);
			expect(await openInvitations(place.db, municipality.id)).toEqual([]);
			await decide(palesa, id);
			expect(sent).toMatchObject([{ grants: [{ role: 'disaster_approver' }] }]);
			const [open] = await openInvitations(place.db, municipality.id);
			await expect(
				resendInvitation(place.db, chris, { municipality, id: open.id }, tell, soon)
			).rejects.toMatchObject({ status: 409 });
			const { personId } = await acceptInvitation(
				place.db,
				{ token: sent[0].token, name: 'Naledi Fortuin', password: 'rain on a tin roof' },
				soon
			);
			expect(await rolesOf(personId)).toEqual(['disaster_approver']);
		});

		test('refused, it goes to nobody', async () => {
			await decide(palesa, await asking('naledi@khanyisa.example'), false);
			expect(sent).toEqual([]);
		});

		test('to an address of their own helps neither who asks nor who agrees', async () => {
			const own = async (actor: Actor, email: string) => {
				const contact = await keepContact(place.db, readContact(email)!, wednesday);
				const facts = { personId: actor.id, contactPointId: contact.id, verified: true };
				await attachContact(place.db, { ...facts, purpose: 'service' }, wednesday);
			};
			await own(chris, 'chris.at.home@khanyisa.example');
			await own(palesa, 'palesa.at.home@khanyisa.example');
			await expect(asking('chris.at.home@khanyisa.example')).rejects.toThrow('themselves');
			const id = await asking('palesa.at.home@khanyisa.example');
			await expect(decide(palesa, id)).rejects.toThrow('themselves');
			expect(sent).toEqual([]);
		});
	});

	test('a leave hands over the rest of somebody’s work, and nothing that warns', async () => {
		const sipho = await personOf(place.db, 'disaster-officer', wednesday);
		const leave = () =>
			handOver(
				place.db,
				chris,
				{
					municipality,
					fromPersonId: sipho.id,
					toPersonId: pumla.id,
					startsAt: later(wednesday, -days(1)),
					endsAt: later(wednesday, days(7)),
					reason: 'annual leave'
				},
				wednesday
			);
		await expect(leave()).rejects.toThrow('Two administrators give the roles that warn');
		await ask({ role: 'communications' }, sipho.id);
		await leave();
		expect(await rolesOf(pumla.id)).toEqual(['agent', 'communications']);
	});
}, settleKhanyisa);
