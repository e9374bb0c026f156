import { eq } from 'drizzle-orm';
import { openBroadcast, type NewBroadcast } from '../../../delivery/server/index.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { job } from '../../../platform/server/jobs.ts';
import type { AlertText } from '../../alert.ts';
import { buttonsOf } from '../../buttons.ts';
import { templateOf } from '../../templates.ts';
import { findNow, warningsOf, type AlertRow } from '../find.ts';
import { feedChanged } from '../genuine/hub.ts';
import { sealAlert } from '../genuine/seal.ts';
import { wasHeld, wentLive } from '../live.ts';
import { linkOf } from '../preview.ts';
import { layDoors } from '../people/doors.ts';
import { layHands, opensRegister } from '../people/hands.ts';
import { alertById } from '../queries.ts';
import { releaseQueue, retractQueue } from '../queues.ts';
import { alerts } from '../schema.ts';
import { askCanaries } from './canary.ts';
import { ringsOf } from './rings.ts';

/** Places where somebody goes from door to door. */
const mostDoors = 100;

/** Lets an approved alert out: the canary ring first, then everybody. Fails closed. */
export const releaseAlert = job({
	...releaseQueue,
	run: ({ db, now }, { alertId }) => release(db, alertId, now)
});

/** Lets a retraction out, past every warning that is still being tested. */
export const releaseRetraction = job({
	...retractQueue,
	run: ({ db, now }, { alertId }) => release(db, alertId, now)
});

/**
 * What was approved is tested on the canary ring and goes out, or is held and whoever is on duty is
 * called. A retraction waits for no test: it goes to everybody any version was tried for. Doing it
 * twice is doing it once.
 */
export async function release(db: Db, alertId: string, now = new Date()): Promise<void> {
	const [row] = await db.select().from(alerts).where(eq(alerts.id, alertId));
	if (row?.state !== 'releasing') return;
	const why = row.kind === 'cancel' ? null : await askCanaries(db, row, now);
	await db.transaction(async (tx) => {
		if (why) await wasHeld(tx, alertId, why, now);
		else await letOut(tx, alertId, now);
	});
	await sealNow(db, row, now);
}

/** Signed as soon as it is out; what cannot be signed yet goes out all the same, and is signed when it is read. */
async function sealNow(db: Db, { id, municipalityId }: AlertRow, now: Date) {
	try {
		const alert = await alertById(db, municipalityId, id);
		if (alert?.state === 'live') await db.transaction((tx) => sealAlert(tx, alert, now));
	} catch (reason) {
		log.error({ err: reason, alert: id }, 'warning is out unsigned');
	}
}

async function letOut(tx: Db, alertId: string, now: Date) {
	const live = await wentLive(tx, alertId, now);
	if (live.state !== 'live') return;
	const { how } = await openBroadcast(tx, await broadcastOf(tx, live), now);
	// Two workers had it in hand, and the other one let it out.
	if (how === 'known') return;
	// Live and said to nobody: undone, so that it is tried again and in the end held.
	if (how === 'overtaken') throw new Error(`Alert ${alertId} was overtaken by a later version`);
	if (live.capStatus === 'actual') await feedChanged(tx, live.municipalityId);
	if (live.kind !== 'alert' && live.kind !== 'update') return;
	const { places, wards } = live.content!;
	await layDoors(tx, { ...live, places: places.slice(0, mostDoors) }, now);
	if (opensRegister(live.template))
		await layHands(tx, { ...live, wardCodes: wards.map(({ code }) => code) }, now);
}

/** @throws when what is about to be said is not what was approved: the transaction, and the state with it, is undone */
async function broadcastOf(tx: Db, row: AlertRow): Promise<NewBroadcast> {
	const content = row.content!;
	const municipality = (await municipalityById(tx, row.municipalityId))!;
	const link = linkOf(municipality, content.number);
	if ((await findNow(tx, row)).contentHash !== row.contentHash)
		throw new Error(`Alert ${row.id} is not what was approved`);
	return {
		municipalityId: row.municipalityId,
		subject: 'alert',
		subjectId: row.incidentId,
		deed: `alert/${row.id}`,
		version: row.version,
		emergency: true,
		// Nothing but what is actual reaches people: an allow-list, never a block rule.
		synthetic: row.capStatus !== 'actual',
		rings: ringsOf(content),
		corrects: row.kind !== 'alert',
		// Some zones are clear, the others still have to hear the warning.
		keepsEarlier: row.kind === 'all_clear' && (await warningsOf(tx, row.incidentId)).length > 0,
		path: `/alerts/${content.number}`,
		expiresAt: row.expiresAt!,
		template: 'alert',
		texts: content.texts.flatMap((said) => textsOf(said, link, row))
	};
}

/** One language over every channel. What nobody approved is left out, and the ledger refuses it besides. */
function textsOf(said: AlertText, link: string, row: AlertRow): NewBroadcast['texts'] {
	const { language, headline, description, instruction, push, sms, reviewedBy } = said;
	if (!reviewedBy) return [];
	const whole = { title: headline, text: `${instruction}\n\n${description}\n\n${link}` };
	const words = { language, reviewedBy };
	const actions = buttonsOf(templateOf(row.template), row.kind, row.content!.number, language);
	return [
		{ ...words, channel: 'web_push', title: push.title, text: push.body, actions },
		{ ...words, channel: 'sms', title: headline, text: sms },
		{ ...words, channel: 'email', ...whole },
		{ ...words, channel: 'inbox', ...whole }
	];
}
