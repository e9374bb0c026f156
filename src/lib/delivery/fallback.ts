import type { ChannelName, Urgency } from './channel.ts';
import { optedOut, type Contact, type Wishes } from './rules.ts';

/**
 * In which order the ways of a person are tried, after the one they chose. What costs nothing comes
 * first, unless lives hang on it: then what wakes people does. A code goes nowhere else: it proves
 * the very address it was asked for.
 */
export const wayOrder: Record<Urgency, ChannelName[]> = {
	emergency: ['web_push', 'sms', 'email', 'inbox'],
	normal: ['web_push', 'email', 'sms', 'inbox'],
	code: []
};

/** After how many tries without an answer the next way gets the message too, while this one is tried on. */
export const patienceOf: Record<Urgency, number> = {
	emergency: 1,
	normal: Infinity,
	code: Infinity
};

export interface NextQuestion {
	urgency: Urgency;
	subject: string;
	/** Channels that carried this message already. */
	tried: ChannelName[];
	own: Contact[];
	canPush: boolean;
	wishes: Wishes;
	/** Channels nothing may be sent over now: no budget is left. */
	shut?: ChannelName[];
}

export interface NextWay {
	channel: ChannelName;
	contactPointId: string | null;
}

/** The way that gets a message when the one before failed; null when there is none left. */
export function nextWay(question: NextQuestion): NextWay | null {
	const { urgency, subject, tried, own, canPush, wishes, shut = [] } = question;
	for (const channel of wayOrder[urgency]) {
		if (tried.includes(channel) || shut.includes(channel)) continue;
		if (urgency !== 'emergency' && optedOut(wishes.optedOut, channel, subject)) continue;
		if (channel === 'inbox') return { channel, contactPointId: null };
		if (channel === 'web_push' && canPush) return { channel, contactPointId: null };
		const kind = channel === 'email' ? 'email' : 'phone';
		const contact =
			channel === 'web_push'
				? undefined
				: own.find((each) => each.kind === kind && each.verified && !each.bounced);
		if (contact) return { channel, contactPointId: contact.id };
	}
	return null;
}
