import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import {
	acceptInvitation,
	askForNewPassword,
	confirmSecondFactor,
	decideFactorReset,
	endGrant,
	findVisit,
	giveGrant,
	handOver,
	invite,
	offerSecret,
	openLink,
	openSession,
	requestFactorReset,
	resendInvitation,
	revokeInvitation,
	setPassword,
	showPassword,
	showSecondFactor,
	type Municipality,
	type SentLink
} from '#lib/identity/server/index.ts';
import { can, isStaff } from '#lib/identity/permissions.ts';
import { credentials, departments, invitations, sessions } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, hours, later, minutes } from '#lib/platform/time.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { actorOf, addColleague, addMunicipality } from '../support/colleagues.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const password = 'four words in a row';
const desk = { device: 'lindiwes-desk', network: '196.25.1' };
const stranger = { device: 'a-stranger', network: '41.1.1' };

let khanyisa: Municipality;
let thokozani: Municipality;
let chris: string;
let zanele: string;
let joyce: string;
const water = newId();

async function settle(db: Db) {
	khanyisa = await addMunicipality(db, { code: 'KHA', name: 'Khanyisa' });
	thokozani = await addMunicipality(db, { code: 'THO', name: 'Thokozani' });
	await db
		.insert(departments)
		.values({ id: water, municipalityId: khanyisa.id, code: 'water', name: 'Water' });
	chris = await addColleague(db, 'Chris Majola', khanyisa.id, [{ role: 'admin' }], noon);
	zanele = await addColleague(db, 'Zanele van Wyk', khanyisa.id, [{ role: 'admin' }], noon);
	joyce = await addColleague(db, 'Joyce Tshabalala', thokozani.id, [{ role: 'admin' }], noon);
}

async function sendInvitation(db: Db, email = 'lindiwe@khanyisa.example', now = noon) {
	let sent: SentLink | undefined;
	const id = await invite(
		db,
		await actorOf(db, chris, now),
		{
			municipality: khanyisa,
			name: 'Lindiwe Hartzen',
			email,
			grant: { role: 'councillor', wardCode: '99901007', term: 'ward' }
		},
		async (_tx, each) => {
			sent = each;
		},
		now
	);
	return { id, token: sent!.token };
}

const accept = (db: Db, token: string, now = noon) =>
	acceptInvitation(db, { token, name: 'Lindiwe Hartzen', password }, now);

/** Lindiwe as she works: invited, with password and app. */
async function settleLindiwe(db: Db) {
	const { token } = await sendInvitation(db);
	const { personId } = await accept(db, token);
	const actor = await actorOf(db, personId, noon);
	const { secret, sealed } = offerSecret(actor);
	const app = new TOTP({ secret: Secret.fromBase32(secret) });
	const codeAt = (at: Date) => app.generate({ timestamp: at.getTime() });
	const codes = await confirmSecondFactor(db, actor, { sealed, code: codeAt(noon) }, noon);
	return { personId, codeAt, codes };
}

const email = 'lindiwe@khanyisa.example';
const typePassword = (db: Db, from = desk, now = noon, typed = password) =>
	showPassword(db, { email, password: typed, from }, now);

