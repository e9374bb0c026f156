import { and, desc, eq, sql } from 'drizzle-orm';
import { municipalityById, type Municipality } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { enqueue } from '../../../platform/server/jobs.ts';
import type { Db } from '../../../platform/server/db.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { hours, later } from '../../../platform/time.ts';
import type { ChannelName } from '../../channel.ts';
import type { Facts, TemplateCode } from '../../templates.ts';
import { compose, isReviewed, messageLanguages } from '../../wording.ts';
import { originOf } from '../links.ts';
import { bindBlocks } from '../push/blocks.ts';
import { topicOf } from '../push/payload.ts';
import { blocksOf, fixAudience, type Ring } from './audience.ts';
import { cut, supersedeRest } from './chunks.ts';
import { broadcastQueue } from '../queues.ts';
import { openLanes } from './lanes.ts';
import { ownLink } from './said.ts';
import { broadcasts, broadcastTexts } from './schema.ts';
import { payForSms } from './sms-bill.ts';

/** One text of a broadcast. `ownLink` in it becomes the reader's own settings page. */
export interface Text {
	language: string;
	channel: ChannelName;
	title: string;
	text: string;
}

export interface NewBroadcast {
	municipalityId: string;
	/** What it is about. Later broadcasts about the same never overtake earlier ones. */
	subject: string;
	subjectId: string;
	/** Names what happened: the same deed told twice is told once. */
	deed: string;
	/**
	 * Its place among the broadcasts about the same; without one it is the next. One that comes after a
	 * later one was opened is old news, and opens nothing.
	 */
	version?: number;
	/** Those who are told first, next, and last. */
	rings: Ring[];
	/** Goes also to everybody whom the one before it about the same was tried for. */
	corrects?: boolean;
	emergency?: boolean;
	exceptPersonId?: string | null;
	/** The page it is about. */
	path: string;
	/** After this it is news to nobody. */
	expiresAt?: Date;
	/** Named for the list of what a person was told. */
	template: string;
	/** What is said. English is always there. */
	texts: Text[];
}

export interface Opened {
	id: string;
	audience: number;
	/** It was opened before, or a later one was: nothing was done. */
	already: boolean;
}

const broadcastLock = 7262634;
const usualLife = hours(72);

/**
 * Opens a broadcast in the caller's transaction: its audience is fixed and cut into chunks; sending
 * begins when that commits. What an earlier one about the same has not said yet, it never says.
 * @throws Refusal 409 for an emergency in words no translator has approved
 */
export async function openBroadcast(
	tx: Db,
	facts: NewBroadcast,
	now = new Date()
): Promise<Opened> {
	const { municipalityId, subject, subjectId, deed, emergency = false } = facts;
	const municipality = await municipalityById(tx, municipalityId);
	if (!municipality) throw new Error(`No municipality ${municipalityId}`);
	mustBeSayable(facts);

	await tx.execute(sql`select pg_advisory_xact_lock(${broadcastLock})`);
	const [before] = await tx.select().from(broadcasts).where(eq(broadcasts.deed, deed));
	if (before) return { id: before.id, audience: before.audience, already: true };

	const earlier = await latest(tx, facts);
	const version = facts.version ?? (earlier?.version ?? 0) + 1;
	if (earlier && version <= earlier.version)
		return { id: earlier.id, audience: earlier.audience, already: true };
	const no = await nextNo(tx);
	const id = newId(now);
	await tx.execute(sql`select open_broadcast_ledger(${no}::int)`);
	await tx.insert(broadcasts).values({
		id,
		no,
		municipalityId,
		subject,
		subjectId,
		version,
		deed,
		emergency,
		template: facts.template,
		path: facts.path,
		topic: topicOf(subject, subjectId, emergency ? 'emergency' : 'normal'),
		state: 'sending',
		audience: 0,
		openedAt: now,
		expiresAt: facts.expiresAt ?? later(now, usualLife)
	});
	await tx.insert(broadcastTexts).values(facts.texts.map((text) => ({ ...text, broadcastId: id })));
	await openLanes(tx);
	if (earlier?.state === 'sending') await supersede(tx, earlier.id, earlier.no);

	const audience = await fixPaidAudience(tx, no, id, municipality, facts, earlier?.no, now);
	await cut(tx, no);
	await bindBlocks(tx, await blocksOf(tx, no), id, now);
	await tx.update(broadcasts).set({ audience }).where(eq(broadcasts.id, id));
	await enqueue(tx, broadcastQueue, {});
	return { id, audience, already: false };
}

