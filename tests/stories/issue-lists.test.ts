import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Asker } from '#lib/identity/asker.ts';
import { municipalityByCode, type Municipality } from '#lib/identity/server/index.ts';
import { readFilters } from '#lib/issues/filters.ts';
import {
	addNote,
	allListed,
	answerClaim,
	countIssues,
	followedIssues,
	followIssue,
	issuePage,
	listIssues,
	monthOf,
	ownIssues,
	referenceOfReceipt,
	support,
	unfollowIssue,
	withdraw
} from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { wardCode } from '../../src/demo/khanyisa/municipalities.ts';
import { asker, claimed, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const receipt = '7K3MQ2BCDFGHJKMNPQRSTVWXYZ';
const filters = (address = '') => readFilters(new URLSearchParams(address));
const titles = (rows: Array<{ reference: string }>) =>
	rows.map(({ reference }) => reference.slice(-5));

inBothDatabases((place) => {
	let khanyisa: Municipality;
	let thandi: Asker;
	const anybody = asker();
	const daysAgo = (n: number) => later(new Date(), -days(n));

	beforeEach(async () => {
		khanyisa = (await municipalityByCode(place.db, 'KHA'))!;
		thandi = asker({ actor: await signedIn(place.db, 'resident') });
		const by = { reporterId: thandi.actor!.id, reporterName: 'Thandi Mokoena', receipt };
		await raised(place.db, { reference: 'KHA-26-LIGHT', at: daysAgo(9), ...by });
		await raised(place.db, {
			reference: 'KHA-26-WATER',
			title: 'Burst pipe flooding Vlei Street',
			department: 'water',
			ward: 3,
			at: daysAgo(2)
		});
		await raised(place.db, { reference: 'KHA-26-PRIVT', private: true, at: daysAgo(1) });
		await raised(place.db, { reference: 'KHA-26-HELD2', held: true });
		await raised(place.db, { reference: 'KHA-26-TREES', kind: 'suggestion' });
		await raised(place.db, {
			reference: 'THO-26-OTHER',
			municipality: 'THO',
			department: 'technical'
		});
	});

	const list = (who: Asker) => ({
		municipalityId: khanyisa.id,
		timezone: khanyisa.timezone,
		asker: who
	});
	const shown = async (who: Asker, address = '') =>
		titles((await listIssues(place.db, list(who), filters(address))).issues);

	describe('who sees what in a list', () => {
		test('everybody: public issues of this municipality, newest first', async () => {
			expect(await shown(anybody)).toEqual(['WATER', 'LIGHT']);
			expect(await countIssues(place.db, list(anybody), filters())).toBe(2);
		});

		// prettier-ignore
		test.each<[string, string[]]>([
			['agent', ['HELD2', 'PRIVT', 'WATER', 'LIGHT']],
			['department-officer', ['WATER', 'LIGHT']],
			['councillor', ['WATER', 'LIGHT']],
			['neighbour-officer', ['WATER', 'LIGHT']]
		])('%s', async (handle, expected) => {
			const who = asker({ actor: await signedIn(place.db, handle) });
			expect(await shown(who, 'state=all&sort=newest')).toEqual(expected);
		});

		test('what was hidden is gone for everybody but the reporter and moderators', async () => {
			await place.db
				.update(issues)
				.set({ hidden: true })
				.where(eq(issues.reference, 'KHA-26-LIGHT'));
			expect(await shown(anybody)).toEqual(['WATER']);
			expect(await shown(thandi)).toEqual(['WATER', 'LIGHT']);
		});
	});

	describe('looking for something', () => {
		// prettier-ignore
		test.each<[string, string, string[]]>([
			['a word', 'q=flooding', ['WATER']],
			['two words in any order', 'q=street+BURST', ['WATER']],
			['a word nearly spelt right', 'q=floodin+vlie', []],
			['one letter wrong', 'q=floodng', ['WATER']],
			['a wildcard is a character', 'q=%25', []],
			['SQL is only a text', "q=';drop table issues;--", []],
			['a ward', `ward=${wardCode('KHA', 3)}`, ['WATER']],
			['my own', 'mine=1', ['LIGHT']],
			['from a day', `from=${daysAgo(4).toISOString().slice(0, 10)}`, ['WATER']],
			['until a day', `to=${daysAgo(4).toISOString().slice(0, 10)}`, ['LIGHT']],
			['waiting longest', 'sort=oldest', ['LIGHT', 'WATER']],
			['suggestions', 'kind=suggestion', ['TREES']],
			['what is fixed', 'state=fixed', []]
		])('%s', async (_, address, expected) => {
			expect(await shown(thandi, address)).toEqual(expected);
		});

		test('the most supported stand in front', async () => {
			await support(place.db, anybody, {
				municipalityId: khanyisa.id,
				reference: 'KHA-26-LIGHT'
			});
			expect(await shown(anybody, 'sort=supported')).toEqual(['LIGHT', 'WATER']);
		});

		test.each(['newest', 'oldest', 'supported'])(
			'page by page, %s, every one once',
			async (sort) => {
				for (let n = 0; n < 7; n++)
					await raised(place.db, { reference: `KHA-26-PAGE${n}`, at: daysAgo(n % 3) });
				const whole = await shown(anybody, `sort=${sort}`);
				const pages: string[] = [];
				for (let after: string | null = ''; after !== null;) {
					const page = await listIssues(
						place.db,
						list(anybody),
						{ ...filters(`sort=${sort}`), after },
						4
					);
					pages.push(...titles(page.issues));
					after = page.next;
				}
				expect(pages).toEqual(whole);
				expect(new Set(pages).size).toBe(9);
			}
		);

		test('a file holds what the list holds', async () => {
			expect(titles(await allListed(place.db, list(anybody), filters()))).toEqual(
				await shown(anybody)
			);
		});
	});

	describe('the page of an issue', () => {
		const page = (who: Asker, reference = 'KHA-26-LIGHT') =>
			issuePage(place.db, who, khanyisa, reference);
		const about = (reference: string) => ({
			municipalityId: khanyisa.id,
			reference,
			deedId: newId()
		});

		test('names nobody, and shows the reporter what is theirs alone', async () => {
			await addNote(place.db, thandi, {
				...about('KHA-26-LIGHT'),
				words: 'Call me after five.',
				toAll: false
			});
			const [open, own] = [await page(anybody), await page(thandi)];
			expect(JSON.stringify(open)).not.toMatch(/Thandi|Call me|receipt_?index":"/i);
			expect(own.lines.map(({ words }) => words)).toContain('Call me after five.');
			expect(own).toMatchObject({ part: 'reporter', ownName: 'Thandi Mokoena' });
		});

		test('asks the reporter once whether it is fixed', async () => {
			const { id } = (
				await place.db.select().from(issues).where(eq(issues.reference, 'KHA-26-LIGHT'))
			)[0];
			const { caseId } = await page(thandi);
			await claimed(place.db, caseId);
			expect((await page(anybody)).ask).toBeNull();
			expect((await page(thandi)).ask).toMatchObject({ department: 'Electricity' });
			expect((await ownIssues(place.db, list(thandi)))[0]).toMatchObject({
				id,
				ask: { claimEventId: expect.any(String) }
			});
			await answerClaim(place.db, thandi, { ...about('KHA-26-LIGHT'), fixed: true });
			expect((await page(thandi)).ask).toBeNull();
		});

		test('a neighbour finds what they follow, and not what they raised or stopped following', async () => {
			const ayanda = asker({ actor: await signedIn(place.db, 'resident-2') });
			const follows = async (who: Asker) =>
				titles(await followedIssues(place.db, list(who))).sort();
			await followIssue(place.db, ayanda, about('KHA-26-LIGHT'));
			await followIssue(place.db, ayanda, about('KHA-26-WATER'));
			await followIssue(place.db, thandi, about('KHA-26-LIGHT'));
			expect(await follows(ayanda)).toEqual(['LIGHT', 'WATER']);
			expect(await follows(thandi)).toEqual([]);
			expect(await follows(anybody)).toEqual([]);
			await unfollowIssue(place.db, ayanda, about('KHA-26-LIGHT'));
			expect(await follows(ayanda)).toEqual(['WATER']);
		});

		test('counts neighbours who joined by day, and names none', async () => {
			for (const device of ['one-phone-aaaaaaaaaaaa', 'two-phone-aaaaaaaaaaaa'])
				await support(place.db, asker({ device }), about('KHA-26-LIGHT'));
			expect((await page(anybody)).lines[0].title).toBe('2 more neighbours joined');
		});

		test.each(['KHA-26-PRIVT', 'KHA-26-HELD2', 'THO-26-OTHER', 'KHA-26-NONE2'])(
			'%s does not exist for strangers',
			async (reference) => {
				await expect(page(anybody, reference)).rejects.toMatchObject({ status: 404 });
			}
		);

		test('a receipt opens its issue, and no other code does', async () => {
			expect(await referenceOfReceipt(place.db, receipt)).toBe('KHA-26-LIGHT');
			expect(await referenceOfReceipt(place.db, receipt.replace('7', '8'))).toBeNull();
			expect(await shown(asker({ receipts: [receipt] }), 'mine=1')).toEqual(['LIGHT']);
		});

		test('to be told of it, somebody gives a number that can be reached', async () => {
			const facts = about('KHA-26-LIGHT');
			await followIssue(place.db, anybody, { ...facts, contact: '082 000 0999' });
			await followIssue(place.db, anybody, { ...facts, contact: '+27820000999' });
			await expect(
				followIssue(place.db, anybody, { ...facts, contact: 'call me' })
			).rejects.toMatchObject({ status: 400, field: 'contact' });
			const [{ followerCount }] = await place.db
				.select()
				.from(issues)
				.where(eq(issues.reference, 'KHA-26-LIGHT'));
			expect(followerCount).toBe(1);
		});
	});

	test('the month counts what is public, and fixes only when somebody confirmed them', async () => {
		const { caseId } = await issuePage(place.db, thandi, khanyisa, 'KHA-26-LIGHT');
		await claimed(place.db, caseId);
		expect(await monthOf(place.db, khanyisa.id, null)).toEqual({
			opened: 2,
			open: 1,
			claimed: 1,
			confirmed: 0
		});
		const facts = { municipalityId: khanyisa.id, reference: 'KHA-26-LIGHT', deedId: newId() };
		await answerClaim(place.db, thandi, { ...facts, fixed: true });
		expect(await monthOf(place.db, khanyisa.id, wardCode('KHA', 7))).toEqual({
			opened: 1,
			open: 0,
			claimed: 1,
			confirmed: 1
		});
	});

	test('a report that was taken back is no open issue', async () => {
		const facts = { municipalityId: khanyisa.id, reference: 'KHA-26-LIGHT', deedId: newId() };
		await withdraw(place.db, thandi, { ...facts, code: 'fixed' });
		expect(await shown(anybody)).toEqual(['WATER']);
	});
}, settleKhanyisa);
