import { eq } from 'drizzle-orm';
import type { WeekFile } from '#lib/clocks/calendar-file.ts';
import { agreements, calendars, ladderRungs } from '#lib/clocks/server/schema.ts';
import { services } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, later } from '#lib/platform/time.ts';
import type { Db } from '#lib/platform/server/db.ts';

const monToFri = (...hours: Array<[string, string]>): WeekFile =>
	Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours]));

/** The office closes for lunch; the roads depot starts early and works through. Eight hours each. */
const office = monToFri(['07:45', '13:00'], ['13:45', '16:30']);
const depot = monToFri(['07:00', '15:00']);

const hour = 60;
const day = 8 * hour;
const working = (minutes: number) => ({ minutes, working: true });
const always = (minutes: number) => ({ minutes, working: false });

type Promised = typeof agreements.$inferInsert;

/** What Khanyisa promises, from the widest to the narrowest. None of it is any real municipality's. */
const promised: Array<
	Pick<Promised, 'priority' | 'acknowledge' | 'reply' | 'resolve'> & { service?: string }
> = [
	{ acknowledge: working(day), reply: working(3 * day), resolve: working(10 * day) },
	{
		priority: 'high',
		acknowledge: working(4 * hour),
		reply: working(day),
		resolve: working(3 * day)
	},
	{ priority: 'emergency', acknowledge: always(hour), resolve: always(12 * hour) },
	{ service: 'pothole', acknowledge: working(day), resolve: working(5 * day) },
	{ service: 'street-light', acknowledge: working(day), resolve: working(5 * day) },
	{ service: 'burst-pipe', acknowledge: always(2 * hour), resolve: always(24 * hour) },
	{
		// The steps of NRS 047 for forced interruptions.
		service: 'no-power-area',
		acknowledge: always(hour),
		resolve: {
			...always(24 * hour),
			steps: [
				{ percent: 30, minutes: 90 },
				{ percent: 60, minutes: 210 },
				{ percent: 90, minutes: 450 },
				{ percent: 98, minutes: 24 * hour }
			]
		}
	}
];

/** Who hears of it when the time is used up. */
const ladder: Array<Pick<typeof ladderRungs.$inferInsert, 'percent' | 'level' | 'copyCouncillor'>> =
	[
		{ percent: 100, level: 'supervisor', copyCouncillor: false },
		{ percent: 150, level: 'director', copyCouncillor: false },
		{ percent: 200, level: 'municipal_manager', copyCouncillor: true }
	];

/** Hours of work and promises of Khanyisa and its neighbour, as they have stood for two years. */
export async function settleAgreements(
	db: Db,
	ids: Record<string, string>,
	departmentIds: Record<string, string>,
	now: Date
) {
	const since = later(now, -days(800));
	const hours = (municipality: string, name: string, week: WeekFile, department?: string) => ({
		id: newId(since),
		calendarId: newId(since),
		municipalityId: ids[municipality],
		departmentId: department ? departmentIds[`${municipality}/${department}`] : null,
		name,
		timezone: 'Africa/Johannesburg',
		week,
		since
	});
	await db
		.insert(calendars)
		.values([
			hours('KHA', 'Civic Centre', office),
			hours('KHA', 'Roads depot', depot, 'roads'),
			hours('THO', 'Municipal offices', office)
		]);
	// From today: what fell due in the year that is told is not carried up all at once.
	await db.insert(ladderRungs).values(
		ladder.map((rung) => ({
			...rung,
			id: newId(now),
			municipalityId: ids.KHA,
			since: now
		}))
	);
	await db.insert(agreements).values([
		...(await agreementsIn(db, ids.KHA, since)),
		{
			...promised[0],
			id: newId(since),
			agreementId: newId(since),
			municipalityId: ids.THO,
			since
		}
	]);
}

async function agreementsIn(db: Db, municipalityId: string, since: Date): Promise<Promised[]> {
	const known = await db
		.select({ id: services.id, code: services.code })
		.from(services)
		.where(eq(services.municipalityId, municipalityId));
	return promised.map(({ service, ...promise }) => ({
		...promise,
		id: newId(since),
		agreementId: newId(since),
		municipalityId,
		serviceId: known.find(({ code }) => code === service)?.id ?? null,
		since
	}));
}
