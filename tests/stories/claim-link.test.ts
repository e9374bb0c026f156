import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { doDeed } from '#lib/cases/server/index.ts';
import { cases } from '#lib/cases/server/schema.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { answerByLink, readAnswerToken, reportIssue } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { drainJobs } from '#lib/platform/server/jobs.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { jobs } from '../../src/schedule.ts';
import { askerFor, khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabases(
	(place) => {
		test('Thandi is asked in a message whether it is fixed, and the link in it lets her answer once', async () => {
			const { db } = place;
			const { id: municipalityId } = await khanyisa(db);
			const { caseId } = await reportIssue(
				db,
				askerFor(await personOf(db, 'resident', noon)),
				{
					municipalityId,
					kind: 'issue',
					service: 'burst-pipe',
					description: 'Water is running down Vlei Street.',
					ward: '99901007',
					clientId: newId(noon),
					silent: true
				},
				noon
			);
			const riaan = await personOf(db, 'department-officer', noon);
			const claim = { deed: 'claim' as const, words: 'New joint.', deedId: newId(noon) };
			await doDeed(db, riaan, caseId, claim, noon);
			await drainJobs(db, jobs, noon, 1);

			const sent = await db
				.select({ path: messages.path })
				.from(messages)
				.where(eq(messages.template, 'case.resolved_claimed'));
			const token = new URL(sent[0].path, 'http://localhost').searchParams.get('t');
			const answerer = readAnswerToken(token!, noon);
			expect(answerer).toMatchObject({ as: 'reporter' });

			await answerByLink(db, answerer!, { fixed: true, deedId: newId(noon) }, noon);
			const [{ state }] = await db
				.select({ state: cases.state })
				.from(cases)
				.where(eq(cases.id, caseId));
			expect(state).toBe('verified_closed');
		});
	},
	(db) => settleKhanyisa(db, noon)
);
