import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { jobs } from '../../src/schedule.ts';
import {
	answerRecordOf,
	askWriters,
	heardByLink,
	heardByReporter,
	replyToRecord,
	writerQuestion,
	type Heard
} from '#lib/commitments/server/index.ts';
import { remark } from '#lib/cases/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { grants } from '#lib/identity/server/schema.ts';
import { exportPerson, readAnswerToken, reportIssue } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { drainJobs } from '#lib/platform/server/jobs.ts';
import { days, later } from '#lib/platform/time.ts';
import { inBothDatabases } from '../support/story.ts';
import { askerFor, khanyisa, personOf, raise } from '../support/scene.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const ward = '99901007';
const after = (n: number) => later(noon, days(n));

inBothDatabases(
	(place) => {
		let thandi: Actor, ayanda: Actor, lindiwe: Actor;
		let municipalityId: string;

		const asks = (who: Actor, words = 'When does the clinic open again?', when = noon) =>
			reportIssue(
				place.db,
				askerFor(who),
				{
					...{ municipalityId, kind: 'suggestion' as const, description: words, ward },
					...{ clientId: newId(when), silent: true }
				},
				when
			);
		const says = (who: Actor, reference: string, heard: string, when = after(15)) =>
			heardByReporter(
				place.db,
				askerFor(who),
				{ municipalityId, reference, heard, firstTime: null },
				when
			);
		/** So many questions of Thandi, put there as earlier days left them, each with what she says of it. */
		const heardOf = async (n: number, heard: Heard | null, when = noon) => {
			for (let i = 0; i < n; i++) {
				const { reference } = await raise(
					place.db,
					{
						...{ municipalityId, kind: 'suggestion', title: `Question ${i}` },
						...{ wardCode: ward, reporterId: thandi.id }
					},
					when
				);
				if (heard) await says(thandi, reference, heard, later(when, days(15)));
			}
		};
		const record = (now: Date, who = lindiwe) =>
			answerRecordOf(place.db, municipalityId, who.id, now);
		const sent = () =>
			place.db
				.select({ path: messages.path, personId: messages.personId })
				.from(messages)
				.where(eq(messages.template, 'councillor.heard'));

		beforeEach(async () => {
			[thandi, ayanda, lindiwe] = [
				await personOf(place.db, 'resident', noon),
				await personOf(place.db, 'resident-2', noon),
				await personOf(place.db, 'councillor', noon)
			];
			municipalityId = (await khanyisa(place.db)).id;
		});

		test('Thandi is asked after two weeks and after three, until she has said; the link lets her', async () => {
			const { reference } = await asks(thandi);
			expect(await askWriters(place.db, after(13))).toBe(0);
			expect(await askWriters(place.db, after(14))).toBe(1);
			expect(await askWriters(place.db, after(15))).toBe(0);
			expect(await askWriters(place.db, after(21))).toBe(1);
			expect(await askWriters(place.db, after(28))).toBe(0);

			const [{ path, personId }] = await sent();
			expect(personId).toBe(thandi.id);
			const token = new URL(path, 'http://localhost').searchParams.get('t');
			const answerer = readAnswerToken(token!, after(15))!;
			const question = await writerQuestion(place.db, { answerer }, after(15));
			expect(question).toMatchObject({ reference, who: lindiwe.name, heard: null, early: false });
			await heardByLink(place.db, answerer, { heard: 'nothing', firstTime: true }, after(15));
			expect(await askWriters(place.db, after(22))).toBe(0);
			await drainJobs(place.db, jobs, after(22), 1);

			// Something came after all.
			await heardByLink(place.db, answerer, { heard: 'answer', firstTime: true }, after(23));
			const again = await writerQuestion(place.db, { answerer }, after(23));
			expect(again.heard).toBe('answer');
			expect(await exportPerson(place.db, thandi.id, after(23))).toMatchObject({
				heardFromCouncillors: [{ reference, heard: 'answer', firstTime: true }]
			});
		});

		test('only whoever wrote it is asked, not too early, and only in the words there are', async () => {
			const { reference } = await asks(thandi);
			await expect(says(thandi, reference, 'answer', after(13))).rejects.toMatchObject({
				status: 409
			});
			await expect(says(thandi, reference, 'perhaps')).rejects.toMatchObject({ field: 'heard' });
			await expect(says(ayanda, reference, 'nothing')).rejects.toMatchObject({ status: 404 });
			await expect(says(lindiwe, reference, 'answer')).rejects.toMatchObject({ status: 404 });
			const { kase } = await raise(
				place.db,
				{ municipalityId, title: 'A leak is no question', wardCode: ward, reporterId: thandi.id },
				noon
			);
			await expect(says(thandi, kase.reference, 'answer')).rejects.toMatchObject({ status: 404 });
		});

		test('a share from ten of each on, four weeks after they asked; the history sets aside what it contradicts', async () => {
			await heardOf(7, 'answer');
			await heardOf(2, 'receipt');
			expect(await record(after(40))).toMatchObject({ kind: 'toofew', delivered: 9, answers: 9 });
			await heardOf(1, 'nothing');
			await heardOf(3, null);
			expect(await record(after(27))).toMatchObject({ kind: 'toofew', delivered: 0 });

			const answered = await asks(thandi);
			await remark(
				place.db,
				lindiwe,
				answered.caseId,
				{ remark: 'councillor_reply', words: 'On Monday.', deedId: newId() },
				after(2)
			);
			await says(thandi, answered.reference, 'nothing');
			expect(await record(after(40))).toMatchObject({
				...{ kind: 'known', delivered: 14, answers: 10, aside: 1, band: 'high' },
				share: { k: 7, n: 10 }
			});
		});

		test('it follows the person: who came later has none of it, and who left keeps theirs', async () => {
			const themba = await personOf(place.db, 'councillor-2', noon);
			await heardOf(10, 'answer');
			await place.db
				.update(grants)
				.set({ endsAt: after(1) })
				.where(eq(grants.personId, lindiwe.id));
			await place.db
				.update(grants)
				.set({ term: 'ward', startsAt: after(1) })
				.where(eq(grants.personId, themba.id));
			expect(await record(after(40))).toMatchObject({ kind: 'known', share: { k: 10, n: 10 } });
			expect(await record(after(40), themba)).toMatchObject({ kind: 'toofew', delivered: 0 });
		});

		test('nothing ever came and nothing was ever done: our addresses are doubted', async () => {
			await heardOf(12, 'nothing');
			expect(await record(after(40))).toMatchObject({ kind: 'unknown' });
			const { caseId } = await asks(ayanda, 'Another one', after(1));
			await remark(
				place.db,
				lindiwe,
				caseId,
				{ remark: 'councillor_reply', words: 'I am here.', deedId: newId() },
				after(2)
			);
			expect(await record(after(40))).toMatchObject({ kind: 'known', band: 'very_low' });
		});

		test('Lindiwe says something to it, changes it and takes it back; nobody else can', async () => {
			const reply = (words: string, who = lindiwe, when = noon) =>
				replyToRecord(place.db, who, { municipalityId, words }, when);
			await reply('I answer at the meeting too.');
			expect((await record(noon)).reply).toMatchObject({ words: 'I answer at the meeting too.' });
			await reply('', lindiwe, after(1));
			expect((await record(noon)).reply).toBeNull();
			await expect(reply('x'.repeat(1001))).rejects.toMatchObject({ field: 'words' });
			for (const handle of ['resident', 'supervisor', 'neighbour-councillor'])
				await expect(reply('No.', await personOf(place.db, handle, noon))).rejects.toMatchObject({
					status: 404
				});
		});
	},
	(db) => settleKhanyisa(db, noon)
);
