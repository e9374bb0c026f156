import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../../platform/server/db.ts';
import { channelNames } from '../../channel.ts';
import type { Told } from '../../broadcast.ts';
import { progressFrom, tallied } from './counts.ts';
import { broadcasts } from './schema.ts';

/** What was told about a subject, first to last, and how many it reached by each way. */
export async function toldOf(
	db: Db,
	about: { municipalityId: string; subject: string; subjectId: string }
): Promise<Told[]> {
	const found = await db
		.select()
		.from(broadcasts)
		.where(
			and(
				eq(broadcasts.municipalityId, about.municipalityId),
				eq(broadcasts.subject, about.subject),
				eq(broadcasts.subjectId, about.subjectId)
			)
		)
		.orderBy(asc(broadcasts.version));
	return Promise.all(
		found.map(async (broadcast) => {
			const counts = broadcast.counts ?? (await tallied(db, broadcast.no));
			const progress = progressFrom(broadcast.audience, counts);
			return {
				id: broadcast.id,
				template: broadcast.template,
				state: broadcast.state,
				at: broadcast.openedAt,
				audience: broadcast.audience,
				accepted: progress.accepted,
				waiting: progress.waiting,
				lost: progress.lost,
				ways: channelNames.flatMap((channel) => {
					const own = counts.filter((each) => each.channel === channel);
					if (!own.length) return [];
					const { accepted, waiting, lost } = progressFrom(0, own);
					return [{ channel, accepted, waiting, lost }];
				})
			};
		})
	);
}

/** The wards in which a broadcast was accepted for somebody. */
export async function wardsTold(db: Db, id: string): Promise<string[]> {
	const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
	if (!broadcast) return [];
	const counts = broadcast.counts ?? (await tallied(db, broadcast.no));
	const accepted = counts.filter(
		({ result, count }) => count > 0 && (result === 'accepted' || result === 'delivered')
	);
	return [...new Set(accepted.map(({ ward }) => ward))];
}
