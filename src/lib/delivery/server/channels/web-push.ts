import type { LookupFunction } from 'node:net';
import { TryLater, type Answer, type Channel, type Parcel } from '../../channel.ts';
import type { PushSubscription } from '../../push.ts';
import { sealFresh } from '../push/ece.ts';
import { concealed, declarative, declarativeShort, type Shown } from '../push/payload.ts';
import { meaningOf, openPushSender, type PushReply, type PushSender } from '../push/sender.ts';
import type { Vapid } from './vapid.ts';

export interface Pusher {
	/** VAPID (RFC 8292): base64url keys, and a real address of whoever runs this. */
	vapid: Vapid;
	/** Further hosts, for tests: `127.0.0.1:PORT`. */
	allow?: string;
	timeout?: number;
	/** Certificates to trust besides the usual ones, for tests. */
	ca?: string;
	/** How names become addresses: only those outside of our own network. */
	lookup?: LookupFunction;
	frames?: boolean;
	onStopped?(origin: string, status: number): void;
}

const day = 86_400;

/** How long a push service keeps it for a phone that is off, in seconds. Never 0: that phone would never hear. */
const keep = { code: 600, normal: 3 * day, emergency: day };

/** Faults that say that nothing was sent at all. */
const nothingSent = new Set(['no_name', 'certificate', 'resting', 'full', 'origin_stopped']);
const keyFaultPause = 3600;

/** Web push (RFC 8030, 8291, 8292). What a push service says is turned into our words. */
export function webPushChannel(settings: Pusher, sender = openPushSender(settings)): Channel {
	return {
		async send(parcel): Promise<Answer> {
			const subscription: PushSubscription = JSON.parse(parcel.to);
			const shown = shownOf(parcel);
			const words = parcel.concealed ? concealed(shown) : declarative(shown);
			const reply = await post(sender, subscription, parcel, words);
			if (meaningOf(reply) !== 'smaller') return answerTo(reply);
			const fewer = parcel.concealed ? words : declarativeShort(shown);
			return answerTo(await post(sender, subscription, parcel, fewer));
		},
		close: () => sender.close()
	};
}

const shownOf = ({ title, text, url, language, topic, messageId, urgency }: Parcel): Shown => ({
	title,
	text,
	url,
	language,
	tag: topic ?? messageId,
	urgent: urgency === 'emergency'
});

const post = (
	sender: PushSender,
	{ endpoint, keys }: PushSubscription,
	{ urgency, topic }: Parcel,
	words: Buffer
) =>
	new Promise<PushReply>((done) =>
		sender.send({
			endpoint,
			body: sealFresh(keys, words),
			ttl: keep[urgency],
			urgency: urgency === 'normal' ? 'normal' : 'high',
			topic: topic ?? null,
			done
		})
	);

/** A push service's answer in our words (domain rule: only 404 and 410 forget a subscription). */
function answerTo(reply: PushReply): Answer {
	const { status, retryAfter, location } = reply;
	const fault = `push_${status || reply.fault}`;
	switch (meaningOf(reply)) {
		case 'accepted':
			return { outcome: 'accepted', gatewayRef: location };
		case 'gone':
			return { outcome: 'gone', fault };
		case 'origin_stopped':
			throw new TryLater(fault, retryAfter ?? keyFaultPause, true);
		case 'later':
			throw new TryLater(fault, retryAfter, nothingSent.has(reply.fault ?? ''));
		default:
			return { outcome: 'failed', fault };
	}
}
