import { activeMunicipalities } from '../../../identity/server/index.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Alert } from '../../alert.ts';
import { findCapsule, type Capsule } from '../../capsule.ts';
import { readCode } from '../../code.ts';
import { judgeCapsule, type Verdict } from '../../verify.ts';
import { versionsOf } from '../queries.ts';
import { capsuleKeys } from './keys.ts';
import { proofOf } from './proof.ts';
import { sealOrNot } from './public.ts';

/** What to say of a text somebody wants checked. */
export type Checked =
	| { kind: 'nothing' }
	| { kind: 'unknown_code' }
	| { kind: 'number_only'; alert: Alert }
	| { kind: 'capsule'; verdict: Verdict; number?: string }
	| { kind: 'code'; alert: Alert; newest: Alert };

/** The keys everybody may pin: of every municipality served here. */
export const publicKeys = async (db: Db) =>
	capsuleKeys(
		db,
		(await activeMunicipalities(db)).map(({ id }) => id)
	);

/**
 * Checks a pasted message, a link, or a code somebody typed. A capsule proves itself; a code is looked
 * up among the alerts of this municipality.
 */
export async function checkText(
	db: Db,
	municipalityId: string,
	text: string,
	now = new Date()
): Promise<Checked> {
	const capsule = findCapsule(text);
	if (capsule) return { kind: 'capsule', verdict: await checkCapsule(db, capsule, now) };
	const typed = readCode(text);
	if (!typed) return { kind: 'nothing' };
	const versions = await versionsOf(db, municipalityId, typed.number);
	if (!versions.length) return { kind: 'unknown_code' };
	if (!typed.proof) return { kind: 'number_only', alert: versions[0] };
	for (const alert of versions) {
		const seal = await sealOrNot(db, alert);
		if (seal && proofOf(seal.capsule) === typed.proof)
			return { kind: 'code', alert, newest: versions[0] };
	}
	return { kind: 'unknown_code' };
}

async function checkCapsule(db: Db, capsule: string, now: Date): Promise<Verdict> {
	const municipalities = await activeMunicipalities(db);
	const knownOf = async ({ of, number, version }: Pick<Capsule, 'of' | 'number' | 'version'>) => {
		const municipality = municipalities.find(({ code }) => code === of);
		const versions = municipality ? await versionsOf(db, municipality.id, number) : [];
		if (!versions.length) return undefined;
		const own = versions.find((each) => each.version === version)?.state;
		return { version: versions[0].version, kind: versions[0].kind, state: versions[0].state, own };
	};
	return judgeCapsule(capsule, await publicKeys(db), knownOf, now);
}
