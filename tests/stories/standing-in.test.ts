import { beforeEach, expect, test } from 'vitest';
import { auditPage, verifyAudit } from '#lib/audit/server/index.ts';
import { doDeed, remark, verifyCases } from '#lib/cases/server/index.ts';
import { makeCommitment } from '#lib/commitments/server/index.ts';
import { decideRetention, handOver, retentionOf } from '#lib/identity/server/index.ts';
import { officeTimeline, issuePage } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, isoDay, later } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { askerFor, departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const now = new Date();

inBothDatabases(
	(place) => {
		let municipality: Awaited<ReturnType<typeof khanyisa>>;
		let water: string;
		const who = (handle: string) => personOf(place.db, handle, now);
		const onLeave = async (from: string, to: string) =>
			handOver(
				place.db,
				await who('admin'),
				{
					municipality,
					fromPersonId: (await who(from)).id,
					toPersonId: (await who(to)).id,
					startsAt: later(now, -days(1)),
					endsAt: later(now, days(7)),
					reason: 'annual leave'
				},
				now
			);
		const log = async () => {
			const asked = { who: '', deed: '', thing: '', from: null, until: null };
			const manager = await who('municipal-manager');
			const facts = { municipalityId: municipality.id, asked, page: 1 };
			const { entries } = await auditPage(place.db, manager, facts);
			return entries.map(({ deed, who, insteadOf }) => [deed, who, insteadOf]);
		};

		beforeEach(async () => {
			municipality = await khanyisa(place.db);
			water = (await departmentOf(place.db, 'water')).id;
		});

		test('what Riaan does for Deon, who is on leave, stands under both names; his own work under his', async () => {
			await onLeave('director', 'department-officer');
			const riaan = await who('department-officer');
			const { kase, reference } = await raise(place.db, {
				municipalityId: municipality.id,
				title: 'Burst pipe',
				departmentId: water,
				wardCode: '99901007'
			});
			const deed = (name: 'start' | 'claim' | 'reopen', more = {}) =>
				doDeed(place.db, riaan, kase.id, { deed: name, deedId: newId(), ...more }, now);
			await deed('start');
			await remark(place.db, riaan, kase.id, {
				remark: 'note',
				words: 'New joint',
				deedId: newId()
			});
			await deed('claim', { words: 'Done.' });
			await deed('reopen', { words: 'It leaks again.' });
			await makeCommitment(
				place.db,
				riaan,
				{
					id: newId(),
					municipalityId: municipality.id,
					office: `department-${water}`,
					wardCode: '99901007',
					what: 'A new main in Vlei Street',
					dueOn: isoDay(later(now, days(20)))
				},
				now
			);

			expect((await log()).slice(0, 5)).toEqual([
				['commitment.made', riaan.name, 'Deon Mthembu'],
				['case.reopen', riaan.name, 'Deon Mthembu'],
				['case.claim', riaan.name, null],
				['case.note', riaan.name, null],
				['case.start', riaan.name, null]
			]);
			const lines = await officeTimeline(place.db, riaan, kase);
			expect(lines.slice(0, 2).map(({ colleague }) => colleague)).toEqual([
				`${riaan.name} for Deon Mthembu, on leave`,
				riaan.name
			]);
			// Officials speak as their office: residents read neither name.
			const page = await issuePage(place.db, askerFor(null), municipality, reference);
			expect(JSON.stringify(page)).not.toMatch(/Deon|Riaan|insteadOf/);
			expect((await verifyCases(place.db, municipality.id)).broken).toBeUndefined();
			expect((await verifyAudit(place.db)).every(({ broken }) => !broken)).toBe(true);
		});

		test('deeds of the whole municipality say for whom as well', async () => {
			await onLeave('admin', 'agent');
			const pumla = await who('agent');
			const months = await retentionOf(place.db, municipality.id);
			await decideRetention(
				place.db,
				pumla,
				{
					municipalityId: municipality.id,
					seen: months,
					rules: { ...months, messages: months.messages + 1 }
				},
				now
			);
			expect((await log())[0]).toEqual(['retention.changed', 'Pumla Jantjies', 'Chris Majola']);
		});
	},
	(db) => settleKhanyisa(db, now)
);
