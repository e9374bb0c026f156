import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { verifyCases } from '#lib/cases/server/index.ts';
import { cases } from '#lib/cases/server/schema.ts';
import { caseClimbs } from '#lib/clocks/server/schema.ts';
import { flags, issues, moderations } from '#lib/issues/server/schema.ts';
import { delegations, municipalities, privacyRequests } from '#lib/identity/server/schema.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { tellFirstChapter, tellYear } from '../../src/demo/khanyisa/story/index.ts';
import { inBothDatabases } from '../support/story.ts';

const today = new Date('2026-11-20T08:00:00Z');

inBothDatabases((place) => {
	test(
		'the first chapter and the beginning of the year are told, and every chain holds',
		{ timeout: 120_000 },
		async () => {
			const { db } = place;
			await settleKhanyisa(db, today);
			await tellFirstChapter(db, today);
			const first = await db.$count(issues);
			let n = 0;
			await tellYear(db, today, { told: async () => {}, pause: async () => n++ < 15 });
			expect(await db.$count(issues)).toBe(first + 15);

			// Told again after a stop, nothing happens twice.
			n = 0;
			await tellYear(db, today, { told: async () => {}, pause: async () => n++ < 5 });
			expect(await db.$count(issues)).toBe(first + 15);

			expect(await db.$count(cases, sql`${cases.state} = 'resolved_claimed'`)).toBeGreaterThan(0);
			// One job of thirty reports, and a case on every rung: the middle one was answered.
			expect(await db.$count(cases, sql`${cases.parts} = 29`)).toBe(1);
			const climbs = await db.select().from(caseClimbs).orderBy(caseClimbs.at);
			expect(climbs.map(({ level }) => level).sort()).toEqual([
				...['director', 'director', 'municipal_manager'],
				...['supervisor', 'supervisor', 'supervisor']
			]);
			expect(climbs.filter(({ answeredAt }) => answeredAt)).toHaveLength(2);
			// Somebody's work waits behind every door of the office.
			expect(await db.$count(cases, sql`${cases.state} = 'submitted'`)).toBe(1);
			expect(await db.$count(issues, sql`${issues.private}`)).toBeGreaterThan(0);
			expect(await db.$count(flags, sql`${flags.decidedAt} is null`)).toBe(1);
			expect(await db.$count(moderations, sql`${moderations.objection} is not null`)).toBe(1);
			expect(await db.$count(privacyRequests, sql`${privacyRequests.decidedAt} is null`)).toBe(1);
			expect(await db.$count(delegations, sql`true`)).toBe(1);
			expect((await verifyAudit(db)).every(({ broken }) => !broken)).toBe(true);
			for (const { id } of await db.select({ id: municipalities.id }).from(municipalities))
				expect((await verifyCases(db, id)).broken).toBeUndefined();
		}
	);
});
