import type { PushReply } from './reply.ts';

/** One push that is under way. */
export interface Flight {
	path: string;
	body: Buffer;
	ttl: number;
	urgency: 'normal' | 'high';
	topic: string | null;
	/** By the pulse, in milliseconds. */
	begun: number;
	lane: Lane | null;
	/** Gives up on it: the answer is not waited for any more. */
	cancel: (() => void) | null;
	/** The service said that it did not look at it (REFUSED_STREAM); it was sent a second time. */
	again: boolean;
	over: boolean;
	done(reply: PushReply): void;
}

/** A way to one origin: an HTTP/2 session, or the connections of HTTP/1.1. */
export interface Lane {
	/** Requests under way, and how many there may be. */
	open: number;
	most: number;
	/** Takes no more. It closes when the last answer is there. */
	retired: boolean;
	/** It was cut with requests under way, and that was counted: as one mishap, not as many. */
	mourned: boolean;
	/** When the last answer came, and the last request went (by the pulse, in milliseconds). */
	heardAt: number;
	usedAt: number;
	post(flight: Flight): void;
	retire(): void;
	destroy(): void;
}

/** What a lane tells the origin it belongs to. */
export interface LaneOwner {
	/** The Authorization header of this hour. */
	authorization(): string;
	settle(flight: Flight, reply: PushReply): void;
	/** The service never looked at it: it may go again. */
	refused(flight: Flight): void;
	/** One of its requests is over and done with. */
	freed(lane: Lane): void;
	/** It holds more or fewer streams than was thought, or takes no more. */
	changed(): void;
}
