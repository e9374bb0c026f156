import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import type { Alert } from '../../alert.ts';
import { changesOf } from '../../changes.ts';
import { versionsOf } from '../queries.ts';
import { clipsFor } from './clips.ts';
import { mapOrNot } from './map.ts';
import { rumoursOf } from './rumours.ts';
import { isOut, sealAlert, type Seal } from './seal.ts';
import { proofOf } from './proof.ts';

/**
 * One version of an alert as everybody may read it, with what changed and how it can be proved; the
 * newest without a version.
 * @throws Refusal 404
 */
export async function publicAlert(
	db: Db,
	municipalityId: string,
	number: string,
	version?: number
) {
	const versions = await versionsOf(db, municipalityId, number);
	const alert = version
		? versions.find((each) => each.version === version)
		: (stillWarned(versions) ?? versions[0]);
	if (!alert) throw notFound();
	const before = versions.find((each) => each.version < alert.version);
	const seal = await sealOrNot(db, alert);
	return {
		alert,
		newest: versions[0],
		clearedPlaces: stillWarned(versions) === alert ? versions[0].places : [],
		versions: versions.map(({ version, kind, state, issuedAt }) => ({
			version,
			kind,
			state,
			issuedAt
		})),
		changes: changesOf(before, alert),
		proof: seal && proofOf(seal.capsule),
		capsule: seal?.capsule ?? null,
		heard: await rumoursOf(db, municipalityId, alert.incidentId),
		map: await mapOrNot(db, alert),
		clips: await clipsFor(db, alert)
	};
}

export type PublicAlert = Awaited<ReturnType<typeof publicAlert>>;

/** An all clear may be for some zones only: whoever opens the warning reads what holds for the rest. */
const stillWarned = ([newest, ...older]: Alert[]) =>
	newest?.kind === 'all_clear' ? older.find(({ state }) => state === 'live') : undefined;

/** A warning that cannot be sealed is shown all the same: people must read it. The fault is ours to mend. */
export async function sealOrNot(db: Db, alert: Alert): Promise<Seal | null> {
	if (!isOut(alert)) return null;
	try {
		return await db.transaction((tx) => sealAlert(tx, alert));
	} catch (reason) {
		log.error({ alert: alert.id, err: reason }, 'alert not sealed');
		return null;
	}
}
