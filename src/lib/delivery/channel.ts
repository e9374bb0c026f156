/** Ways a message can travel. `inbox` is inside the product itself. */
export const channelNames = ['email', 'sms', 'web_push', 'inbox'] as const;
export type ChannelName = (typeof channelNames)[number];

/** The states of one message to one person, whichever channel carries it. */
export const outcomes = [
	'accepted',
	'delivered',
	'shown',
	'opened',
	'acknowledged',
	'failed',
	'gone'
] as const;
export type Outcome = (typeof outcomes)[number];

/** code: asked for this minute. normal: waits through quiet hours. emergency: waits for nothing. */
export type Urgency = 'code' | 'normal' | 'emergency';

/** One message on its way to one address: all that a channel gets to know. */
export interface Parcel {
	messageId: string;
	/** An e-mail address, an E.164 number, or the JSON of a push subscription. */
	to: string;
	title: string;
	text: string;
	language: string;
	urgency: Urgency;
	/** The page it is about, with its origin. */
	url: string;
	/** Answers a one-click POST (RFC 8058) and shows the settings page; none for codes. */
	unsubscribe: string | null;
	/** Who speaks: the municipality's name. */
	from: string;
	/** What stands in place of what: a newer push of the same topic replaces the older (RFC 8030, 5.4). */
	topic?: string;
	/** Whoever gets it must not be seen with it: a push says only that there is news, and of other ways the words are gone already. */
	concealed?: boolean;
}

/** What became of it, in our words. The gateway's codes stop at the channel. */
export interface Answer {
	/** accepted: the gateway took it. failed: never will be. gone: forget this address. */
	outcome: 'accepted' | 'delivered' | 'failed' | 'gone';
	gatewayRef?: string;
	/** Which road took it: `sms/main`. Reports come back from there. */
	way?: string;
	/** A code for operators; never an address or a word of the message. */
	fault?: string;
}

/** One road of a channel: a mail server, a gateway, a push service. */
export interface Way {
	/** `email`, `sms/main`, `web_push/https://fcm.googleapis.com` */
	name: string;
	/** Tries the road without sending anybody anything. @throws when it does not answer */
	probe(): Promise<void>;
}

/** A channel translates, nothing more. A throw means try again. */
export interface Channel {
	send(parcel: Parcel): Promise<Answer>;
	/** The roads it has; none for what stays inside the product. */
	ways?(): Way[];
	close?(): void | Promise<void>;
}

export type Channels = Record<ChannelName, Channel>;

/** Try again, and not before this many seconds: the gateway said so (RFC 9110 10.2.3). */
export class TryLater extends Error {
	readonly seconds: number | null;
	/** Certainly not taken: it may go another way at once, and nobody hears it twice. */
	readonly untouched: boolean;

	constructor(fault: string, seconds: number | null = null, untouched = false) {
		super(fault);
		this.name = 'TryLater';
		this.seconds = seconds;
		this.untouched = untouched;
	}
}
