import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { appendEvent, lockCase, verifyCases } from '#lib/cases/server/index.ts';
import { cases, caseWords } from '#lib/cases/server/schema.ts';
import { follow } from '#lib/delivery/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import type { Asker } from '#lib/identity/asker.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import {
	answerObjection,
	banContact,
	bansOf,
	editIssue,
	editWords,
	flag,
	hideIssue,
	hideWords,
	issuePage,
	issuePhoto,
	keepAsItIs,
	liftBan,
	moderationOf,
	moderationQueue,
	moderationsOfMine,
	objectTo,
	originalPhoto,
	redactPhoto,
	release,
	removePhoto,
	restoreIssue,
	restorePhoto,
	restoreWords
} from '#lib/issues/server/index.ts';
import { issues, moderations, supports } from '#lib/issues/server/schema.ts';
import { attachPhotos, stagePhoto, usePhotoStore } from '#lib/photos/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { asker, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const kept = new Map<string, Buffer>();

inBothDatabases(
	(place) => {
		let light: Awaited<ReturnType<typeof raised>>;
		let thandi: Asker;
		let lerato: Actor;
		let pumla: Actor;
		const neighbours = ['first', 'second', 'third', 'fourth'].map((device) => asker({ device }));

		beforeEach(async () => {
			usePhotoStore({
				put: async (key, bytes) => void kept.set(key, Buffer.from(bytes)),
				get: async (key) => kept.get(key) ?? null,
				remove: async (key) => void kept.delete(key)
			});
			thandi = asker({ actor: await signedIn(place.db, 'resident') });
			lerato = await signedIn(place.db, 'communications');
			pumla = await signedIn(place.db, 'agent');
			light = await raised(place.db, {
				reference: 'KHA-26-4TRW8',
				reporterId: thandi.actor!.id,
				title: 'It has been dark since the storm. My grandmother fell here.'
			});
			await follow(place.db, {
				municipalityId: light.municipalityId,
				subject: 'issue',
				subjectId: light.id,
				personId: thandi.actor!.id,
				channel: 'inbox',
				because: 'reported'
			});
		});
		afterEach(() => usePhotoStore(undefined));

		const at = () => ({ municipalityId: light.municipalityId, reference: light.reference });
		const act = (reason = 'insult') => ({ ...at(), reason, deedId: newId() });
		const page = (who: Asker) =>
			issuePage(
				place.db,
				who,
				{ id: light.municipalityId, timezone: 'Africa/Johannesburg' },
				light.reference
			);
		const told = async () =>
			(await place.db.select().from(messages)).filter(
				({ subjectId, personId }) => subjectId === light.id && personId === thandi.actor!.id
			);
		const acts = () => place.db.select().from(moderations).where(eq(moderations.issueId, light.id));
		const whole = async () =>
			expect((await verifyCases(place.db, light.municipalityId)).broken).toBeUndefined();

		describe('words', () => {
			test('Lerato hides the report: neighbours find nothing, Thandi still sees it and hears why', async () => {
				await hideIssue(place.db, lerato, { ...act(), words: 'Names the neighbour.' });
				await expect(page(neighbours[0])).rejects.toThrow('does not exist');
				const own = await page(thandi);
				expect(own.hidden).toBe(true);
				expect(own.lines.map(({ title }) => title)).toContain(
					'Hidden by moderation: it insults or threatens somebody'
				);
				expect(JSON.stringify(own.lines)).not.toContain('Names the neighbour.');
				expect((await told()).map(({ template }) => template)).toContain('moderated');
				const deeds = await place.db.select().from(auditEntries);
				expect(deeds.at(-1)).toMatchObject({ deed: 'issue.moderated', actorId: lerato.id });
				await whole();
			});

			test('she shows it again, and everybody reads it', async () => {
				await hideIssue(place.db, lerato, act());
				await restoreIssue(place.db, lerato, act('mistake'));
				expect((await page(neighbours[0])).hidden).toBe(false);
				expect((await told()).map(({ template }) => template)).toContain('case.opened');
				await whole();
			});

			test('she changes the words; the original is kept, and comes back whole', async () => {
				const before = (await page(thandi)).description;
				const long = 'Mrs Dube broke it. It has been dark.';
				await editIssue(place.db, lerato, { ...act('personal'), text: long });
				expect((await page(neighbours[0])).title).toBe('Mrs Dube broke it');
				await editIssue(place.db, lerato, { ...act('personal'), text: 'Dark.' });
				const seen = await page(neighbours[0]);
				expect([seen.title, seen.description]).toEqual(['Dark.', 'Dark.']);
				expect((await acts()).map(({ original }) => original)).toContain(before);

				await restoreIssue(place.db, lerato, act('mistake'));
				expect(await page(neighbours[0])).toMatchObject({
					description: before,
					title: 'It has been dark since the storm'
				});
				await expect(restoreIssue(place.db, lerato, act('mistake'))).rejects.toThrow('Nothing');
			});

			test('an answer is hidden, changed and given back; its chain holds throughout', async () => {
				const kase = await lockCase(place.db, light.caseId);
				const { eventId } = await appendEvent(place.db, kase, {
					kind: 'reply',
					actorId: null,
					actorRole: 'department_officer',
					at: new Date(),
					visibility: 'public',
					words: 'Mrs Dube of 12 Ntaba Street let us in.'
				});
				await editWords(place.db, lerato, {
					...act('personal'),
					eventId,
					text: 'A neighbour let us in.'
				});
				const words = async () =>
					(await page(neighbours[0])).lines.find(({ id }) => id === eventId)?.words;
				expect(await words()).toBe('A neighbour let us in.');
				await hideWords(place.db, lerato, { ...act('personal'), eventId });
				expect(await words()).toBeNull();
				await whole();
				await restoreWords(place.db, lerato, { ...act('mistake'), eventId });
				await restoreWords(place.db, lerato, { ...act('mistake'), eventId });
				expect(await words()).toBe('Mrs Dube of 12 Ntaba Street let us in.');
				const [row] = await place.db.select().from(caseWords).where(eq(caseWords.eventId, eventId));
				expect(row.shownText).toBeNull();
				await whole();
			});

			test.each([
				['councillor', 'the councillor of the ward'],
				['department-officer', 'an officer'],
				['admin', 'an administrator'],
				['neighbour-admin', 'somebody of Thokozani']
			])('%s cannot moderate: for %s the page does not exist', async (handle) => {
				const somebody = await signedIn(place.db, handle);
				await expect(hideIssue(place.db, somebody, act())).rejects.toMatchObject({ status: 404 });
				await expect(moderationOf(place.db, somebody, at())).rejects.toMatchObject({ status: 404 });
			});

			test('a form sent twice is one act, an old page is refused, and so is a reason of one’s own', async () => {
				const form = act();
				await hideIssue(place.db, lerato, form);
				await hideIssue(place.db, lerato, form);
				expect(await acts()).toHaveLength(1);
				await expect(
					restoreIssue(place.db, lerato, { ...act('mistake'), basedOn: 1 })
				).rejects.toMatchObject({ status: 409 });
				await expect(
					editIssue(place.db, lerato, { ...act('because'), text: 'x' })
				).rejects.toMatchObject({ field: 'reason' });
			});

			test('Lerato does not look into private reports which nobody held or flagged', async () => {
				const quiet = await raised(place.db, { reference: 'KHA-26-9PRVT', private: true });
				await expect(
					hideIssue(place.db, lerato, { ...act(), reference: quiet.reference })
				).rejects.toMatchObject({ status: 404 });
			});
		});

		describe('photos', () => {
			let photoId: string;
			const see = () =>
				issuePhoto(place.db, neighbours[0], { id: photoId, size: 'large', staged: false });
			const cornerOf = async (bytes: Buffer) => [
				...(await sharp(bytes).extract({ left: 4, top: 4, width: 1, height: 1 }).raw().toBuffer())
			];

			beforeEach(async () => {
				const bytes = await sharp({
					create: { width: 160, height: 120, channels: 3, background: '#c33' }
				})
					.jpeg()
					.toBuffer();
				const staged = await stagePhoto(place.db, light.municipalityId, { name: 'a.jpg', bytes });
				photoId = staged.id;
				await attachPhotos(
					place.db,
					[photoId],
					{ municipalityId: light.municipalityId, issueId: light.id },
					new Date()
				);
			});

			test('Lerato covers a face: neighbours get the copy, she still has the original, and can uncover it', async () => {
				await redactPhoto(place.db, lerato, {
					...act('person'),
					photoId,
					rectangles: [{ x: 0, y: 0, width: 0.25, height: 0.25 }]
				});
				expect((await cornerOf((await see()).bytes)).every((n) => n < 12)).toBe(true);
				const original = await originalPhoto(place.db, lerato, { ...at(), photoId, size: 'large' });
				expect((await cornerOf(original))[0]).toBeGreaterThan(150);
				await expect(
					originalPhoto(place.db, await signedIn(place.db, 'councillor'), {
						...at(),
						photoId,
						size: 'large'
					})
				).rejects.toMatchObject({ status: 404 });

				await restorePhoto(place.db, lerato, { ...act('mistake'), photoId });
				expect((await cornerOf((await see()).bytes))[0]).toBeGreaterThan(150);
				expect([...kept.keys()].filter((key) => key.includes('-r'))).toEqual([]);
			});

			test('she takes it down and shows it again', async () => {
				await removePhoto(place.db, lerato, { ...act('person'), photoId });
				await expect(see()).rejects.toMatchObject({ status: 404 });
				await restorePhoto(place.db, lerato, { ...act('mistake'), photoId });
				expect((await see()).public).toBe(true);
			});

			test('rectangles outside the picture are refused, and leave no copy behind', async () => {
				const rectangles = [{ x: 0.9, y: 0, width: 0.5, height: 1 }];
				await expect(
					redactPhoto(place.db, lerato, { ...act('person'), photoId, rectangles })
				).rejects.toMatchObject({ field: 'cells' });
				expect([...kept.keys()].filter((key) => key.includes('-r'))).toEqual([]);
			});
		});

		describe('residents say that something is wrong', () => {
			const flagAll = async (who = neighbours.slice(0, 3)) => {
				for (const each of who) await flag(place.db, each, { ...at(), reason: 'insult' });
			};
			const hidden = async () =>
				(await place.db.select().from(cases).where(eq(cases.id, light.caseId)))[0].hidden;
			const change = (set: Partial<typeof issues.$inferInsert>) =>
				place.db.update(issues).set(set).where(eq(issues.id, light.id));

			const tenStandBehind = () =>
				place.db.insert(supports).values(
					Array.from({ length: 10 }, (_, n) => ({
						id: newId(),
						municipalityId: light.municipalityId,
						issueId: light.id,
						byWhom: `neighbour ${n}`,
						verified: true,
						at: new Date()
					}))
				);

			test('one phone counts once; three different ones hide it until a person has looked', async () => {
				await flagAll([neighbours[0], neighbours[0], neighbours[0], neighbours[1]]);
				expect(await hidden()).toBe(false);
				await flag(place.db, neighbours[2], {
					...at(),
					reason: 'false',
					words: 'He was not there.'
				});
				expect(await hidden()).toBe(true);
				expect((await told()).map(({ template }) => template)).toContain('moderated');
				const queue = await moderationQueue(place.db, pumla, light.municipalityId);
				expect(queue.flagged).toMatchObject([
					{ reference: light.reference, flags: 3, hidden: true }
				]);
				await whole();
			});

			test('once Pumla has let it stand, no crowd hides it again', async () => {
				await flagAll(neighbours.slice(0, 2));
				await keepAsItIs(place.db, pumla, at());
				await flagAll([neighbours[2], neighbours[3], asker({ device: 'fifth' })]);
				expect(await hidden()).toBe(false);
			});

			test.each<[string, () => Promise<unknown>]>([
				['ten neighbours stand behind it', tenStandBehind],
				['Pumla typed it in', () => change({ capturedBy: pumla.id })],
				[
					'it speaks of how the councillor behaved',
					() => change({ description: 'The councillor shouted at us.' })
				]
			])('flags alone do not hide it when %s', async (_, arrange) => {
				await arrange();
				await flagAll(neighbours);
				expect(await hidden()).toBe(false);
				const queue = await moderationQueue(place.db, lerato, light.municipalityId);
				expect(queue.flagged).toHaveLength(1);
			});

			test('Thandi objects; Lerato may not judge her own act, Pumla answers and shows it again', async () => {
				await hideIssue(place.db, lerato, act());
				const { acts: mine } = await moderationsOfMine(place.db, thandi, at());
				const objection = { ...at(), moderationId: mine[0].id, words: 'I named nobody.' };
				await objectTo(place.db, thandi, objection);
				await expect(objectTo(place.db, thandi, objection)).rejects.toMatchObject({ status: 409 });
				const stranger = objectTo(place.db, neighbours[0], objection);
				await expect(stranger).rejects.toMatchObject({ status: 404 });

				const answer = { ...objection, words: 'You are right.' };
				await expect(answerObjection(place.db, lerato, answer)).rejects.toThrow('Somebody else');
				await answerObjection(place.db, pumla, answer);
				await restoreIssue(place.db, pumla, act('mistake'));
				expect((await told()).map(({ template }) => template)).toEqual(
					expect.arrayContaining(['moderated', 'reply', 'case.opened'])
				);
				const queue = await moderationQueue(place.db, lerato, light.municipalityId);
				expect(queue.objections).toEqual([]);
			});
		});

		describe('what was held', () => {
			test('Lerato publishes it, and everybody reads it', async () => {
				const held = await raised(place.db, { reference: 'KHA-26-7HELD', held: true });
				await place.db.update(issues).set({ hidden: true }).where(eq(issues.id, held.id));
				const there = { municipalityId: held.municipalityId, reference: held.reference };
				await release(place.db, lerato, { ...there, deedId: newId() });
				const seen = await issuePage(
					place.db,
					neighbours[0],
					{ id: held.municipalityId, timezone: 'Africa/Johannesburg' },
					held.reference
				);
				expect(seen).toMatchObject({ state: 'open', hidden: false });
			});

			test('a contact goes on the list and comes off it', async () => {
				const ban = { municipalityId: light.municipalityId, reason: 'Advertises loans.' };
				const id = await banContact(place.db, pumla, { ...ban, contact: '@loans.example' });
				expect(await bansOf(place.db, pumla, light.municipalityId)).toMatchObject([
					{ domain: 'loans.example', by: 'Pumla Jantjies' }
				]);
				await liftBan(place.db, pumla, { municipalityId: light.municipalityId, banId: id });
				expect(await bansOf(place.db, pumla, light.municipalityId)).toEqual([]);
				await expect(
					banContact(place.db, thandi.actor!, { ...ban, contact: '0820000101' })
				).rejects.toMatchObject({ status: 404 });
			});
		});
	},
	(db) => settleKhanyisa(db)
);
