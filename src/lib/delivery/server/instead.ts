import { eq, or } from 'drizzle-orm';
import { municipalityById } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { nextWay, type NextWay } from '../fallback.ts';
import { measure } from '../gsm7.ts';
import { quietUntil } from '../rules.ts';
import { isTemplate, kindOf } from '../templates.ts';
import { composeAgain } from '../wording.ts';
import { messageToken, originOf } from './links.ts';
import { knowRecipients } from './recipients.ts';
import { messages } from './schema.ts';
import { post } from './send.ts';

type Message = typeof messages.$inferSelect;

/** Codes and receipts belong to the address they were asked for or given with. */
const mayGoElsewhere = ({ template }: Message) =>
	!isTemplate(template) || kindOf(template) === 'service';

/**
 * Sends what could not be delivered the next way the same person has, once a way. Joins the transaction
 * that writes the failure, so that either both happened or neither. Answers with the new message.
 */
export async function sendInstead(tx: Db, lost: Message, now: Date): Promise<string | null> {
	const { personId, municipalityId } = lost;
	if (!personId || !mayGoElsewhere(lost)) return null;
	const municipality = await municipalityById(tx, municipalityId);
	if (!municipality) return null;

	const recipient = { personId, channel: lost.channel, language: lost.language };
	const known = (await knowRecipients(tx, [recipient], now))(recipient);
	if (!known.hasPerson) return null;
	const first = lost.insteadOf ?? lost.id;
	const chain = await chainOf(tx, first);
	// One that was given up on before it failed has its successor already.
	if (placeOf(lost) !== chain.length - 1) return null;
	const tried = chain.map(({ channel }) => channel);

	const shut: ChannelName[] = [];
	for (;;) {
		const way = nextWay({ ...lost, ...known, tried, shut });
		if (!way) return null;
		const place = { first, nth: chain.length };
		const row = rowFor(lost, way, place, municipality, known.wishes.quiet, now);
		const { ids, refused } = await post(tx, municipality, [row], now);
		if (!refused) return ids[0] ?? null;
		shut.push(way.channel);
	}
}

/** Which of a chain a message is, from 0: its key says so, and keeps two from being the same. */
const placeOf = ({ dedupeKey, insteadOf }: Message) =>
	insteadOf ? Number(dedupeKey.split('/').at(-1)) : 0;

/** Every message that said this to this person. */
const chainOf = (tx: Db, first: string) =>
	tx
		.select({ channel: messages.channel })
		.from(messages)
		.where(or(eq(messages.id, first), eq(messages.insteadOf, first)));

type Municipality = NonNullable<Awaited<ReturnType<typeof municipalityById>>>;

function rowFor(
	lost: Message,
	{ channel, contactPointId }: NextWay,
	{ first, nth }: { first: string; nth: number },
	municipality: Municipality,
	quiet: { from: number; to: number },
	now: Date
): typeof messages.$inferInsert {
	const id = newId(now);
	const own = !isTemplate(lost.template);
	const origin = originOf(municipality);
	const text = composeAgain(channel, {
		title: lost.title,
		body: bodyOf(lost, own),
		language: lost.language,
		municipality: municipality.name,
		url: origin + lost.path,
		settings: `${origin}/messages/${messageToken(id)}`,
		own
	});
	const inside = channel === 'inbox';
	return {
		id,
		municipalityId: lost.municipalityId,
		personId: lost.personId,
		contactPointId,
		channel,
		subject: lost.subject,
		subjectId: lost.subjectId,
		template: lost.template,
		language: lost.language,
		urgency: lost.urgency,
		title: lost.title,
		textSealed: seal('message', text, id),
		path: lost.path,
		departmentId: lost.departmentId,
		segments: channel === 'sms' ? measure(text).segments : null,
		insteadOf: first,
		dedupeKey: `instead/${first}/${nth}`,
		notBefore:
			inside || lost.urgency === 'emergency' ? null : quietUntil(now, quiet, municipality.timezone),
		createdAt: now,
		outcome: inside ? 'delivered' : null,
		outcomeAt: inside ? now : null
	};
}

/** What the lost message said: of an e-mail what stands before its foot, of own words all but the link. */
function bodyOf(lost: Message, own: boolean): string {
	const text = lost.textSealed ? unseal('message', lost.textSealed, lost.id) : '';
	if (own) return text.replace(/\n\n\S+\/messages\/\S+$/, '');
	if (lost.channel === 'email') return text.split('\n\n-- \n')[0].replace(/\n\n[^\n]+:\n\S+$/, '');
	return lost.channel === 'sms' ? '' : text;
}
