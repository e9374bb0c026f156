import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { verifyCases } from '#lib/cases/server/index.ts';
import { cases, caseWords } from '#lib/cases/server/schema.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import type { Channels, Parcel } from '#lib/delivery/channel.ts';
import { deliver } from '#lib/delivery/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import {
	contactPoints,
	people,
	personContacts,
	sessions,
	signInCodes
} from '#lib/identity/server/schema.ts';
import { forgetSignIns, openSession } from '#lib/identity/server/index.ts';
import {
	addNote,
	answerRequest,
	applyRetention,
	erasePerson,
	exportPerson,
	flag,
	issuePage,
	ownRequests,
	privacyDesk,
	requestPrivacy,
	revealReporter,
	support,
	takeRequest
} from '#lib/issues/server/index.ts';
import { flags, issues, supports } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { asker, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const receipt = '7K3MQ2BCDFGHJKMNPQRSTVWXYZ';

inBothDatabases((place) => {
	let light: Awaited<ReturnType<typeof raised>>;
	let thandi: Asker;
	let zanele: Actor;

	beforeEach(async () => {
		thandi = asker({ actor: await signedIn(place.db, 'resident') });
		zanele = await signedIn(place.db, 'municipal-manager');
		light = await raised(place.db, {
			reference: 'KHA-26-4TRW8',
			reporterId: thandi.actor!.id,
			reporterName: 'Thandi Mokoena'
		});
		const note = { municipalityId: light.municipalityId, reference: light.reference };
		await addNote(place.db, thandi, {
			...note,
			deedId: newId(),
			words: 'My number at work is 031 000 0199.',
			toAll: false
		});
		await addNote(place.db, thandi, {
			...note,
			deedId: newId(),
			words: 'It is dark again.',
			toAll: true
		});
	});

	const me = () => thandi.actor!.id;
	const whole = async () => {
		expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
		expect((await verifyCases(place.db, light.municipalityId)).broken).toBeUndefined();
	};
	const words = async () =>
		(await place.db.select().from(caseWords)).map(({ text }) => text).filter((text) => text);
	const erase = (publicWords: 'keep' | 'erase') =>
		erasePerson(place.db, zanele, {
			personId: me(),
			municipalityId: light.municipalityId,
			publicWords
		});

	test('Thandi takes out what is kept: her reports, her words, and that Pumla looked at her number', async () => {
		await revealReporter(place.db, await signedIn(place.db, 'agent'), light.reference);
		const all = await exportPerson(place.db, me());
		expect(all.reports).toMatchObject([{ reference: light.reference }]);
		expect(all.contacts.map(({ value }) => value)).toContain('+27820000101');
		expect(all.written.map(({ words }) => words)).toContain('It is dark again.');
		expect(all.whoLooked).toMatchObject([{ who: 'Pumla Jantjies', what: 'reporter_contact' }]);
		expect(JSON.stringify(all)).not.toContain('Ayanda');
	});

	test('she is erased: private words, name and contacts go, public words stay, and the chains hold', async () => {
		await openSession(place.db, me(), { kind: 'resident', device: 'phone' });
		const done = await erase('keep');
		expect(done).toMatchObject({ issues: 1, words: 1 });
		expect(await words()).toContain('It is dark again.');
		expect(await words()).not.toContain('My number at work is 031 000 0199.');

		const [person] = await place.db.select().from(people).where(eq(people.id, me()));
		expect([person.name, person.erasedAt === null]).toEqual(['', false]);
		const [issue] = await place.db.select().from(issues).where(eq(issues.id, light.id));
		expect(issue).toMatchObject({ reporterId: null, reporterName: null });
		expect(issue.description).not.toBeNull();
		const theirs = await place.db
			.select()
			.from(personContacts)
			.where(eq(personContacts.personId, me()));
		expect(theirs).toEqual([]);
		const erased = await place.db
			.select()
			.from(contactPoints)
			.where(eq(contactPoints.masked, 'erased'));
		expect(erased.length).toBe(done.contacts);
		expect(erased.every(({ valueSealed, valueIndex }) => !valueSealed && !valueIndex)).toBe(true);
		expect(await place.db.$count(sessions, eq(sessions.userId, me()))).toBe(0);
		await expect(exportPerson(place.db, me())).rejects.toMatchObject({ status: 404 });
		await whole();
	});

	test('when she asks for it, her public words go as well', async () => {
		await erase('erase');
		expect(await words()).not.toContain('It is dark again.');
		const page = await issuePage(
			place.db,
			asker(),
			{ id: light.municipalityId, timezone: 'Africa/Johannesburg' },
			light.reference
		);
		expect(page).toMatchObject({ description: null, title: 'Words erased', place: null });
		await whole();
	});

	test('whoever works here is not erased: their deeds stay under their name', async () => {
		const pumla = await signedIn(place.db, 'agent');
		const facts = { municipalityId: light.municipalityId, publicWords: 'keep' as const };
		await expect(
			erasePerson(place.db, zanele, { personId: pumla.id, ...facts })
		).rejects.toMatchObject({ status: 409 });
	});

	test('Thandi asks to be deleted; Zanele has 30 days, answers once, and nobody else sees it', async () => {
		const now = new Date('2026-11-20T08:00:00Z');
		const { municipalityId } = light;
		const asked = { municipalityId, kind: 'erasure', words: '' };
		const { id, dueAt } = await requestPrivacy(place.db, thandi, asked, now);
		expect(dueAt).toEqual(later(now, days(30)));
		const desk = await privacyDesk(place.db, zanele, municipalityId);
		expect(desk.waiting).toMatchObject([{ id, kind: 'erasure', name: 'Thandi Mokoena' }]);
		for (const other of ['agent', 'councillor', 'neighbour-admin'])
			await expect(
				privacyDesk(place.db, await signedIn(place.db, other), municipalityId)
			).rejects.toMatchObject({ status: 404 });

		const answer = { municipalityId, requestId: id, outcome: 'done', answer: 'It is gone.' };
		await expect(answerRequest(place.db, zanele, { ...answer, answer: ' ' })).rejects.toMatchObject(
			{ field: 'answer' }
		);
		await answerRequest(place.db, zanele, answer);
		await expect(answerRequest(place.db, zanele, answer)).rejects.toMatchObject({ status: 409 });
		await expect(exportPerson(place.db, me())).rejects.toMatchObject({ status: 404 });
		await whole();
	});

	test('the answer to an erasure is the last message to her; then nothing of the address stays', async () => {
		const { municipalityId } = light;
		const asked = { municipalityId, kind: 'erasure', words: '' };
		const { id } = await requestPrivacy(place.db, thandi, asked);
		const answer = {
			municipalityId,
			requestId: id,
			outcome: 'done',
			answer: 'It is gone, Thandi.'
		};
		await answerRequest(place.db, zanele, answer);

		const last = async () =>
			(await place.db.select().from(messages).where(eq(messages.subjectId, id)))[0];
		const waiting = await last();
		expect(waiting).toMatchObject({ personId: null, contactPointId: null, outcome: null });
		expect(JSON.stringify(waiting)).not.toContain('Thandi');
		const sent: Parcel[] = [];
		const channel = {
			send: async (parcel: Parcel) => {
				sent.push(parcel);
				return { outcome: 'accepted' as const };
			}
		};
		const channels = { email: channel, sms: channel, web_push: channel, inbox: channel };
		await deliver(place.db, waiting.id, channels as unknown as Channels);
		await deliver(place.db, waiting.id, channels as unknown as Channels);
		expect(sent).toMatchObject([
			{ to: expect.stringMatching(/@|^\+27/), text: 'It is gone, Thandi.', unsubscribe: null }
		]);
		expect(await last()).toMatchObject({
			outcome: 'accepted',
			title: '',
			textSealed: null,
			addressSealed: null
		});
	});

	test('her voice stays counted, under a name that leads to nobody', async () => {
		const other = await raised(place.db, { reference: 'KHA-26-9QX4K' });
		const at = { municipalityId: other.municipalityId, reference: other.reference };
		await support(place.db, thandi, at);
		await flag(place.db, thandi, { ...at, reason: 'insult', words: 'My neighbour wrote it' });
		const [before] = await place.db.select().from(supports).where(eq(supports.issueId, other.id));
		await erase('keep');
		const [after] = await place.db.select().from(supports).where(eq(supports.issueId, other.id));
		expect(after).toMatchObject({ id: before.id, personId: null, byWhom: `erased:${before.id}` });
		const [said] = await place.db.select().from(flags).where(eq(flags.issueId, other.id));
		expect(said).toMatchObject({ words: '', byWhom: `erased:${said.id}` });
		const [{ supportCount }] = await place.db.select().from(issues).where(eq(issues.id, other.id));
		expect(supportCount).toBe(1);
	});

	test('codes and sessions go by one rule of the installation, whatever a municipality decides', async () => {
		const now = new Date();
		const { contactPointId } = (await place.db.select().from(personContacts))[0];
		const old = (age: number) => ({
			id: newId(),
			contactPointId,
			codeIndex: 'x',
			createdAt: later(now, -days(age)),
			expiresAt: later(now, -days(age))
		});
		await place.db.insert(signInCodes).values([old(0.5), old(2)]);
		await applyRetention(place.db, light.municipalityId, later(now, days(500)));
		expect(await place.db.$count(signInCodes)).toBe(2);
		await forgetSignIns.run({ db: place.db, now }, {});
		expect(await place.db.$count(signInCodes)).toBe(1);
	});

	test('without an account the receipt speaks; without either, nobody can ask for others', async () => {
		const { municipalityId } = light;
		const quiet = await raised(place.db, { reference: 'KHA-26-9QX4K', receipt });
		const asked = { municipalityId, kind: 'erasure', words: '' };
		await expect(requestPrivacy(place.db, asker(), asked)).rejects.toMatchObject({
			field: 'receipt'
		});
		const { id } = await requestPrivacy(place.db, asker(), { ...asked, receipt });
		expect(await ownRequests(place.db, asker({ receipts: [receipt] }))).toMatchObject([{ id }]);
		expect(await ownRequests(place.db, asker())).toEqual([]);
		await answerRequest(place.db, zanele, {
			...{ municipalityId, requestId: id, outcome: 'done', answer: 'Done.' },
			publicWords: 'erase'
		});
		const [issue] = await place.db.select().from(issues).where(eq(issues.id, quiet.id));
		expect(issue).toMatchObject({ description: null, receiptIndex: null });
		await whole();
	});

	const byPhone = (facts: Partial<Parameters<typeof takeRequest>[2]> = {}) => ({
		municipalityId: light.municipalityId,
		deedId: newId(),
		channel: 'phone',
		name: 'Thandi Mokoena',
		contact: '082 000 0101',
		reference: '',
		identityCheck: 'called_back',
		kind: 'access',
		words: '',
		receivedAt: new Date('2026-11-17T22:00:00Z'),
		...facts
	});
	const saturday = new Date('2026-11-21T08:00:00Z');

	test('Thandi telephones: Zanele takes it in once, on the clock of the day it came', async () => {
		const facts = byPhone();
		const { id, dueAt } = await takeRequest(place.db, zanele, facts, saturday);
		expect((await takeRequest(place.db, zanele, facts, saturday)).id).toBe(id);
		expect(dueAt).toEqual(new Date('2026-12-17T22:00:00Z'));
		const desk = await privacyDesk(place.db, zanele, light.municipalityId);
		expect(desk.waiting).toMatchObject([
			{ id, name: 'Thandi Mokoena', known: true, channel: 'phone', identityCheck: 'called_back' }
		]);
		const [entry] = (await place.db.select().from(auditEntries)).filter(
			({ deed }) => deed === 'privacy.taken'
		);
		expect(entry).toMatchObject({ actorId: zanele.id, thingId: id });
		expect(entry.details).toEqual({
			kind: 'access',
			channel: 'phone',
			identityCheck: 'called_back'
		});
		const answer = { requestId: id, outcome: 'done', answer: 'It is in your account.' };
		await answerRequest(place.db, zanele, { municipalityId: light.municipalityId, ...answer });
		expect((await exportPerson(place.db, me())).requests).toMatchObject([{ channel: 'phone' }]);
		await whole();
	});

	test('what she asks to delete is decided by a colleague of whoever took it in', async () => {
		const { municipalityId } = light;
		const pole = await raised(place.db, { reference: 'KHA-26-4TRWQ' });
		const facts = byPhone({ kind: 'erasure', reference: pole.reference });
		const { id } = await takeRequest(place.db, zanele, facts, saturday);
		const answer = { municipalityId, requestId: id, outcome: 'done', answer: 'It is gone.' };
		await expect(answerRequest(place.db, zanele, answer)).rejects.toMatchObject({ status: 409 });
		await answerRequest(place.db, await signedIn(place.db, 'admin'), answer);
		await expect(exportPerson(place.db, me())).rejects.toMatchObject({ status: 404 });
		const { answered } = await privacyDesk(place.db, zanele, municipalityId);
		expect(answered[0]).toMatchObject({ name: '', words: '' });
		const [gone] = await place.db.select().from(issues).where(eq(issues.id, pole.id));
		expect(gone.reporterName).toBeNull();
		await whole();
	});

	test('somebody we hold nothing about has the same 30 days', async () => {
		const facts = byPhone({ channel: 'post', name: 'Sipho Nobody', contact: '082 999 9999' });
		await takeRequest(place.db, zanele, facts, saturday);
		const { waiting } = await privacyDesk(place.db, zanele, light.municipalityId);
		expect(waiting).toMatchObject([{ name: 'Sipho Nobody', known: false, reference: null }]);
	});

	test.each([
		['no channel', { channel: 'web' }, 'channel'],
		['no name', { name: ' ' }, 'name'],
		['an unchecked identity', { identityCheck: '' }, 'identity'],
		['no kind', { kind: 'everything' }, 'kind'],
		['a correction of nothing', { kind: 'correction' }, 'words'],
		['a day to come', { receivedAt: new Date('2026-11-22T22:00:00Z') }, 'received'],
		['the wrong year', { receivedAt: new Date('2025-11-17T22:00:00Z') }, 'received'],
		['half a number', { contact: '082 000' }, 'contact'],
		['an unknown report', { reference: 'KHA-26-22222' }, 'reference']
	])('the desk does not take in %s', async (_, facts, field) => {
		await expect(takeRequest(place.db, zanele, byPhone(facts), saturday)).rejects.toMatchObject({
			field
		});
	});

	test('nobody but the privacy desk of the place takes one in', async () => {
		for (const other of ['agent', 'councillor', 'neighbour-admin'])
			await expect(
				takeRequest(place.db, await signedIn(place.db, other), byPhone(), saturday)
			).rejects.toMatchObject({ status: 404 });
	});

	test('at night what was kept long enough goes, once, and the count is on record', async () => {
		const now = new Date();
		await place.db
			.update(cases)
			.set({ closedAt: later(now, -days(800)) })
			.where(eq(cases.id, light.caseId));
		expect(await applyRetention(place.db, light.municipalityId, now)).toMatchObject({
			reporter_names: 1
		});
		const [issue] = await place.db.select().from(issues).where(eq(issues.id, light.id));
		expect(issue.reporterName).toBeNull();
		const again = await applyRetention(place.db, light.municipalityId, now);
		expect(Object.values(again).every((n) => n === 0)).toBe(true);
		const applied = (await place.db.select().from(auditEntries)).filter(
			({ deed }) => deed === 'retention.applied'
		);
		expect(applied.map(({ details }) => details)).toEqual([
			{ class: 'reporter_names', months: 24, count: 1 }
		]);
		expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
	});
}, settleKhanyisa);
