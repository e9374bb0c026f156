import { and, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { wardsInForce } from '../../../geography/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { activeMunicipalities, type Municipality } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { readSignedCap, type PinnedKey } from '../cap/check.ts';
import { NotCap } from '../cap/read.ts';
import { weatherWarnings } from '../genuine/schema.ts';
import { linksOf } from './feed.ts';
import { keepUnread, type Unread } from './unread.ts';
import { isNamedAfter, weatherOf, type Weather } from './warning.ts';

/** Fetches a text; a test hands in its own. @throws when it does not come */
export type Fetch = (url: string) => Promise<string>;

export interface Feed {
	feed: string;
	fetch: Fetch;
	pinned?: PinnedKey[];
}

/**
 * Reads the feed of the Weather Service and offers what touches a municipality. Nothing is sent. One
 * document that cannot be read stops none of the others: officials are shown which it is, and why. A
 * feed that is down is tried again at the next round.
 */
export async function readWeather(db: Db, facts: Feed, now = new Date()): Promise<number> {
	const municipalities = await activeMunicipalities(db);
	const bad: Unread[] = [];
	let offered = 0;
	for (const link of await linksIn(facts, bad))
		try {
			const text = await facts.fetch(link);
			offered += await db.transaction((tx) =>
				offerDocument(tx, municipalities, text, { link, pinned: facts.pinned ?? [] }, now)
			);
		} catch (reason) {
			bad.push({ link, why: whyOf(reason) });
			if (!(reason instanceof NotCap || reason instanceof NotThere))
				log.error({ link, err: reason }, 'weather warning not read');
		}
	await keepUnread(db, facts.feed, bad, now);
	return offered;
}

async function linksIn({ feed, fetch }: Feed, bad: Unread[]): Promise<string[]> {
	try {
		return linksOf(await fetch(feed), feed);
	} catch (reason) {
		if (!(reason instanceof NotCap || reason instanceof NotThere)) throw reason;
		bad.push({ link: feed, why: whyOf(reason) });
		return [];
	}
}

/** In a sentence for officials; what is our own fault is only named as such. */
const whyOf = (reason: unknown) =>
	reason instanceof NotCap || reason instanceof NotThere
		? reason.message
		: 'It could not be kept. The log says why.';

async function offerDocument(
	tx: Db,
	municipalities: Municipality[],
	xml: string,
	{ link, pinned }: { link: string; pinned: PinnedKey[] },
	now: Date
): Promise<number> {
	const { alert, signer } = readSignedCap(xml, pinned);
	const by = signer.kind === 'known' ? signer.key.owner : signer.kind;
	let offered = 0;
	for (const weather of weatherOf(alert, now))
		for (const municipality of municipalities)
			if (await touches(tx, weather, municipality, now))
				offered += await offer(tx, municipality, weather, { link, by }, now);
	return offered;
}

export class NotThere extends Error {}

/** Its name is in the list of areas, or a ward of it lies in one of the polygons. */
async function touches(
	db: Db,
	{ areas, rings }: Weather,
	{ id, name }: Municipality,
	now: Date
): Promise<boolean> {
	if (isNamedAfter(areas, name)) return true;
	if (!rings.length) return false;
	const geojson = JSON.stringify({
		type: 'MultiPolygon',
		coordinates: rings.map((ring) => [ring])
	});
	const [found] = await rows<{ touches: boolean }>(
		db,
		sql`select exists (
			select 1 from ${wardsInForce(id, now)}
				and st_intersects(w.geom, st_makevalid(st_setsrid(st_geomfromgeojson(${geojson}), 4326)))
		) as touches`
	);
	return found.touches;
}

/** Keeps the newest message of a warning; one that was handled stays handled. Answers 1 when it is new here. */
async function offer(
	db: Db,
	{ id: municipalityId }: Municipality,
	weather: Weather,
	{ link, by }: { link: string; by: string },
	now: Date
): Promise<number> {
	const { cancelled } = weather;
	const values = { ...weather, municipalityId, source: link, signer: by, seenAt: now };
	const state = cancelled ? ('withdrawn' as const) : ('offered' as const);
	const made = await db
		.insert(weatherWarnings)
		.values({ ...values, id: newId(now), state })
		.onConflictDoNothing()
		.returning({ id: weatherWarnings.id });
	if (made.length) return cancelled ? 0 : 1;
	await db
		.update(weatherWarnings)
		.set(cancelled ? { ...values, state } : values)
		.where(
			and(
				eq(weatherWarnings.municipalityId, municipalityId),
				eq(weatherWarnings.sameAs, weather.sameAs),
				lt(weatherWarnings.sentAt, weather.sentAt)
			)
		);
	return 0;
}

export type WeatherWarning = typeof weatherWarnings.$inferSelect;

/** What the Weather Service warns of here, for whoever may warn people. @throws Refusal 404 */
export function weatherForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now = new Date()
): Promise<WeatherWarning[]> {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	return db
		.select()
		.from(weatherWarnings)
		.where(
			and(eq(weatherWarnings.municipalityId, municipalityId), gt(weatherWarnings.expiresAt, now))
		)
		.orderBy(desc(weatherWarnings.sentAt));
}

/** Somebody took it up, or decided that nothing is to be said about it. @throws Refusal */
export const handleWeather = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; id: string; state: 'taken' | 'set_aside' },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipalityId, id, state } = facts;
		if (!can(actor, 'alert.compose', { municipalityId })) throw notFound();
		const [known] = await tx
			.select()
			.from(weatherWarnings)
			.where(and(eq(weatherWarnings.municipalityId, municipalityId), eq(weatherWarnings.id, id)))
			.for('update');
		if (!known) throw notFound();
		if (known.state !== 'offered')
			throw new Refusal(409, 'Somebody was quicker: it is dealt with already.');
		const handled = { state, handledBy: actor.id, handledByName: actor.name, handledAt: now };
		await tx.update(weatherWarnings).set(handled).where(eq(weatherWarnings.id, id));
		await record(
			tx,
			actor,
			{ municipalityId, deed: `weather_warning.${state}`, thing: 'weather_warning', thingId: id },
			now
		);
		return { ...known, ...handled };
	});
