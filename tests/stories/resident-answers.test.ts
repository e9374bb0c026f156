import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { caseEvents, cases, confirmations } from '#lib/cases/server/schema.ts';
import type { Asker } from '#lib/identity/asker.ts';
import {
	addNote,
	answerByLink,
	answerClaim,
	answerToken,
	flag,
	followIssue,
	linkedQuestion,
	readAnswerToken,
	reopen,
	setNameShown,
	support,
	withdraw,
	withdrawSupport
} from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { asker, claimed, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const receipt = '7K3MQ2BCDFGHJKMNPQRSTVWXYZ';

inBothDatabases((place) => {
	let light: Awaited<ReturnType<typeof raised>>;
	let thandi: Asker;
	let ayanda: Asker;
	const withReceipt = asker({ receipts: [receipt], device: 'the-phone-that-reported' });
	const stranger = asker({ device: 'a-stranger-in-ward-3--' });

	beforeEach(async () => {
		thandi = asker({ actor: await signedIn(place.db, 'resident') });
		ayanda = asker({ actor: await signedIn(place.db, 'resident-2') });
		light = await raised(place.db, {
			reference: 'KHA-26-4TRW8',
			reporterId: thandi.actor!.id,
			reporterName: 'Thandi Mokoena',
			receipt
		});
	});

	const at = () => ({ municipalityId: light.municipalityId, reference: light.reference });
	const deed = () => ({ ...at(), deedId: newId() });
	const caseNow = async () =>
		(await place.db.select().from(cases).where(eq(cases.id, light.caseId)))[0];
	const issueNow = async () =>
		(await place.db.select().from(issues).where(eq(issues.id, light.id)))[0];
	const kinds = async () =>
		(
			await place.db
				.select()
				.from(caseEvents)
				.where(eq(caseEvents.caseId, light.caseId))
				.orderBy(asc(caseEvents.seq))
		).map(({ kind, visibility }) => `${kind} ${visibility}`);

	describe('is it fixed?', () => {
		test('Thandi says yes: it is fixed and confirmed', async () => {
			await claimed(place.db, light.caseId);
			expect(await answerClaim(place.db, thandi, { ...deed(), fixed: true })).toBe('confirm');
			expect(await caseNow()).toMatchObject({ state: 'verified_closed' });
			expect(await kinds()).toEqual(['opened public', 'claim public', 'confirm public']);
			expect(await place.db.$count(auditEntries, eq(auditEntries.deed, 'case.confirmed'))).toBe(1);
		});

		test('the receipt answers as the account does, and both are one reporter', async () => {
			await claimed(place.db, light.caseId);
			await answerClaim(place.db, withReceipt, { ...deed(), fixed: true });
			expect(await answerClaim(place.db, thandi, { ...deed(), fixed: true })).toBe('again');
			expect(await place.db.$count(confirmations)).toBe(1);
		});

		test('Thandi says no: it is open again under the same clock', async () => {
			const opened = (await caseNow()).openedAt;
			await claimed(place.db, light.caseId);
			await answerClaim(place.db, thandi, { ...deed(), fixed: false });
			expect(await caseNow()).toMatchObject({
				state: 'open',
				reopenedCount: 1,
				openedAt: opened,
				claimedAt: null
			});
		});

		test('two neighbours who differ are put before a person; nothing moves by itself', async () => {
			await support(place.db, ayanda, at());
			await claimed(place.db, light.caseId);
			await answerClaim(place.db, thandi, { ...deed(), fixed: true });
			expect(await answerClaim(place.db, ayanda, { ...deed(), fixed: false })).toBe('differs');
			expect((await caseNow()).state).toBe('verified_closed');
			expect((await kinds()).at(-1)).toBe('contradicted internal');
		});

		test('a stranger cannot answer, and learns what it takes', async () => {
			await claimed(place.db, light.caseId);
			await expect(
				answerClaim(place.db, stranger, { ...deed(), fixed: true })
			).rejects.toMatchObject({ status: 409, message: expect.stringContaining('Only the person') });
		});

		test('a page from before a second claim does not answer the second one', async () => {
			const first = await claimed(place.db, light.caseId);
			await answerClaim(place.db, thandi, { ...deed(), fixed: false });
			await claimed(place.db, light.caseId);
			await expect(
				answerClaim(place.db, thandi, { ...deed(), fixed: true, claimEventId: first })
			).rejects.toMatchObject({ status: 409 });
			expect((await caseNow()).state).toBe('resolved_claimed');
		});

		test('the same tap sent twice answers once', async () => {
			await claimed(place.db, light.caseId);
			const once = { ...deed(), fixed: true };
			await answerClaim(place.db, thandi, once);
			await answerClaim(place.db, thandi, once);
			expect(await place.db.$count(confirmations)).toBe(1);
			expect((await kinds()).filter((kind) => kind.startsWith('confirm'))).toHaveLength(1);
		});

		test('silence verifies nothing', async () => {
			await claimed(place.db, light.caseId, later(new Date(), -days(400)));
			expect((await caseNow()).state).toBe('resolved_claimed');
		});
	});

	describe('the link in a message', () => {
		test('answers for the contact it went to, once, for one claim', async () => {
			const claimEventId = await claimed(place.db, light.caseId);
			const contactPointId = newId();
			const token = answerToken({
				issueId: light.id,
				claimEventId,
				as: 'reporter',
				who: { contactPointId }
			});
			const answerer = readAnswerToken(token)!;
			expect(answerer).toMatchObject({ issueId: light.id, claimEventId, as: 'reporter' });
			expect(await answerByLink(place.db, answerer, { fixed: true, deedId: newId() })).toBe(
				'confirm'
			);
			expect(await answerByLink(place.db, answerer, { fixed: true, deedId: newId() })).toBe(
				'again'
			);
		});

		test('a supporter’s link is shut when the report is hidden or private; the reporter’s own is not', async () => {
			const claimEventId = await claimed(place.db, light.caseId);
			const link = (as: 'reporter' | 'supporter') => ({
				issueId: light.id,
				claimEventId,
				as,
				who: { contactPointId: newId() }
			});
			const answer = (as: 'reporter' | 'supporter') =>
				answerByLink(place.db, link(as), { fixed: false, deedId: newId() });
			const set = (change: object) =>
				place.db.update(issues).set(change).where(eq(issues.id, light.id));
			for (const shut of [{ hidden: true }, { hidden: false, private: true }]) {
				await set(shut);
				await expect(answer('supporter')).rejects.toMatchObject({ status: 404 });
				await expect(linkedQuestion(place.db, link('supporter'))).rejects.toMatchObject({
					status: 404
				});
				await linkedQuestion(place.db, link('reporter'));
			}
			expect(await answer('reporter')).toBe('contradict');
		});

		test('who supports, follows or flags is named in no audit log', async () => {
			const claimEventId = await claimed(place.db, light.caseId);
			await support(place.db, ayanda, at());
			await followIssue(place.db, ayanda, at());
			await flag(place.db, ayanda, { ...at(), reason: 'insult' });
			await answerClaim(place.db, ayanda, { ...deed(), fixed: true, claimEventId });
			await withdrawSupport(place.db, ayanda, at());
			const log = (await place.db.select().from(auditEntries)).filter(({ deed }) =>
				/^issue\.(supp|unsupp|foll|flag)|^case\.confirmed/.test(deed)
			);
			expect(log).toHaveLength(5);
			expect(JSON.stringify(log)).not.toContain(ayanda.actor!.id);
		});

		test('forged, spoilt and old ones are nothing', async () => {
			const facts = {
				issueId: light.id,
				claimEventId: newId(),
				as: 'supporter' as const,
				who: { personId: newId() }
			};
			const token = answerToken(facts);
			const forged = `A${token.slice(1)}`;
			expect(readAnswerToken(token)).toEqual(facts);
			expect(readAnswerToken(forged === token ? `B${token.slice(1)}` : forged)).toBeNull();
			expect(readAnswerToken(token.slice(0, -3))).toBeNull();
			expect(readAnswerToken('')).toBeNull();
			expect(readAnswerToken(token, later(new Date(), days(61)))).toBeNull();
		});
	});

	describe('this affects me too', () => {
		test('counts people once and households by address', async () => {
			await support(place.db, ayanda, { ...at(), address: '16 Ntaba Street' });
			await support(place.db, ayanda, { ...at(), address: '16 Ntaba Street' });
			await support(place.db, stranger, { ...at(), address: '16 ntaba street' });
			await support(place.db, asker({ device: 'one-more-from-next-dor' }), at());
			expect(await issueNow()).toMatchObject({ supportCount: 3, householdCount: 3 });
		});

		test('can be taken back, and said again', async () => {
			await support(place.db, ayanda, at());
			await withdrawSupport(place.db, ayanda, at());
			await withdrawSupport(place.db, ayanda, at());
			expect(await issueNow()).toMatchObject({ supportCount: 0, householdCount: 1 });
			await support(place.db, ayanda, at());
			expect(await issueNow()).toMatchObject({ supportCount: 1, householdCount: 2 });
		});

		test('an address may follow later', async () => {
			await support(place.db, ayanda, at());
			await support(place.db, ayanda, { ...at(), address: '16 Ntaba Street' });
			expect(await issueNow()).toMatchObject({ supportCount: 1 });
		});

		test('not for one’s own report, nor for one that is closed', async () => {
			await expect(support(place.db, thandi, at())).rejects.toMatchObject({ status: 409 });
			await withdraw(place.db, thandi, { ...deed(), code: 'mistake' });
			await expect(support(place.db, ayanda, at())).rejects.toMatchObject({ status: 409 });
		});

		test('an address of 201 characters is refused with its field', async () => {
			await expect(
				support(place.db, ayanda, { ...at(), address: 'x'.repeat(201) })
			).rejects.toMatchObject({ status: 400, field: 'address' });
		});
	});

	describe('the reporter alone', () => {
		test('opens it again with a reason, however it was closed', async () => {
			await claimed(place.db, light.caseId);
			await answerClaim(place.db, thandi, { ...deed(), fixed: true });
			await expect(reopen(place.db, thandi, { ...deed(), words: ' ' })).rejects.toMatchObject({
				status: 400,
				field: 'words'
			});
			await reopen(place.db, thandi, { ...deed(), words: 'It went dark again the same night.' });
			expect(await caseNow()).toMatchObject({ state: 'open', reopenedCount: 1 });
		});

		test('takes it back: the reason is for all, own words for the municipality', async () => {
			await withdraw(place.db, thandi, { ...deed(), code: 'fixed', words: 'My son did it' });
			expect(await caseNow()).toMatchObject({ state: 'withdrawn', reason: 'fixed' });
			expect(await kinds()).toEqual(['opened public', 'withdraw public', 'resident_note private']);
			await expect(withdraw(place.db, thandi, { ...deed(), code: 'fixed' })).rejects.toMatchObject({
				status: 409
			});
		});

		test('adds words for all, or for the municipality only', async () => {
			await addNote(place.db, withReceipt, { ...deed(), words: 'Pole 41.', toAll: true });
			await addNote(place.db, withReceipt, { ...deed(), words: 'Call me.', toAll: false });
			expect(await kinds()).toEqual([
				'opened public',
				'resident_note public',
				'resident_note private'
			]);
		});

		test('a note sent twice stands once', async () => {
			const note = { ...deed(), words: 'Pole 41.', toAll: true };
			await addNote(place.db, thandi, note);
			await addNote(place.db, thandi, note);
			expect(await kinds()).toHaveLength(2);
		});

		test('shows and hides the name', async () => {
			await setNameShown(place.db, thandi, { ...deed(), shown: true });
			expect((await issueNow()).showName).toBe(true);
			await setNameShown(place.db, thandi, { ...deed(), shown: false });
			expect((await issueNow()).showName).toBe(false);
		});

		// prettier-ignore
		const deeds: Array<[string, (who: Asker) => Promise<unknown>]> = [
			['reopen', (who) => reopen(place.db, who, { ...deed(), words: 'no' })],
			['withdraw', (who) => withdraw(place.db, who, { ...deed(), code: 'fixed' })],
			['add a note', (who) => addNote(place.db, who, { ...deed(), words: 'x', toAll: true })],
			['show the name', (who) => setNameShown(place.db, who, { ...deed(), shown: true })]
		];
		test.each(deeds)('a stranger or a supporter cannot %s', async (_, attempt) => {
			await support(place.db, ayanda, at());
			for (const who of [stranger, ayanda])
				await expect(attempt(who)).rejects.toMatchObject({ status: 404 });
		});
	});

	describe('what does not exist for the person asking', () => {
		test('another municipality’s address of the same reference', async () => {
			const { municipalityId } = await raised(place.db, {
				reference: 'THO-26-4TRW8',
				municipality: 'THO',
				department: 'technical'
			});
			await expect(
				support(place.db, ayanda, { municipalityId, reference: light.reference })
			).rejects.toMatchObject({ status: 404 });
		});

		test('a hidden, a held and a private report', async () => {
			await place.db.update(issues).set({ hidden: true }).where(eq(issues.id, light.id));
			await raised(place.db, { reference: 'KHA-26-HELD2', held: true });
			await raised(place.db, { reference: 'KHA-26-PRVT2', private: true });
			for (const reference of [light.reference, 'KHA-26-HELD2', 'KHA-26-PRVT2'])
				await expect(support(place.db, ayanda, { ...at(), reference })).rejects.toMatchObject({
					status: 404
				});
		});
	});
}, settleKhanyisa);
