import { inArray } from 'drizzle-orm';
import { languages, type Language } from '../../i18n/languages.ts';
import { municipalityById, type Municipality } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { clock, dayIn } from '../../platform/time.ts';
import { seal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName, Urgency } from '../channel.ts';
import { nextWay } from '../fallback.ts';
import { measure } from '../gsm7.ts';
import { quietUntil, route, type Skipped } from '../rules.ts';
import { kindOf, type FactName, type Facts, type TemplateCode } from '../templates.ts';
import { compose, isReviewed, spoken } from '../wording.ts';
import { monthNow, pay } from './budget/charge.ts';
import type { Follower } from './follow.ts';
import { enqueueDelivery } from './queues.ts';
import { messageToken, originOf } from './links.ts';
import { knowRecipients, type Known, type Recipient } from './recipients.ts';
import { messages } from './schema.ts';

/** What is said, to whomever: by a template in the reader's language, or in words that are ready. */
export interface Said {
	municipalityId: string;
	subject: string;
	subjectId: string;
	template?: TemplateCode;
	facts?: Facts;
	/** Facts that are days: each message says them in its own language. */
	days?: Partial<Record<FactName, Date>>;
	/** The same with the time of day, on the clock of the municipality. */
	moments?: Partial<Record<FactName, Date>>;
	/** What somebody wrote, quoted where that is safe. */
	words?: string;
	/** Instead of a template: words that need no translation any more. */
	title?: string;
	text?: string;
	urgency?: Urgency;
	/** The page it is about. */
	path?: string;
	/** Whose budget an SMS counts against, besides the municipality's. */
	departmentId?: string | null;
}

export interface NewMessage extends Said, Follower {
	/** When none is given: whatever reaches the person. */
	channel?: ChannelName;
	language?: string;
	/** One message per deed, person and channel. */
	dedupeKey: string;
}

export type Sent = { id: string; skipped?: undefined } | { id?: undefined; skipped: Skipped };

/**
 * Writes one message to one person into the caller's transaction and queues its delivery; nothing
 * leaves before that commits. Answers with its id, or why there is none.
 * @throws Refusal 409 for an emergency in words no translator has approved
 */
export async function sendMessage(tx: Db, facts: NewMessage, now = new Date()): Promise<Sent> {
	const municipality = await municipalityById(tx, facts.municipalityId);
	if (!municipality) throw new Error(`No municipality ${facts.municipalityId}`);
	const recipient: Recipient = {
		personId: facts.personId,
		contactPointId: facts.contactPointId,
		pushSubscriptionId: facts.pushSubscriptionId,
		channel: facts.channel ?? 'email',
		language: facts.language ?? 'en'
	};
	const known = (await knowRecipients(tx, [recipient], now))(recipient);
	const dedupe = () => facts.dedupeKey;
	const row = draft(municipality, facts, recipient, known, dedupe, now);
	if ('skipped' in row) return row;

	const posted = await post(tx, municipality, [row], now, () =>
		draftFree(municipality, facts, recipient, known, dedupe, now)
	);
	if (posted.ids.length) return { id: posted.ids[0] };
	return { skipped: posted.refused ? 'over_budget' : 'already_told' };
}

type NewRow = typeof messages.$inferInsert;

/** One row, ready to be written, or why there is none. Asks no database. */
export function draft(
	municipality: Municipality,
	said: Said,
	recipient: Recipient,
	known: Known,
	dedupe: (channel: ChannelName, to: string) => string,
	now: Date
): NewRow | { skipped: Skipped } {
	const { template = null, urgency = template && kindOf(template) === 'code' ? 'code' : 'normal' } =
		said;
	const way = route({
		template,
		subject: said.subject,
		urgency,
		channel: recipient.channel,
		...known
	});
	if ('skipped' in way) return way;

	const id = newId(now);
	const language = known.wishes.language ?? recipient.language;
	const path = said.path ?? '/';
	const words = write(
		municipality,
		said,
		{ id, language, path, channel: way.channel, urgency },
		now
	);
	const quiet =
		urgency === 'normal' && template && kindOf(template) === 'service'
			? quietUntil(now, known.wishes.quiet, municipality.timezone)
			: null;
	const inside = way.channel === 'inbox';
	return {
		id,
		municipalityId: said.municipalityId,
		personId: recipient.personId ?? null,
		contactPointId: way.contactPointId,
		pushSubscriptionId: recipient.pushSubscriptionId ?? null,
		channel: way.channel,
		subject: said.subject,
		subjectId: said.subjectId,
		template: template ?? 'own_words',
		language: words.language,
		urgency,
		title: words.title,
		textSealed: seal('message', words.text, id),
		path,
		departmentId: said.departmentId ?? null,
		segments: way.channel === 'sms' ? measure(words.text).segments : null,
		dedupeKey: dedupe(
			way.channel,
			way.contactPointId ?? recipient.pushSubscriptionId ?? recipient.personId ?? ''
		),
		notBefore: inside ? null : quiet,
		createdAt: now,
		outcome: inside ? 'delivered' : null,
		outcomeAt: inside ? now : null
	};
}

