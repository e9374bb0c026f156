import { languages, type Language } from '../../i18n/languages.ts';
import { municipalityById, type Municipality } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { dayIn } from '../../platform/time.ts';
import { seal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName, Urgency } from '../channel.ts';
import { quietUntil, route, type Skipped } from '../rules.ts';
import { kindOf, type FactName, type Facts, type TemplateCode } from '../templates.ts';
import { compose, isReviewed, spoken } from '../wording.ts';
import type { Follower } from './follow.ts';
import { enqueueDelivery } from './jobs.ts';
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
	/** What somebody wrote, quoted where that is safe. */
	words?: string;
	/** Instead of a template: words that need no translation any more. */
	title?: string;
	text?: string;
	urgency?: Urgency;
	/** The page it is about. */
	path?: string;
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
	const know = await knowRecipients(tx, [recipient], now);
	const row = draft(municipality, facts, recipient, know(recipient), () => facts.dedupeKey, now);
	if ('skipped' in row) return row;

	const [sent] = await post(tx, [row]);
	return sent ? { id: sent } : { skipped: 'already_told' };
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

const daysSaid = ({ days = {} }: Said, language: string, timeZone: string, now: Date): Facts =>
	Object.fromEntries(
		Object.entries(days).flatMap(([name, at]) =>
			at ? [[name, dayIn(language, at, now, timeZone)]] : []
		)
	);

/** Writes rows that are new and queues them. Answers with the ids of those that were not there yet. */
export async function post(tx: Db, rows: NewRow[]): Promise<string[]> {
	if (!rows.length) return [];
	const written = await tx
		.insert(messages)
		.values(rows)
		.onConflictDoNothing({ target: messages.dedupeKey })
		.returning({
			id: messages.id,
			channel: messages.channel,
			notBefore: messages.notBefore
		});
	for (const message of written)
		if (message.channel !== 'inbox') await enqueueDelivery(tx, message);
	return written.map(({ id }) => id);
}
