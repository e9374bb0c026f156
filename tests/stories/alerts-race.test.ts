import { expect, test } from 'vitest';
import {
	approveAlert,
	release,
	retractAlert,
	turnClock,
	type AlertRow
} from '#lib/alerts/server/index.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { toldOf } from '#lib/delivery/server/index.ts';
import { eq } from 'drizzle-orm';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabasesForReal } from '../support/story.ts';
import { live, monday, submitted } from '../support/warnings.ts';

inBothDatabasesForReal(
	(place) => {
		test('two approve in the same moment: it is released once, and the other is told', async () => {
			const { db } = place.database;
			const { id: kha } = await khanyisa(db);
			const [nomsa, johan] = [
				await personOf(db, 'disaster-approver', monday),
				await personOf(db, 'incident-commander', monday)
			];
			const { id } = await submitted(db, kha);
			const at = { municipalityId: kha, id };
			const answers = await Promise.allSettled([
				approveAlert(db, nomsa, at, later(monday, minutes(1))),
				approveAlert(db, johan, at, later(monday, minutes(1)))
			]);
			expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			expect((await verifyAudit(db)).filter(({ broken }) => broken)).toEqual([]);
		});

		test('two workers let it out in the same moment: it is live and said once, and neither fails', async () => {
			const { db } = place.database;
			const { id: kha } = await khanyisa(db);
			const nomsa = await personOf(db, 'disaster-approver', monday);
			const { id, incidentId } = await submitted(db, kha);
			await approveAlert(db, nomsa, { municipalityId: kha, id }, monday);
			const both = [release(db, id, monday), release(db, id, monday)];
			expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
				'fulfilled',
				'fulfilled'
			]);
			const [{ state }] = await db.select().from(alerts).where(eq(alerts.id, id));
			expect(state).toBe('live');
			const about = { municipalityId: kha, subject: 'alert', subjectId: incidentId };
			expect(await toldOf(db, about)).toHaveLength(1);
		});

		test('taken back twice in the same moment, while the clock ends it: one correction goes out', async () => {
			const { db } = place.database;
			const { id: kha } = await khanyisa(db);
			const johan = await personOf(db, 'incident-commander', monday);
			const out = await live(db, kha);
			const at = { municipalityId: kha, id: out.id };
			const answers = await Promise.allSettled([
				retractAlert(db, johan, at, later(monday, minutes(5))),
				retractAlert(db, johan, at, later(monday, minutes(5))),
				turnClock(db, later(monday, hours(9)))
			]);
			const all: AlertRow[] = await db
				.select()
				.from(alerts)
				.where(eq(alerts.incidentId, out.incidentId));
			const cancels = all.filter(({ kind }) => kind === 'cancel');
			// Whoever came first counts: retracted with its correction, or over by itself.
			const first = all.find(({ kind }) => kind === 'alert')!.state;
			expect(['retracted', 'expired']).toContain(first);
			expect(cancels).toHaveLength(first === 'retracted' ? 1 : 0);
			expect(answers[2].status).toBe('fulfilled');
		});
	},
	(db) => settleKhanyisa(db, monday)
);
