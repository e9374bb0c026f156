import { and, eq, inArray, isNull } from 'drizzle-orm';
import { lockCase, type Case } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { issues, supports } from './schema.ts';
import { raisedBy, visibleTo } from './visible.ts';

export type Issue = typeof issues.$inferSelect;
export type Part = 'reporter' | 'supporter' | null;

/** An issue with the part that whoever asks has in it. */
export interface Standing {
	issue: Issue;
	kase: Case;
	part: Part;
	/** Fingerprint of who this is, for "one per person, contact or device". */
	byWhom: string;
}

const whom = (kind: 'person' | 'contact' | 'device' | 'reporter', id: string) =>
	fingerprint('device', `${kind}:${id}`);

/** How somebody is known in supports and answers: the account when there is one, else the device. */
export const whoAsks = ({ actor, device }: Asker) =>
	actor ? whom('person', actor.id) : whom('device', device);

/** Every name whoever asks may have supported under before: on this device, or with this account. */
const everyName = ({ actor, device }: Asker) => [
	...(actor ? [whom('person', actor.id)] : []),
	whom('device', device)
];

/** The reporter answers once, from whichever device or message. */
export const theReporter = (issueId: string) => whom('reporter', issueId);
/**
 * Who stands in the audit log for what residents say of others' reports: nobody. The log is kept for
 * good, and whoever supports, follows or flags something must not be found in it (docs/privacy.md).
 */
export const nobodyNamed = null;

export const byPerson = (id: string) => whom('person', id);
export const byDevice = (device: string) => whom('device', device);
export const byContact = (id: string) => whom('contact', id);

/** The issue of a reference with the case and the asker's part. @throws 404 for what they may not see. */
export async function standingIn(
	db: Db,
	asker: Asker,
	municipalityId: string,
	reference: string
): Promise<Standing> {
	const [found] = await db
		.select({ issue: issues, kase: cases, mine: raisedBy(asker) })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				eq(issues.reference, reference),
				visibleTo(asker)
			)
		);
	if (!found) throw notFound();

	const { issue, kase } = found;
	if (found.mine) return { issue, kase, part: 'reporter', byWhom: theReporter(issue.id) };
	const support = await supportOf(db, asker, issue.id);
	return {
		issue,
		kase,
		part: support ? 'supporter' : null,
		byWhom: support?.byWhom ?? whoAsks(asker)
	};
}

/** The same with the case locked until the deed's transaction ends, read again behind the lock. */
export async function lockStanding(
	tx: Db,
	asker: Asker,
	municipalityId: string,
	reference: string
): Promise<Standing> {
	const before = await standingIn(tx, asker, municipalityId, reference);
	await lockCase(tx, before.kase.id);
	return standingIn(tx, asker, municipalityId, reference);
}

/** What this person or device said before about an issue being theirs too, if it still holds. */
export async function supportOf(db: Db, asker: Asker, issueId: string) {
	const [support] = await db
		.select()
		.from(supports)
		.where(
			and(
				eq(supports.issueId, issueId),
				inArray(supports.byWhom, everyName(asker)),
				isNull(supports.withdrawnAt)
			)
		)
		.limit(1);
	return support;
}