/** Who is told; where no budget is left for their SMS, over ways that cost nothing. */
async function fixPaidAudience(
	tx: Db,
	no: number,
	broadcastId: string,
	municipality: Municipality,
	facts: NewBroadcast,
	earlierNo: number | undefined,
	now: Date
): Promise<number> {
	const { texts, emergency = false } = facts;
	const wanted = asked(facts, municipality, earlierNo);
	const audience = await fixAudience(tx, no, wanted, now);
	if (await payForSms(tx, no, municipality, { texts, emergency, broadcastId }, now))
		return audience;
	await tx.execute(sql`delete from broadcast_audience where broadcast_no = ${no}`);
	return await fixAudience(tx, no, { ...wanted, withoutSms: true }, now);
}

/** Takes back what has not been said yet of a broadcast. What is in somebody's hands is stopped within seconds. */
export async function supersede(tx: Db, id: string, no: number) {
	await tx.update(broadcasts).set({ state: 'superseded' }).where(eq(broadcasts.id, id));
	await supersedeRest(tx, no);
}

const asked = (facts: NewBroadcast, { id, timezone }: Municipality, earlierNo?: number) => ({
	municipalityId: id,
	timeZone: timezone,
	rings: facts.rings,
	emergency: facts.emergency ?? false,
	exceptPersonId: facts.exceptPersonId,
	languages: [...new Set(facts.texts.map(({ language }) => language))],
	correctsNo: facts.corrects ? earlierNo : undefined
});

function mustBeSayable({ texts, emergency }: NewBroadcast) {
	if (!texts.some(({ language }) => language === 'en'))
		throw new Error('A broadcast is always said in English too');
	const draft = texts.find(({ language }) => emergency && !isReviewed(language));
	if (draft)
		throw new Refusal(
			409,
			`No translator has approved the words in the language ${draft.language}. An emergency is not sent in a draft.`
		);
}

async function latest(tx: Db, { municipalityId, subject, subjectId }: NewBroadcast) {
	const [found] = await tx
		.select()
		.from(broadcasts)
		.where(
			and(
				eq(broadcasts.municipalityId, municipalityId),
				eq(broadcasts.subject, subject),
				eq(broadcasts.subjectId, subjectId)
			)
		)
		.orderBy(desc(broadcasts.version))
		.limit(1);
	return found;
}

async function nextNo(tx: Db): Promise<number> {
	const [{ no }] = await tx
		.select({ no: sql<number>`coalesce(max(${broadcasts.no}), 0) + 1`.mapWith(Number) })
		.from(broadcasts);
	return no;
}

/** What a template says, over every channel in every language there are words in. */
export function textsOf(
	municipality: Pick<Municipality, 'name' | 'hosts'>,
	{
		template,
		facts,
		words,
		path
	}: { template: TemplateCode; facts?: Facts; words?: string; path: string }
): Text[] {
	const channels: ChannelName[] = ['email', 'sms', 'web_push', 'inbox'];
	return messageLanguages.flatMap((language) =>
		channels.map((channel) => ({
			language,
			channel,
			...compose(channel, {
				template,
				language,
				words,
				facts: { municipality: municipality.name, confirm: ownLink, ...facts },
				url: originOf(municipality) + path,
				settings: ownLink
			})
		}))
	);
}
