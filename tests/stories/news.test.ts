import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { follow } from '#lib/delivery/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { topicSubject } from '#lib/noticeboard/topics.ts';
import {
	changeNews,
	correctNews,
	countNews,
	discardNews,
	followNews,
	getNews,
	listNews,
	newsDue,
	newsForOffice,
	newsToWrite,
	newsWishes,
	publishNews,
	scheduleNews,
	unscheduleNews,
	unwatchAndUnfollow,
	watchAndFollow,
	withdrawNews,
	writeNews,
	type NewNews
} from '#lib/noticeboard/server/index.ts';
import { newsCorrections } from '#lib/noticeboard/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { drainJobs } from '#lib/platform/server/jobs.ts';
import { jobs } from '../../src/schedule.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { askerFor, khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const tuesday = new Date('2026-11-24T08:00:00Z');
const ward7 = '99901007';
const ward3 = '99901003';

inBothDatabases(
	(place) => {
		let kha: string;
		let lerato: Actor;
		let thandi: Actor;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			lerato = await personOf(place.db, 'communications', monday);
			thandi = await personOf(place.db, 'resident', monday);
		});

		const waterOff = (more: Partial<NewNews> = {}): NewNews => ({
			id: newId(monday),
			municipalityId: kha,
			title: 'No water in Lower Thembeni on Thursday',
			words: 'The pipe in Mill Road is replaced. A tanker stands at the clinic from 7:00.',
			language: 'en',
			topics: ['water'],
			wardCodes: [ward7],
			...more
		});
		const write = (more: Partial<NewNews> = {}) =>
			writeNews(place.db, lerato, waterOff(more), monday);
		const at = (number: number) => ({ municipalityId: kha, number });
		const told = async () =>
			(await place.db.select().from(messages))
				.filter(({ template }) => template.startsWith('news.'))
				.map(({ template, personId }) => [template, personId]);
		const run = (now: Date) => drainJobs(place.db, jobs, now);

		test('Lerato writes a draft: nobody else sees it; published, everyone in the ward does', async () => {
			const { number } = await write();
			await expect(getNews(place.db, kha, number)).rejects.toMatchObject({ status: 404 });
			expect(await listNews(place.db, kha)).toEqual([]);

			await publishNews(place.db, lerato, { ...at(number), version: 1 }, monday);
			expect(await getNews(place.db, kha, number)).toMatchObject({
				title: 'No water in Lower Thembeni on Thursday',
				writtenByName: 'Lerato Fortuin',
				withdrawn: false,
				corrections: []
			});
			expect(await countNews(place.db, kha, { wardCode: ward7 })).toBe(1);
			expect(await countNews(place.db, kha, { wardCode: ward3 })).toBe(0);
			expect(await countNews(place.db, kha, { topic: 'roads' })).toBe(0);
			expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
		});

		test('the same form sent twice makes one; publishing twice tells once', async () => {
			await follow(
				place.db,
				{
					municipalityId: kha,
					subject: 'ward',
					subjectId: ward7,
					personId: thandi.id,
					channel: 'inbox',
					because: 'asked'
				},
				monday
			);
			await follow(
				place.db,
				{
					municipalityId: kha,
					subject: 'topic',
					subjectId: topicSubject(kha, 'water'),
					personId: thandi.id,
					channel: 'inbox',
					because: 'asked'
				},
				monday
			);
			const sent = waterOff();
			const first = await writeNews(place.db, lerato, sent, monday);
			expect((await writeNews(place.db, lerato, sent, monday)).number).toBe(first.number);
			await publishNews(place.db, lerato, at(first.number), monday);
			await publishNews(place.db, lerato, at(first.number), monday);
			await run(monday);
			await run(monday);
			expect(await told()).toEqual([['news.published', thandi.id]]);
		});

		test('nobody else writes the news: not a director, not a councillor, not the neighbour', async () => {
			const { number } = await write();
			for (const handle of ['director', 'councillor', 'admin', 'neighbour-admin', 'resident']) {
				const actor = await personOf(place.db, handle, monday);
				for (const deed of [
					() => writeNews(place.db, actor, waterOff(), monday),
					() => publishNews(place.db, actor, at(number), monday),
					() => newsForOffice(place.db, actor, kha),
					() => newsToWrite(place.db, actor, kha, number)
				])
					await expect(deed(), handle).rejects.toMatchObject({ status: 404 });
			}
			const thokozani = (await khanyisa(place.db, 'THO')).id;
			await expect(
				writeNews(place.db, lerato, waterOff({ municipalityId: thokozani }), monday)
			).rejects.toMatchObject({ status: 404 });
			await expect(getNews(place.db, thokozani, number)).rejects.toMatchObject({ status: 404 });
		});

		test.each([
			[{ title: 'Water' }, 'title'],
			[{ title: 'x'.repeat(121) }, 'title'],
			[{ words: 'Soon.' }, 'words'],
			[{ words: 'x'.repeat(4001) }, 'words'],
			[{ language: 'tlh' }, 'language'],
			[{ wardCodes: ['99902001'] }, 'wards']
		])('news with %o is refused at that field', async (wrong, field) => {
			await expect(write(wrong)).rejects.toMatchObject({ status: 400, field });
		});

		test('what waits for Tuesday at 7 becomes public then, by itself, and says so in the audit', async () => {
			const { number, id } = await write();
			const when = '2026-11-24T07:00';
			await scheduleNews(place.db, lerato, { ...at(number), when }, monday);
			await newsDue.run({ db: place.db, now: new Date('2026-11-24T04:59:59Z') }, {});
			expect(await countNews(place.db, kha)).toBe(0);
			await newsDue.run({ db: place.db, now: new Date('2026-11-24T05:00:10Z') }, {});
			await newsDue.run({ db: place.db, now: new Date('2026-11-24T05:01:00Z') }, {});
			expect(await countNews(place.db, kha)).toBe(1);
			const deeds = await place.db.select().from(auditEntries).where(eq(auditEntries.thingId, id));
			expect(deeds.map(({ deed, actorId }) => [deed, actorId])).toEqual([
				['news.written', lerato.id],
				['news.scheduled', lerato.id],
				['news.published', null]
			]);
		});

		test('what waits can be changed or taken back; what is public cannot be changed in silence', async () => {
			const { number } = await write();
			await scheduleNews(place.db, lerato, { ...at(number), when: '2026-11-24T07:00' }, monday);
			await changeNews(
				place.db,
				lerato,
				{ ...waterOff({ title: 'No water on Friday' }), ...at(number) },
				monday
			);
			await unscheduleNews(place.db, lerato, at(number), monday);
			await newsDue.run({ db: place.db, now: tuesday }, {});
			expect(await countNews(place.db, kha)).toBe(0);
			await publishNews(place.db, lerato, at(number), tuesday);
			await expect(
				changeNews(place.db, lerato, { ...waterOff(), ...at(number) }, tuesday)
			).rejects.toMatchObject({ status: 409 });
			await expect(discardNews(place.db, lerato, at(number), tuesday)).rejects.toMatchObject({
				status: 409
			});
		});

		test('a colleague who was quicker is not overwritten', async () => {
			const { number } = await write();
			await changeNews(
				place.db,
				lerato,
				{ ...waterOff({ title: 'No water on Friday' }), ...at(number), version: 1 },
				monday
			);
			for (const deed of [
				() => changeNews(place.db, lerato, { ...waterOff(), ...at(number), version: 1 }, monday),
				() => publishNews(place.db, lerato, { ...at(number), version: 1 }, monday)
			])
				await expect(deed()).rejects.toMatchObject({ status: 409, field: 'version' });
		});

		test('a correction keeps the old words, the reason and who; those who were told are told', async () => {
			const { number, title } = await write();
			await publishNews(place.db, lerato, at(number), monday);
			await followNews(
				place.db,
				askerFor(thandi),
				{ municipalityId: kha, wardCodes: [ward7], topics: [] },
				monday
			);
			const correction = {
				...at(number),
				deedId: newId(tuesday),
				title: 'No water in Lower Thembeni on Friday',
				words: 'The pipe in Mill Road is replaced. A tanker stands at the clinic from 7:00.',
				why: 'The day was wrong: the team comes on Friday.'
			};
			await correctNews(place.db, lerato, correction, tuesday);
			await correctNews(place.db, lerato, correction, tuesday);
			const seen = await getNews(place.db, kha, number);
			expect(seen.title).toBe('No water in Lower Thembeni on Friday');
			expect(seen.corrections).toHaveLength(1);
			expect(seen.corrections[0]).toMatchObject({
				oldTitle: title,
				why: correction.why,
				byName: 'Lerato Fortuin',
				at: tuesday
			});
			await run(tuesday);
			expect((await told()).map(([template]) => template)).toContain('news.corrected');
		});

		test('no one rewrites what was corrected, not even the database’s own user', async () => {
			const { number, id } = await write();
			await publishNews(place.db, lerato, at(number), monday);
			await correctNews(
				place.db,
				lerato,
				{
					...at(number),
					...waterOff({ title: 'No water on Friday' }),
					deedId: newId(),
					why: 'The day was wrong.'
				},
				tuesday
			);
			await expect(
				place.db.transaction((tx) =>
					tx.update(newsCorrections).set({ oldWords: '' }).where(eq(newsCorrections.newsId, id))
				)
			).rejects.toThrow();
		});

		test('withdrawn news says why, and no longer what', async () => {
			const { number } = await write();
			await publishNews(place.db, lerato, at(number), monday);
			const why = 'This was meant for another town.';
			await withdrawNews(place.db, lerato, { ...at(number), why }, tuesday);
			expect(await getNews(place.db, kha, number)).toMatchObject({
				title: 'No water in Lower Thembeni on Thursday',
				words: '',
				withdrawn: { at: tuesday, why }
			});
			expect(await listNews(place.db, kha)).toEqual([]);
		});

		test('Thandi chooses her ward and water, changes her mind, and is told of neither twice', async () => {
			const wish = (wardCodes: string[], topics: string[]) =>
				followNews(place.db, askerFor(thandi), { municipalityId: kha, wardCodes, topics }, monday);
			await wish([ward7], ['water', 'roads']);
			expect(await newsWishes(place.db, thandi.id, kha)).toEqual({
				wardCodes: [ward7],
				topics: ['water', 'roads']
			});
			await wish([ward3], ['water']);
			expect(await newsWishes(place.db, thandi.id, kha)).toEqual({
				wardCodes: [ward3],
				topics: ['water']
			});
			await expect(wish(['99902001'], [])).rejects.toMatchObject({ status: 400, field: 'ward' });
		});

		test('a bare number is asked first, and hears nothing before it says yes', async () => {
			await followNews(
				place.db,
				askerFor(null),
				{ municipalityId: kha, wardCodes: [ward7], topics: [], contact: '082 000 0199' },
				monday
			);
			const { number } = await write();
			await publishNews(place.db, lerato, at(number), monday);
			await run(monday);
			const sent = await place.db.select().from(messages);
			expect(sent.map(({ template }) => template)).toEqual(['following']);
			for (const [contact, field] of [
				['', 'contact'],
				['not a number', 'contact'],
				['021 555 0100', 'contact']
			])
				await expect(
					followNews(
						place.db,
						askerFor(null),
						{ municipalityId: kha, wardCodes: [ward7], topics: [], contact },
						monday
					)
				).rejects.toMatchObject({ status: 400, field });
		});

		test('one phone cannot sign strangers up all day', async () => {
			const sign = (n: number) =>
				followNews(
					place.db,
					askerFor(null, 'one-phone'),
					{ municipalityId: kha, wardCodes: [ward7], topics: [], contact: `082 000 02${10 + n}` },
					monday
				);
			for (let n = 0; n < 10; n++) await sign(n);
			await expect(sign(10)).rejects.toMatchObject({ status: 429 });
		});

		test('a ward Thandi watches in her account is one whose news she is told, until she stops', async () => {
			const wish = { municipalityId: kha, wardCode: ward3, label: 'Mother' };
			await watchAndFollow(place.db, thandi, wish, monday);
			const watched = await newsWishes(place.db, thandi.id, kha);
			expect(watched.wardCodes).toContain(ward3);
			// What she chooses about news beside it does not end it: her account still says so.
			const news = { municipalityId: kha, wardCodes: [ward7], topics: ['water'] };
			await followNews(place.db, askerFor(thandi), news, monday);
			const both = await newsWishes(place.db, thandi.id, kha);
			expect(both.wardCodes.toSorted()).toEqual([ward3, ward7]);
			await unwatchAndUnfollow(place.db, thandi, ward3, tuesday);
			const after = await newsWishes(place.db, thandi.id, kha);
			expect(after.wardCodes).not.toContain(ward3);
			await expect(
				watchAndFollow(place.db, thandi, { ...wish, wardCode: '99902001' }, monday)
			).rejects.toMatchObject({ status: 400, field: 'ward' });
		});

		test('news for everyone reaches those who follow any ward; drafts thrown away are gone', async () => {
			await follow(
				place.db,
				{
					municipalityId: kha,
					subject: 'ward',
					subjectId: ward3,
					personId: thandi.id,
					channel: 'inbox',
					because: 'asked'
				},
				monday
			);
			const { number } = await write({ wardCodes: [], topics: [] });
			const thrown = await write({ id: newId() });
			await discardNews(place.db, lerato, at(thrown.number), monday);
			await publishNews(place.db, lerato, at(number), monday);
			await run(monday);
			expect(await told()).toEqual([['news.published', thandi.id]]);
			expect(await newsForOffice(place.db, lerato, kha)).toHaveLength(1);
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
	}
);
