import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { latestOf, versionsOf } from '../queries.ts';
import { sealOrNot } from './public.ts';

/** `K7F-2QD` or `K7F-2QD.2`: the newest version, or that one; `K7F-2QD.2.3`: the third part of its area. */
const readId = (id: string) =>
	/^([A-Z0-9]{3}-[A-Z0-9]{3})(?:\.([1-9]\d{0,2})(?:\.([1-9]\d{0,3}))?)?$/.exec(id.toUpperCase());

/**
 * A version with what proves it: its capsules, and the signed CAP message of a part of its area.
 * @throws Refusal 404 for what is not public, or was never sealed
 */
export async function sealedVersion(db: Db, municipalityId: string, id: string) {
	const [, number, version, part] = readId(id) ?? [];
	if (!number) throw notFound();
	const alert = version
		? (await versionsOf(db, municipalityId, number)).find(
				(each) => each.version === Number(version)
			)
		: await latestOf(db, municipalityId, number);
	const seal = alert && (await sealOrNot(db, alert));
	const cap = seal && [seal.cap, ...seal.capParts][Number(part ?? 1) - 1];
	if (!cap) throw notFound();
	return { alert, seal, cap };
}
