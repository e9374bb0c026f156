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
	/** The named person who approved these words, where they are in no frame of ours. */
	reviewedBy?: string;
	/** Of a push: buttons, the most important first, and the path each opens where no worker hears it. */
	actions?: Array<{ action: string; title: string; path: string }>;
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
	/**
	 * What was said before holds elsewhere, and is said to the end: this one goes to its own wards alone
	 * and takes the place of nothing on a phone. Nobody hears it first.
	 */
	keepsEarlier?: boolean;
	/** Of synthetic phones, these alone. */
	phones?: string[];
	emergency?: boolean;
	/** Goes to synthetic phones alone: a test of the way, or an exercise. */
	synthetic?: boolean;
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
	/** `known`: the same deed opened it before. `overtaken`: a later version is out. Neither did anything now. */
	how: 'new' | 'known' | 'overtaken';
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
	const [known] = await tx.select().from(broadcasts).where(eq(broadcasts.deed, deed));
	if (known) return { id: known.id, audience: known.audience, how: 'known' };

	const before = await earlierOnes(tx, facts);
	const [earlier] = before;
	const version = facts.version ?? (earlier?.version ?? 0) + 1;
	if (earlier && version <= earlier.version)
		return { id: earlier.id, audience: earlier.audience, how: 'overtaken' };
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
		topic: topicOf(
			subject,
			facts.keepsEarlier ? `${subjectId}/${deed}` : subjectId,
			emergency ? 'emergency' : 'normal'
		),
		state: 'sending',
		audience: 0,
		openedAt: now,
		expiresAt: facts.expiresAt ?? later(now, usualLife)
	});
	await tx.insert(broadcastTexts).values(
		facts.texts.map(({ language, channel, title, text, actions }) => ({
			broadcastId: id,
			language,
			channel,
			title,
			text,
			actions
		}))
	);
	await openLanes(tx);
	if (!facts.keepsEarlier)
		for (const each of before) if (each.state === 'sending') await supersede(tx, each.id, each.no);

	const audience = await fixPaidAudience(
		tx,
		no,
		id,
		municipality,
		facts,
		before.filter(({ forgottenAt }) => !forgottenAt).map((each) => each.no),
		now
	);
	await cut(tx, no);
	await bindBlocks(tx, await blocksOf(tx, no), id, now);
	await tx.update(broadcasts).set({ audience }).where(eq(broadcasts.id, id));
	await enqueue(tx, broadcastQueue, {});
	return { id, audience, how: 'new' };
}

/** Who is told; where no budget is left for their SMS, over ways that cost nothing. */
async function fixPaidAudience(
	tx: Db,
	no: number,
	broadcastId: string,
	municipality: Municipality,
	facts: NewBroadcast,
	earlierNos: number[],
	now: Date
): Promise<number> {
	const { texts, emergency = false } = facts;
	const wanted = asked(facts, municipality, earlierNos);
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

const asked = (facts: NewBroadcast, { id, timezone }: Municipality, earlierNos: number[]) => ({
	municipalityId: id,
	timeZone: timezone,
	rings: facts.rings,
	emergency: facts.emergency ?? false,
	synthetic: facts.synthetic,
	exceptPersonId: facts.exceptPersonId,
	languages: [...new Set(facts.texts.map(({ language }) => language))],
	phones: facts.phones,
	correctsNos: facts.corrects ? earlierNos : [],
	onlyWards: facts.keepsEarlier
		? facts.rings.flat().flatMap(([subject, id]) => (subject === 'ward' ? [id] : []))
		: undefined
});

function mustBeSayable({ texts, emergency }: NewBroadcast) {
	if (!texts.some(({ language }) => language === 'en'))
		throw new Error('A broadcast is always said in English too');
	const draft = texts.find(
		({ language, reviewedBy }) => emergency && !reviewedBy && !isReviewed(language)
	);
	if (draft)
		throw new Refusal(
			409,
			`No translator has approved the words in the language ${draft.language}. An emergency is not sent in a draft.`
		);
}

/** What was said about the same until now, the newest first. */
const earlierOnes = (tx: Db, { municipalityId, subject, subjectId }: NewBroadcast) =>
	tx
		.select()
		.from(broadcasts)
		.where(
			and(
				eq(broadcasts.municipalityId, municipalityId),
				eq(broadcasts.subject, subject),
				eq(broadcasts.subjectId, subjectId)
			)
		)
		.orderBy(desc(broadcasts.version));

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