interface Way {
	id: string;
	language: string;
	path: string;
	channel: ChannelName;
	urgency: Urgency;
}

function write(municipality: Municipality, said: Said, way: Way, now: Date) {
	const settings = `${originOf(municipality)}/messages/${messageToken(way.id)}`;
	if (!said.template) {
		if (!said.title || !said.text) throw new Error('A message needs a template, or title and text');
		const out = way.channel === 'inbox' ? '' : `\n\n${settings}`;
		return { title: said.title, text: said.text + out, language: way.language };
	}

	const language = spoken(way.language);
	if (way.urgency === 'emergency' && !isReviewed(language))
		throw new Refusal(
			409,
			`No translator has approved the words in ${languages[language as Language]}. An emergency is not sent in a draft.`
		);
	const letter = {
		template: said.template,
		language,
		facts: {
			municipality: municipality.name,
			confirm: settings,
			...said.facts,
			...daysSaid(said, language, municipality.timezone, now)
		},
		words: said.words,
		url: originOf(municipality) + way.path,
		settings
	};
	return { ...compose(way.channel, letter), language };
}

const daysSaid = (
	{ days = {}, moments = {} }: Said,
	language: string,
	timeZone: string,
	now: Date
): Facts =>
	Object.fromEntries([
		...Object.entries(days).flatMap(([name, at]) =>
			at ? [[name, dayIn(language, at, now, timeZone)]] : []
		),
		...Object.entries(moments).flatMap(([name, at]) =>
			at ? [[name, `${dayIn(language, at, now, timeZone)}, ${clock(at, timeZone)}`]] : []
		)
	]);

/**
 * The same message a way that costs nothing, when no budget is left for an SMS: null where somebody
 * has no other way.
 */
export function draftFree(
	municipality: Municipality,
	said: Said,
	recipient: Recipient,
	known: Known,
	dedupe: (channel: ChannelName, to: string) => string,
	now: Date
): NewRow | null {
	if (!recipient.personId || !known.hasPerson) return null;
	const urgency = said.urgency ?? 'normal';
	const way = nextWay({ ...known, urgency, subject: said.subject, tried: ['sms'] });
	if (!way) return null;
	const contact = known.own.find(({ id }) => id === way.contactPointId) ?? null;
	const row = draft(
		municipality,
		said,
		{ ...recipient, channel: way.channel, contactPointId: way.contactPointId },
		{ ...known, contact, wishes: { ...known.wishes, channel: null } },
		dedupe,
		now
	);
	return 'skipped' in row ? null : row;
}

export interface Posted {
	/** Of those that were not there yet. */
	ids: string[];
	/** How many no budget was left for, and that went no other way. */
	refused: number;
}

/**
 * Writes rows of one municipality that are new, charges the SMS among them, and queues them. A row no
 * budget is left for is taken back, and `elsewhere` may say what is written in its place.
 */
export async function post(
	tx: Db,
	municipality: Municipality,
	rows: NewRow[],
	now: Date,
	elsewhere: (row: NewRow) => NewRow | null = () => null
): Promise<Posted> {
	if (!rows.length) return { ids: [], refused: 0 };
	const written = await tx
		.insert(messages)
		.values(rows)
		.onConflictDoNothing({ target: messages.dedupeKey })
		.returning();
	const unpaid = await chargeNew(tx, municipality, written, now);
	const sent = written.filter(({ id }) => !unpaid.includes(id));
	for (const message of sent) if (message.channel !== 'inbox') await enqueueDelivery(tx, message);

	const ids = sent.map(({ id }) => id);
	if (!unpaid.length) return { ids, refused: 0 };
	await tx.delete(messages).where(inArray(messages.id, unpaid));
	const others = rows
		.filter(({ id }) => unpaid.includes(id))
		.flatMap((row) => elsewhere(row) ?? []);
	const more = await post(tx, municipality, others, now);
	return { ids: [...ids, ...more.ids], refused: unpaid.length - others.length };
}

type Row = typeof messages.$inferSelect;

/** Answers with the ids of those for which no budget is left. */
async function chargeNew(tx: Db, municipality: Municipality, written: Row[], now: Date) {
	const paid = written.filter(({ channel }) => channel === 'sms');
	const unpaid: string[] = [];
	for (const departmentId of new Set(paid.map((row) => row.departmentId))) {
		const mine = paid.filter((row) => row.departmentId === departmentId);
		const answers = await pay(
			tx,
			municipality,
			{
				municipalityId: municipality.id,
				departmentId,
				month: monthNow(municipality, now),
				messages: mine.map(({ urgency, segments }) => ({ urgency, segments: segments ?? 1 }))
			},
			now
		);
		mine.forEach(({ id }, at) => answers[at] || unpaid.push(id));
	}
	return unpaid;
}
