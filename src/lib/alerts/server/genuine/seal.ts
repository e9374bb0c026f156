import { eq } from 'drizzle-orm';
import { municipalityById } from '../../../identity/server/index.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Alert } from '../../alert.ts';
import { capPartsOf } from '../cap-parts.ts';
import { capsOf } from '../cap/compose.ts';
import { ownCapFaults } from '../cap/own-faults.ts';
import { signCap } from '../cap/sign.ts';
import { writeCap } from '../cap/write.ts';
import { publicStates } from '../queries.ts';
import { capsuleOf, scannedOf } from './capsule.ts';
import { clipsFor } from './clips.ts';
import { houseOf } from './house.ts';
import { signingKey } from './keys.ts';
import { capResources, drawResources } from './resources.ts';
import { alertResources, alertSeals } from './schema.ts';

export type Seal = typeof alertSeals.$inferSelect;

/** Before it is out its words may still change, and a signature stays for ever. */
export const isOut = ({ issuedAt, state }: Alert) =>
	issuedAt !== null && publicStates.includes(state);

/**
 * What proves a version genuine: its signed CAP messages and its capsules, made once when it is
 * released and never again. Call it in the release's transaction, or whenever they are asked for.
 * @throws when the message breaks a rule of CAP: nothing is signed that others would refuse
 */
export async function sealAlert(db: Db, alert: Alert, now = new Date()): Promise<Seal> {
	if (!isOut(alert)) throw new Error(`Alert ${alert.number} is not out: nothing is signed yet`);
	const [known] = await sealOf(db, alert.id);
	if (known) return known;
	const municipality = (await municipalityById(db, alert.municipalityId))!;
	const house = houseOf(municipality);
	const { code } = municipality;
	const key = await signingKey(db, alert.municipalityId, 'capsule', now);
	const scanned = scannedOf(alert, code, key, house.origin);
	const drawn = await drawResources(db, alert, { scanned }, house, now);
	const clips = await clipsFor(db, alert);
	const resources = capResources(alert, drawn, clips, house.origin);
	const messages = capsOf(alert, { ...house, resources }, await capPartsOf(db, alert));
	const faults = messages.flatMap(ownCapFaults);
	if (faults.length)
		throw new Error(
			`Alert ${alert.number}: ${faults.map(({ field, says }) => `${field} ${says}`).join('; ')}`
		);

	const capKey = await signingKey(db, alert.municipalityId, 'cap', now);
	const [cap, ...capParts] = messages.map((each) => signCap(writeCap(each), capKey));
	const made = await db
		.insert(alertSeals)
		.values({
			alertId: alert.id,
			municipalityId: alert.municipalityId,
			cap,
			capParts,
			capsule: capsuleOf(alert, code, key, house.origin),
			scanned,
			madeAt: now
		})
		.onConflictDoNothing()
		.returning({ alertId: alertSeals.alertId });
	// Of two who sign at once, one did: the files are those its message names.
	if (made.length && drawn.length) await db.insert(alertResources).values(drawn);
	return (await sealOf(db, alert.id))[0];
}

const sealOf = (db: Db, alertId: string) =>
	db.select().from(alertSeals).where(eq(alertSeals.alertId, alertId));
