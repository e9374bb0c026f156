import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { seal, unseal } from '../../../platform/server/keys.ts';
import { nextTryIn } from '../../broadcast.ts';
import { TryLater, type Answer, type ChannelName } from '../../channel.ts';
import { isHidden, withoutWords } from '../conceal.ts';
import { messageToken } from '../links.ts';
import { messages } from '../schema.ts';
import { openBook } from './book.ts';
import type { Said } from './ledger.ts';
import type { Needs } from './members.ts';
import { ownLink, spokenBy, type Spoken } from './said.ts';
import type { Batch, Lane, Member, Station } from './station.ts';

export interface Reader extends Member {
	sealed: Buffer | null;
	bounced: boolean;
	/** Must not be seen with what they are told. */
	concealed: boolean;
}

export const readerNeeds: Needs = {
	columns: sql`c.value_sealed as sealed, coalesce(c.bounced_at is not null, false) as bounced,
		${isHidden(sql`a.person_id`, sql`a.contact_point_id`)} as concealed`,
	joined: sql`left join contact_points c on c.id = a.contact_point_id`
};

/** How many are on their way to a gateway at once. */
const abreast: Record<string, number> = { email: 4, sms: 16, inbox: 1 };

/** The same message has the same id at every try: mailboxes and gateways show it once. */
function messageIdOf(broadcastId: string, n: number): string {
	const hex = createHash('sha256').update(`${broadcastId}/${n}`).digest('hex');
	const variant = '89ab'[parseInt(hex[16], 16) % 4];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Row = typeof messages.$inferInsert;

/**
 * Mails, texts or puts into inboxes what a batch is told. Each leaves a row in `messages` too: people
 * find it among theirs, its link stops it, and receipts find it. Answers as `pushBatch`.
 */
export async function postBatch(
	station: Station,
	lane: Lane,
	batch: Batch<Reader>,
	mayGoOn: () => boolean
): Promise<Reader | null> {
	const { db } = station;
	const { no, members } = batch;
	const spoken = await spokenBy(db, no);
	const channel = lane.channel as ChannelName;
	const written = new Map<number, Row>();
	const book = openBook(station, batch, lane, async (said) => {
		const some = said.flatMap(({ n }) => written.get(n) ?? []);
		if (some.length) await db.insert(messages).values(some).onConflictDoNothing();
	});

	let next = 0;
	let stoppedAt: Reader | null = null;
	async function walk() {
		for (;;) {
			const mayTell = await book.room();
			if (next === members.length) return;
			if (!mayTell || !mayGoOn()) {
				stoppedAt ??= members[next];
				return;
			}
			const reader = members[next++];
			const { said, row } = await tell(station, spoken, channel, reader);
			if (row) written.set(reader.n, row);
			book.add(said);
		}
	}
	await Promise.all(Array.from({ length: abreast[channel] ?? 1 }, walk));
	await book.settled();
	return stoppedAt;
}

async function tell(
	{ channels, now }: Station,
	spoken: Spoken,
	channel: ChannelName,
	reader: Reader
): Promise<{ said: Said; row?: Row }> {
	const { broadcast, municipality, url } = spoken;
	const at = now();
	const said = { n: reader.n, ward: reader.ward, status: 0, tries: reader.tries + 1 };
	const left = (broadcast.expiresAt.getTime() - at.getTime()) / 1000;
	if (left <= 0) return { said: { ...said, result: 'expired' } };

	const id = messageIdOf(broadcast.id, reader.n);
	const words = spoken.words(channel, reader.language);
	const settings = `${new URL(url).origin}/messages/${messageToken(id)}`;
	const text = words.text.replaceAll(ownLink, settings);
	const row = (answer: Answer): Row => ({
		id,
		municipalityId: municipality.id,
		personId: reader.personId,
		contactPointId: reader.contactPointId,
		channel,
		subject: broadcast.subject,
		subjectId: broadcast.subjectId,
		template: broadcast.template,
		language: words.language,
		urgency: broadcast.emergency ? 'emergency' : 'normal',
		title: words.title,
		textSealed: seal('message', text, id),
		path: broadcast.path,
		dedupeKey: `${broadcast.deed}/${channel}/${reader.contactPointId ?? reader.personId}`,
		createdAt: at,
		tries: said.tries,
		outcome: answer.outcome,
		outcomeAt: at,
		gatewayRef: answer.gatewayRef,
		fault: answer.fault ?? null
	});
	if (channel === 'inbox' && reader.personId)
		return { said: { ...said, result: 'delivered' }, row: row({ outcome: 'delivered' }) };
	if (channel === 'inbox' || !reader.sealed || reader.bounced || !reader.contactPointId)
		return { said: { ...said, result: 'gone' } };

	try {
		const parcel = {
			messageId: id,
			to: unseal('contact.text', Buffer.from(reader.sealed), reader.contactPointId),
			title: words.title,
			text,
			language: words.language,
			urgency: broadcast.emergency ? ('emergency' as const) : ('normal' as const),
			url,
			unsubscribe: settings,
			from: municipality.name
		};
		const answer = await channels[channel].send(reader.concealed ? withoutWords(parcel) : parcel);
		return { said: { ...said, result: answer.outcome }, row: row(answer) };
	} catch (reason) {
		const asked = reason instanceof TryLater ? reason.seconds : null;
		const again = nextTryIn(said.tries, asked, left);
		if (again === null)
			return {
				said: { ...said, result: 'expired' },
				row: row({ outcome: 'failed', fault: 'expired' })
			};
		return { said: { ...said, result: 'waiting', again } };
	}
}
