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
