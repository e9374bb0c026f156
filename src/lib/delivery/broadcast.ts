import type { ChannelName } from './channel.ts';

/**
 * sending: leaves as fast as its lanes take it. superseded: a later version of its subject was opened,
 * nothing of it leaves any more. interrupted: it came out of a backup and is never sent by itself.
 */
export const broadcastStates = ['sending', 'done', 'superseded', 'interrupted'] as const;
export type BroadcastState = (typeof broadcastStates)[number];

/**
 * What became of one message of a broadcast; its place here is what the ledger keeps, so the order
 * never changes. `waiting`: tried, and will be again. `superseded`: never tried, because something
 * newer is on its way. `expired`: could not be delivered in time.
 */
export const results = [
	'untried',
	'waiting',
	'accepted',
	'gone',
	'failed',
	'expired',
	'superseded',
	'delivered'
] as const;
export type Result = (typeof results)[number];

export const codeOf = (result: Result) => results.indexOf(result);

/** How far a push got once a service took it, as the phone itself says. What was said later holds more. */
export const stages = ['shown', 'opened', 'acked'] as const;
export type Stage = (typeof stages)[number];
export const stageOf = (stage: Stage) => stages.indexOf(stage) + 1;

/** What phones and networks say of a broadcast. */
export interface Seen {
	/** Phones, by the ward they were told for. */
	wards: Array<{ ward: string } & Record<Stage, number>>;
	/** Messages that a network reports to have arrived. */
	delivered: Array<{ channel: ChannelName; ward: string; count: number }>;
}

/** Once a broadcast is packed: of how many results one row holds a byte each. */
export const shelf = 10_000;

/** How many of a broadcast came to what, by channel and ward. */
export type Counts = Array<{ channel: ChannelName; ward: string; result: Result; count: number }>;

/** How far a broadcast got, for whoever opened it. */
export interface Told {
	id: string;
	template: string;
	state: BroadcastState;
	at: Date;
	audience: number;
	accepted: number;
	waiting: number;
	lost: number;
	ways: Array<{ channel: ChannelName; accepted: number; waiting: number; lost: number }>;
}

/** A lane that is closed does not keep a message longer than this without a try. */
const longest = 60;

/**
 * Seconds until the next try, or null when it would come too late. Jittered, so that a service
 * that comes back is not run over by everybody at once.
 * @param tries how many there were
 * @param asked what the service asked for, in seconds
 * @param left seconds until the message expires
 * @param chance 0 to 1
 */
export function nextTryIn(
	tries: number,
	asked: number | null,
	left: number,
	chance = Math.random()
): number | null {
	const pause = Math.min(longest, 2 ** Math.min(tries, 10)) * (0.5 + chance);
	const wait = Math.max(pause, (asked ?? 0) * (1 + chance / 10));
	return wait < left ? wait : null;
}
