import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import { openOutbox } from '#lib/delivery/server/index.ts';
import { followings, messages } from '#lib/delivery/server/schema.ts';
import type { Asker } from '#lib/identity/asker.ts';
import {
	demoPersonId,
	grantsOf,
	keepContact,
	municipalityByCode
} from '#lib/identity/server/index.ts';
import { contactIndex, readContact } from '#lib/identity/server/index.ts';
import { contactPoints, departments } from '#lib/identity/server/schema.ts';
import { readReference } from '#lib/issues/reference.ts';
import {
	addNote,
	exportPerson,
	joinIssue,
	receiptIndexOf,
	reportIssue,
	type ReportFacts
} from '#lib/issues/server/index.ts';
import { bans, issues } from '#lib/issues/server/schema.ts';
import { noticeVersion } from '#lib/identity/notice.ts';
import { newId } from '#lib/platform/ids.ts';
import { unseal } from '#lib/platform/server/keys.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const stranger: Asker = { actor: null, receipts: [], device: 'a-phone-in-vlei-street' };

inBothDatabases(
	(place) => {
		const facts = async (more: Partial<ReportFacts> = {}): Promise<ReportFacts> => ({
			municipalityId: (await municipalityByCode(place.db, 'KHA'))!.id,
			kind: 'issue',
			service: 'burst-pipe',
			description: 'Water is running down Vlei Street since last night',
			place: 'Corner by the clinic',
			phone: '082 000 0101',
			clientId: newId(),
			...more
		});
		const signedIn = async (handle: string): Promise<Asker> => {
			const id = (await demoPersonId(place.db, handle))!;
			const grants = await grantsOf(place.db, id, noon);
			const session = { id: 's', kind: 'staff' as const, secondFactorAt: noon };
			return { ...stranger, actor: { id, name: handle, language: 'en', grants, session } };
		};
		const theIssue = async (id: string) =>
			(await place.db.select().from(issues).where(eq(issues.id, id)))[0];
		const theCase = async (id: string) =>
			(await place.db.select().from(cases).where(eq(cases.id, id)))[0];

		test('a report gets its number, and is with its department at once', async () => {
			const done = await reportIssue(place.db, stranger, await facts(), noon);

			expect(done.reference).toMatch(/^KHA-26-/);
			expect(readReference(done.reference)).toBe(done.reference);
			expect(done.receipt).toMatch(/^[2-9B-DF-HJKMNP-TV-Z]{26}$/);

			const [water] = await place.db
				.select()
				.from(departments)
				.where(
					and(
						eq(departments.code, 'water'),
						eq(departments.municipalityId, (await facts()).municipalityId)
					)
				);
			expect(await theCase(done.caseId)).toMatchObject({
				state: 'open',
				departmentId: water.id,
				subjectId: done.issueId,
				priority: 'high'
			});
			const events = await place.db
				.select()
				.from(caseEvents)
				.where(eq(caseEvents.caseId, done.caseId));
			expect(events.map(({ kind, actorRole }) => [kind, actorRole])).toEqual([
				['opened', 'reporter']
			]);
		});

		test('only fingerprints of the receipt and the phone are kept, and no number in plain text', async () => {
			const done = await reportIssue(place.db, stranger, await facts(), noon);
			const issue = await theIssue(done.issueId);
			expect(issue.receiptIndex).toBe(receiptIndexOf(done.receipt!));
			expect(JSON.stringify(issue)).not.toContain(done.receipt);
			const [contact] = await place.db
				.select()
				.from(contactPoints)
				.where(eq(contactPoints.id, issue.contactPointId!));
			expect(contact.masked).toBe('•••• 0101');
			expect(JSON.stringify([contact, issue])).not.toContain('820000101');
		});

		test('a form sent twice makes one report and one answer', async () => {
			const sent = await facts();
			const first = await reportIssue(place.db, stranger, sent, noon);
			const again = await reportIssue(place.db, stranger, sent, noon);
			expect(again).toEqual({ ...first, repeated: true });
			expect(await place.db.$count(issues, eq(issues.clientId, sent.clientId))).toBe(1);
		});

		test('a stranger who repeats somebody’s report id gets no receipt', async () => {
			const sent = await facts();
			const { reference } = await reportIssue(place.db, stranger, sent, noon);
			const thief = { ...stranger, device: 'another phone' };
			const again = await reportIssue(place.db, thief, { ...sent, description: 'x' }, noon);
			expect(again).toMatchObject({ reference, receipt: null });
		});

		test('whoever left a number follows it there; a land line gets no SMS', async () => {
			const done = await reportIssue(
				place.db,
				stranger,
				await facts({ email: 'Thandi@mail.example' }),
				noon
			);
			const rows = await place.db
				.select({ channel: followings.channel, because: followings.because })
				.from(followings)
				.where(eq(followings.subjectId, done.issueId))
				.orderBy(followings.channel);
			expect(rows).toEqual([
				{ channel: 'email', because: 'reported' },
				{ channel: 'sms', because: 'reported' }
			]);

			const byLandLine = await reportIssue(
				place.db,
				stranger,
				await facts({ phone: '021 400 1111' }),
				noon
			);
			expect(await place.db.$count(followings, eq(followings.subjectId, byLandLine.issueId))).toBe(
				0
			);
		});

		test('who gives no name gives nothing: neither account, contact nor name is kept', async () => {
			const thandi = await signedIn('resident');
			const sent = await facts({
				anonymous: true,
				name: 'Thandi Mokoena',
				email: 't@mail.example'
			});
			const done = await reportIssue(place.db, thandi, sent, noon);
			expect(await theIssue(done.issueId)).toMatchObject({
				reporterId: null,
				contactPointId: null,
				reporterName: null,
				anonymous: true
			});
			expect(done.receipt).toBeTruthy();

			const withReceipt = { ...thandi, receipts: [done.receipt!] };
			const { municipalityId } = await theIssue(done.issueId);
			const about = { municipalityId, reference: done.reference, deedId: newId() };
			await addNote(place.db, withReceipt, { ...about, words: 'It is worse now.', toAll: false });
			const mine = eq(auditEntries.actorId, thandi.actor!.id);
			expect(await place.db.$count(auditEntries, mine)).toBe(0);
			expect(await place.db.$count(caseEvents, eq(caseEvents.actorId, thandi.actor!.id))).toBe(0);
		});

		test('Pumla types in what Ayanda says on the phone: it is not Pumla’s report', async () => {
			const pumla = await signedIn('agent');
			const done = await reportIssue(place.db, pumla, await facts({ capture: 'phone' }), noon);
			expect(await theIssue(done.issueId)).toMatchObject({
				reporterId: null,
				capturedBy: pumla.actor!.id,
				channel: 'phone',
				deviceIndex: null
			});
		});

		test('a resident cannot report as if they took calls', async () => {
			const thandi = await signedIn('resident');
			await expect(
				reportIssue(place.db, thandi, await facts({ capture: 'phone' }), noon)
			).rejects.toMatchObject({ status: 400 });
		});

		test('a private service makes a private issue, whose title tells nothing', async () => {
			const done = await reportIssue(place.db, stranger, await facts({ service: 'conduct' }), noon);
			const issue = await theIssue(done.issueId);
			expect(issue).toMatchObject({ private: true, title: 'How an official treated me' });
			expect((await theCase(done.caseId)).private).toBe(true);
		});

		test('a banned number’s report is taken, hidden and held', async () => {
			const { municipalityId } = await facts();
			const ban = contactIndex(readContact('0820000101')!);
			await place.db.insert(bans).values({
				id: newId(),
				municipalityId,
				what: ban,
				reason: 'threats',
				by: newId(),
				at: noon
			});
			const done = await reportIssue(place.db, stranger, await facts(), noon);
			expect(await theIssue(done.issueId)).toMatchObject({ hidden: true });
			expect(await theCase(done.caseId)).toMatchObject({ state: 'submitted' });
			expect(done.reference).toBeTruthy();
		});

		test('a suggestion goes the same way, without a department', async () => {
			const done = await reportIssue(
				place.db,
				stranger,
				await facts({
					kind: 'suggestion',
					service: undefined,
					description: 'A tap at the taxi rank'
				}),
				noon
			);
			expect(await theCase(done.caseId)).toMatchObject({ track: 'suggestion', departmentId: null });
		});

		// prettier-ignore
		test.each<[string, Partial<ReportFacts>, string]>([
			['no service', { service: '' }, 'service'],
			['an unknown service', { service: "burst'; drop table issues --" }, 'service'],
			['an emergency that cannot wait for a form', { service: 'live-wires' }, 'service'],
			['a bill without a way to answer', { service: 'wrong-bill', phone: '' }, 'phone'],
			['no words', { description: '' }, 'description'],
			['100 000 characters', { description: 'x'.repeat(100_000) }, 'description'],
			['a position in the sea off Ghana', { lat: 0, lon: 0 }, 'place'],
			['a swapped position', { lat: 23.04, lon: -34.03 }, 'place'],
			['a position that is no number', { lat: NaN, lon: NaN }, 'place'],
			['half a phone number', { phone: '072 000 00' }, 'phone'],
			['half an address', { email: 'thandi@' }, 'email'],
			['a missing answer', { service: 'prepaid' }, 'q_meter']
		])('%s is refused by field, and nothing is kept', async (_, wrong, field) => {
			const before = await place.db.$count(issues);
			await expect(reportIssue(place.db, stranger, await facts(wrong), noon)).rejects.toMatchObject({ status: 400, field });
			expect(await place.db.$count(issues)).toBe(before);
		});

		test('Thandi gets her number and code where she asked for them, and is asked to say yes', async () => {
			const done = await reportIssue(place.db, stranger, await facts(), noon);
			const [receipt] = (await openOutbox(place.db)).filter(({ channel }) => channel === 'sms');
			expect(receipt.text).toContain(`Your number is ${done.reference}`);
			expect(receipt.text).toContain('/messages/');
			const [kept] = await place.db.select().from(messages);
			expect(kept).toMatchObject({ template: 'receipt', subjectId: done.issueId });
			expect(unseal('message', kept.textSealed!, kept.id)).not.toContain(done.receipt!);

			await reportIssue(
				place.db,
				stranger,
				await facts({ clientId: (await theIssue(done.issueId)).clientId }),
				noon
			);
			expect(await place.db.$count(messages)).toBe(1);
		});

		test('nobody is written to about a report that was given no contact, or is brought in silently', async () => {
			await reportIssue(place.db, stranger, await facts({ phone: '' }), noon);
			await reportIssue(place.db, stranger, await facts({ silent: true }), noon);
			await reportIssue(place.db, stranger, await facts({ anonymous: true }), noon);
			expect(await place.db.$count(messages)).toBe(0);
		});

		test('with an account and no other contact, the number lies in the account', async () => {
			await reportIssue(place.db, await signedIn('resident'), await facts({ phone: '' }), noon);
			const [kept] = await place.db.select().from(messages);
			expect(kept).toMatchObject({ template: 'receipt', channel: 'inbox' });
		});

		test('the notice that was shown is kept with the report, and stands in the person’s export', async () => {
			const thandi = await signedIn('resident');
			const done = await reportIssue(
				place.db,
				thandi,
				await facts({ notice: noticeVersion }),
				noon
			);
			expect((await theIssue(done.issueId)).noticeVersion).toBe(noticeVersion);
			const { reports } = await exportPerson(place.db, thandi.actor!.id, noon);
			expect(reports[0].noticeVersion).toBe(noticeVersion);
		});

		test('“this is mine too” supports and follows the one that is there, with the contact typed in already', async () => {
			const there = await reportIssue(
				place.db,
				{ ...stranger, device: 'another-phone' },
				await facts(),
				noon
			);
			const { municipalityId } = await facts();
			const word = { municipalityId, reference: there.reference, address: '14 Vlei Street' };
			await joinIssue(place.db, stranger, { ...word, contacts: ['072 000 0199', undefined] }, noon);

			expect(await theIssue(there.issueId)).toMatchObject({
				supportCount: 1,
				householdCount: 2,
				followerCount: 2
			});
			const asked = (await place.db.select().from(messages)).find(
				({ template }) => template === 'following'
			);
			expect(asked).toMatchObject({ channel: 'sms', subjectId: there.issueId });
		});

		test('a contact that is none takes nobody’s word away; with an account no contact is needed', async () => {
			const there = await reportIssue(
				place.db,
				{ ...stranger, device: 'another-phone' },
				await facts(),
				noon
			);
			const { municipalityId } = await facts();
			const word = { municipalityId, reference: there.reference };
			await joinIssue(place.db, stranger, { ...word, contacts: ['072 0'] }, noon);
			const thandi = { ...(await signedIn('resident')), device: 'a-third-phone' };
			await joinIssue(place.db, thandi, { ...word, contacts: [] }, noon);
			expect(await theIssue(there.issueId)).toMatchObject({ supportCount: 2, followerCount: 2 });
		});

		test('SQL and HTML in every field are words like others', async () => {
			const nasty = `<script>alert(1)</script>'; drop table issues; --`;
			const done = await reportIssue(
				place.db,
				stranger,
				await facts({ description: nasty, place: nasty, name: nasty, language: nasty }),
				noon
			);
			expect(await theIssue(done.issueId)).toMatchObject({
				description: nasty,
				place: nasty,
				reporterName: nasty,
				language: 'en'
			});
		});

		test('the deed is in the audit chain, without anybody’s words', async () => {
			await reportIssue(place.db, stranger, await facts(), noon);
			const chains = await verifyAudit(place.db);
			expect(chains.filter(({ broken }) => broken)).toEqual([]);
			expect(Math.max(...chains.map(({ entries }) => entries))).toBeGreaterThan(1);
		});

		test('contacts are one row however they are typed', async () => {
			const one = await keepContact(place.db, readContact('082 000 0101')!, noon);
			const two = await keepContact(place.db, readContact('+27 82 000 0101')!, noon);
			expect(two.id).toBe(one.id);
		});
	},
	(db) => settleKhanyisa(db, noon)
);