inBothDatabases((place) => {
	test('Lindiwe is invited, chooses a password, sets up her app and signs in with both', async () => {
		const { personId, codeAt } = await settleLindiwe(place.db);
		const tomorrow = later(noon, days(1));
		const { signInId } = await typePassword(place.db, desk, tomorrow);
		const code = codeAt(tomorrow);
		expect(
			await showSecondFactor(place.db, { signInId: signInId!, code, from: desk }, tomorrow)
		).toEqual({ personId });
		const [kept] = await place.db
			.select()
			.from(credentials)
			.where(eq(credentials.personId, personId));
		expect(kept.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	});

	test('a code of the app works once, on the device that showed the password', async () => {
		const { codeAt } = await settleLindiwe(place.db);
		const at = later(noon, hours(1));
		const show = (signInId: string, from = desk, code = codeAt(at)) =>
			showSecondFactor(place.db, { signInId, code, from }, at);
		const first = await typePassword(place.db, desk, at);
		await expect(show(first.signInId!, stranger)).rejects.toThrow('Sign in again');
		await show(first.signInId!);
		await expect(show(first.signInId!)).rejects.toThrow('Sign in again');
		const second = await typePassword(place.db, desk, at);
		await expect(show(second.signInId!)).rejects.toThrow('This is not the code');
		await expect(show(second.signInId!, desk, '000 00')).rejects.toThrow('This is not the code');
	});

	test('the code that turned the app on does not sign in as well', async () => {
		const { codeAt } = await settleLindiwe(place.db);
		const { signInId } = await typePassword(place.db);
		await expect(
			showSecondFactor(place.db, { signInId: signInId!, code: codeAt(noon), from: desk }, noon)
		).rejects.toThrow('This is not the code');
	});

	test('a recovery code works once, however it is typed', async () => {
		const { codes } = await settleLindiwe(place.db);
		expect(codes).toHaveLength(10);
		const use = async (code: string) => {
			const { signInId } = await typePassword(place.db);
			return showSecondFactor(place.db, { signInId: signInId!, code, from: desk }, noon);
		};
		await use(codes[0].toLowerCase().replace('-', ' '));
		await expect(use(codes[0])).rejects.toThrow('This is not the code');
		await use(codes[1]);
	});

	test('an unknown address and a wrong password get the same answer', async () => {
		await settleLindiwe(place.db);
		const words = 'The address and the password do not belong together.';
		await expect(typePassword(place.db, desk, noon, 'wrong password')).rejects.toThrow(words);
		await expect(
			showPassword(place.db, { email: 'nobody@khanyisa.example', password, from: desk }, noon)
		).rejects.toThrow(words);
		await expect(
			showPassword(place.db, { email: "' or 1=1 --", password, from: desk }, noon)
		).rejects.toThrow(words);
	});

	test('a stranger who guesses is stopped; Lindiwe at her own desk is not', async () => {
		const { codes } = await settleLindiwe(place.db);
		const { signInId } = await typePassword(place.db);
		await showSecondFactor(place.db, { signInId: signInId!, code: codes[0], from: desk }, noon);
		for (let i = 0; i < 5; i++)
			await expect(typePassword(place.db, stranger, noon, `guess number ${i}`)).rejects.toThrow(
				'do not belong together'
			);
		await expect(typePassword(place.db, stranger)).rejects.toMatchObject({ status: 429 });
		await expect(
			typePassword(place.db, { ...stranger, device: 'another cookie' })
		).rejects.toMatchObject({ status: 429 });
		await typePassword(place.db, desk);
		await typePassword(place.db, stranger, later(noon, minutes(15)));
	});

	test.each([
		['short', 'at least 12 characters'],
		['a'.repeat(201), 'at most 200'],
		['aaaaaaaaaaaaaa', 'first that others would try'],
		['lindiwe hartzen 7', 'your own name']
	])('%j is no password', async (typed, words) => {
		const { token } = await sendInvitation(place.db);
		await expect(
			acceptInvitation(place.db, { token, name: 'Lindiwe Hartzen', password: typed }, noon)
		).rejects.toThrow(words);
	});

	test('an invitation works once, for 72 hours, until it is taken back', async () => {
		const actor = await actorOf(place.db, chris, noon);
		const old = await sendInvitation(place.db);
		await expect(accept(place.db, old.token, later(noon, hours(72)))).rejects.toThrow('too old');
		await expect(accept(place.db, 'made-up')).rejects.toThrow('not complete');

		let again: SentLink | undefined;
		await resendInvitation(
			place.db,
			actor,
			{ municipality: khanyisa, id: old.id },
			async (_tx, sent) => {
				again = sent;
			},
			later(noon, hours(1))
		);
		await expect(accept(place.db, old.token)).rejects.toThrow('taken back');
		expect(await openLink(place.db, 'invitation', again!.token, noon)).toMatchObject({
			name: 'Lindiwe Hartzen'
		});
		await accept(place.db, again!.token);
		await expect(accept(place.db, again!.token)).rejects.toThrow('has been used');

		const second = await sendInvitation(place.db, 'themba@khanyisa.example');
		const joyceNow = await actorOf(place.db, joyce, noon);
		await expect(
			revokeInvitation(place.db, joyceNow, { municipality: khanyisa, id: second.id }, noon)
		).rejects.toMatchObject({ status: 404 });
		await revokeInvitation(place.db, actor, { municipality: khanyisa, id: second.id }, noon);
		await expect(accept(place.db, second.token)).rejects.toThrow('taken back');
		const kept = JSON.stringify(await place.db.select().from(invitations));
		expect(kept).not.toContain(second.token);
	});

	test('a new password by link: once, for an hour; sessions end, the second factor stays', async () => {
		const { personId } = await settleLindiwe(place.db);
		const { token: cookie } = await openSession(place.db, personId, { kind: 'staff' });
		const sent: SentLink[] = [];
		const ask = (address: string, from = desk) =>
			askForNewPassword(
				place.db,
				{ email: address, from },
				async (_tx, each) => {
					sent.push(each);
				},
				noon
			);
		await ask('nobody@khanyisa.example');
		expect(sent).toHaveLength(0);
		await ask(email);
		const { token } = sent[0];
		const fresh = 'four other words here';
		await expect(
			setPassword(place.db, { token, password: fresh }, later(noon, hours(1)))
		).rejects.toThrow('too old');
		await setPassword(place.db, { token, password: fresh }, noon);
		await expect(setPassword(place.db, { token, password: fresh }, noon)).rejects.toThrow('used');
		expect(await findVisit(place.db, cookie)).toBeNull();
		await expect(typePassword(place.db)).rejects.toThrow('do not belong together');
		expect((await typePassword(place.db, desk, noon, fresh)).signInId).toBeDefined();
	});

	test('a lost second factor needs two administrators, and neither is the person', async () => {
		const { personId } = await settleLindiwe(place.db);
		const [chrisNow, zaneleNow, joyceNow] = await Promise.all(
			[chris, zanele, joyce].map((id) => actorOf(place.db, id, noon))
		);
		const request = (actor: typeof chrisNow, who = personId) =>
			requestFactorReset(
				place.db,
				actor,
				{ municipality: khanyisa, personId: who, reason: 'I met her at the office' },
				noon
			);
		const sent: SentLink[] = [];
		const agree = (actor: typeof chrisNow, id: string) =>
			decideFactorReset(
				place.db,
				actor,
				{ municipality: khanyisa, id, approved: true },
				async (_tx, each) => {
					sent.push(each);
				},
				noon
			);
		await expect(request(chrisNow, chris)).rejects.toThrow('Two other administrators');
		await expect(request(joyceNow)).rejects.toMatchObject({ status: 404 });
		const id = await request(chrisNow);
		await expect(agree(chrisNow, id)).rejects.toThrow('Another administrator');
		await expect(agree(joyceNow, id)).rejects.toMatchObject({ status: 404 });
		await agree(zaneleNow, id);
		await expect(agree(zaneleNow, id)).rejects.toThrow('decided this already');
		await expect(typePassword(place.db)).rejects.toThrow('do not belong together');
		await setPassword(place.db, { token: sent[0].token, password }, noon);
		expect(await typePassword(place.db)).toEqual({ personId });
	});

	test('when a grant ends, the office closes at once and the session with it', async () => {
		const { personId } = await settleLindiwe(place.db);
		const { token } = await openSession(place.db, personId, { kind: 'staff' });
		const visit = await findVisit(place.db, token);
		const [grant] = visit!.actor.grants;
		const facts = { municipality: khanyisa, grantId: grant.id };
		await expect(
			endGrant(place.db, await actorOf(place.db, joyce, noon), facts, noon)
		).rejects.toMatchObject({ status: 404 });
		await endGrant(place.db, await actorOf(place.db, chris, noon), facts, later(noon, minutes(1)));
		expect(await findVisit(place.db, token)).toBeNull();
		expect(
			await place.db.select().from(sessions).where(eq(sessions.userId, personId))
		).toHaveLength(0);
	});

	test('nobody gives power to themselves, elsewhere, or of two kinds that clash', async () => {
		const chrisNow = await actorOf(place.db, chris, noon);
		const { personId } = await settleLindiwe(place.db);
		const give = (
			municipality: Municipality,
			who: string,
			grant: Parameters<typeof giveGrant>[2]['grant']
		) => giveGrant(place.db, chrisNow, { municipality, personId: who, grant }, noon);
		await expect(give(khanyisa, chris, { role: 'aid_approver' })).rejects.toThrow('to themselves');
		await expect(give(thokozani, personId, { role: 'agent' })).rejects.toMatchObject({
			status: 404
		});
		await expect(give(khanyisa, personId, { role: 'district_admin' })).rejects.toThrow('district');
		await expect(give(khanyisa, personId, { role: 'agent' })).rejects.toThrow('councillor');
		await expect(give(khanyisa, zanele, { role: 'director' })).rejects.toThrow('department');
		await give(khanyisa, zanele, { role: 'director', departmentId: water });
		await expect(give(khanyisa, zanele, { role: 'director', departmentId: water })).rejects.toThrow(
			'hold this role already'
		);
		await expect(
			give(khanyisa, zanele, { role: 'supervisor', departmentId: newId() })
		).rejects.toThrow('of this municipality');
		const [own] = chrisNow.grants;
		await expect(
			endGrant(place.db, chrisNow, { municipality: khanyisa, grantId: own.id }, noon)
		).rejects.toThrow('your own last grant');
	});

	test('on leave: the stand-in holds the grant in that time only, and says whose it is', async () => {
		const deon = await addColleague(
			place.db,
			'Deon Mthembu',
			khanyisa.id,
			[{ role: 'director', departmentId: water }],
			noon
		);
		const farida = await addColleague(
			place.db,
			'Farida Solomons-Nkosi',
			khanyisa.id,
			[{ role: 'supervisor', departmentId: water }],
			noon
		);
		const leave = {
			municipality: khanyisa,
			fromPersonId: deon,
			toPersonId: farida,
			startsAt: later(noon, days(1)),
			endsAt: later(noon, days(8)),
			reason: 'annual leave'
		};
		await expect(
			handOver(place.db, await actorOf(place.db, farida, noon), leave, noon)
		).rejects.toThrow('above yours');
		await handOver(place.db, await actorOf(place.db, deon, noon), leave, noon);

		const mayDecide = async (at: Date) =>
			can(await actorOf(place.db, farida, at), 'commitment.make', {
				municipalityId: khanyisa.id,
				departmentId: water
			});
		expect(await mayDecide(noon)).toBe(false);
		expect(await mayDecide(later(noon, days(2)))).toBe(true);
		expect(await mayDecide(later(noon, days(8)))).toBe(false);
		const during = await actorOf(place.db, farida, later(noon, days(2)));
		expect(during.grants.map(({ role, insteadOf }) => [role, insteadOf])).toEqual([
			['supervisor', undefined],
			['director', deon]
		]);
		expect(isStaff(during)).toBe(true);
	});
}, settle);
