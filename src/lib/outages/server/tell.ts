import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { tellFollowers } from '../../delivery/server/index.ts';
import type { TemplateCode } from '../../delivery/templates.ts';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { shorten } from '../../platform/text.ts';
import { outageEvents, outages } from './schema.ts';

/** Tells everyone who follows an outage what changes their day. */
export const outageMoved = job({
	name: 'outage-moved',
	payload: v.object({ eventId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { eventId }) => tellOfOutage(db, eventId, now)
});

/** Room for the rest of an SMS around it. */
const placeInMessage = 40;

type Event = typeof outageEvents.$inferSelect;

async function tellOfOutage(db: Db, eventId: string, now: Date) {
	const [found] = await db
		.select({ event: outageEvents, number: outages.number, areaDesc: outages.areaDesc })
		.from(outageEvents)
		.innerJoin(outages, eq(outages.id, outageEvents.outageId))
		.where(eq(outageEvents.id, eventId));
	const template = found && (await templateOf(db, found.event));
	if (!found || !template) return;
	const { event, number, areaDesc } = found;
	await tellFollowers(
		db,
		{
			municipalityId: event.municipalityId,
			subject: 'outage',
			subjectId: event.outageId,
			template,
			facts: { what: shorten(areaDesc, placeInMessage), ...(event.why && { reason: event.why }) },
			moments: {
				due: event.forecastAfter ?? undefined,
				oldDue: event.forecastBefore ?? undefined
			},
			path: `/outages/${number}`,
			dedupe: event.id,
			exceptPersonId: event.by
		},
		now
	);
}

/** What is said of a step; nothing of a team or a crew, which changes nobody's day. */
async function templateOf(db: Db, event: Event): Promise<TemplateCode | undefined> {
	switch (event.kind) {
		case 'forecast':
			return event.forecastAfter ? 'outage.forecast' : 'outage.forecast_unknown';
		case 'resolve':
			return 'outage.ended';
		case 'again':
			return 'outage.again';
		case 'close':
			return (await hadEnded(db, event)) ? undefined : 'outage.called_off';
		default:
			return undefined;
	}
}

async function hadEnded(db: Db, { outageId }: Event): Promise<boolean> {
	const [found] = await db
		.select({ endedAt: outages.endedAt })
		.from(outages)
		.where(eq(outages.id, outageId));
	return Boolean(found?.endedAt);
}
