import { and, asc, eq, inArray, like } from 'drizzle-orm';
import { auditEntries } from '../../../audit/server/schema.ts';
import { people } from '../../../identity/server/schema.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { progressOfDeed } from '../../../delivery/server/index.ts';
import type { Alert, Kind } from '../../alert.ts';
import { versionsOf } from '../queries.ts';
import { alerts } from '../schema.ts';
import { estimate, wardsWithin } from '../within.ts';

/** One link of the audit chain that is about an alert. */
export interface RecordedDeed {
	seq: number;
	at: Date;
	who: string | null;
	deed: string;
	version: number;
	/** Of the link: whoever kept a copy of the chain's head can compare. */
	hash: string;
}

/**
 * Who wrote, sent, approved and took back each public version of an alert, from the hash-chained log.
 * @throws Refusal 404
 */
export async function recordOf(db: Db, municipalityId: string, number: string) {
	const versions = await versionsOf(db, municipalityId, number);
	if (!versions.length) throw notFound();
	const versionOf = new Map(versions.map(({ id, version }) => [id, version]));
	const links = await db
		.select({
			seq: auditEntries.seq,
			at: auditEntries.occurredAt,
			who: people.name,
			deed: auditEntries.deed,
			thingId: auditEntries.thingId,
			hash: auditEntries.hash
		})
		.from(auditEntries)
		.leftJoin(people, eq(people.id, auditEntries.actorId))
		.where(
			and(
				eq(auditEntries.municipalityId, municipalityId),
				inArray(auditEntries.thingId, [...versionOf.keys()]),
				like(auditEntries.deed, 'alert.%')
			)
		)
		.orderBy(asc(auditEntries.seq));
	const deeds = links.map(({ thingId, ...link }): RecordedDeed => ({
		...link,
		version: versionOf.get(thingId)!
	}));
	return {
		newest: versions[0],
		deeds,
		waits: versions.map(({ version }) => waitOf(version, deeds)),
		facts: await Promise.all(versions.map((each) => factsOf(db, each)))
	};
}

/** How wide a version was, for how many, and how many messages of it were taken. */
export interface VersionFacts {
	version: number;
	kind: Kind;
	/** In square kilometres. */
	size: number;
	wards: string[];
	/** To two figures, as it is an estimate; null where no population was imported. */
	people: number | null;
	/** What was tried, and what the services accepted: that is not yet delivered. Null before it was sent. */
	sent: { audience: number; accepted: number } | null;
}

async function factsOf(db: Db, alert: Alert): Promise<VersionFacts> {
	const { id, municipalityId, version, kind, area, wards, issuedAt } = alert;
	const [row] = await db.select({ size: alerts.areaSize }).from(alerts).where(eq(alerts.id, id));
	const within = await wardsWithin(db, municipalityId, area, issuedAt ?? new Date());
	const { people } = await estimate(db, municipalityId, within);
	const progress = await progressOfDeed(db, `alert/${id}`);
	return {
		version,
		kind,
		size: Math.round(row.size * 10) / 10,
		wards: wards.map(({ name }) => name),
		people: people === null ? null : Number(people.toPrecision(2)),
		sent: progress && { audience: progress.audience, accepted: progress.accepted }
	};
}

/** How one version was let out. */
const releases: Record<string, 'approved' | 'alone' | 'at_once' | undefined> = {
	'alert.approved': 'approved',
	'alert.glass_broken': 'alone',
	'alert.fast_tracked': 'at_once'
};

/** Seconds from the last sending to the release of one version, and who let it out: null where it was approved with another. */
function waitOf(version: number, deeds: RecordedDeed[]) {
	const mine = deeds.filter((each) => each.version === version);
	const sent = mine.findLast(({ deed }) => deed === 'alert.submitted');
	const released = mine.find(({ deed }) => releases[deed]);
	const seconds =
		sent && released ? Math.round((released.at.getTime() - sent.at.getTime()) / 1000) : null;
	return { version, seconds, how: released ? releases[released.deed] : null };
}
