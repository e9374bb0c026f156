import type { Db } from '../../../platform/server/db.ts';
import type { Channels } from '../../channel.ts';
import type { PushSender } from '../push/sender.ts';
import type { Chunk } from './chunks.ts';

/** One process or thread that sends: what its lanes have in common. */
export interface Station {
	db: Db;
	/** Names it in the leases. */
	id: string;
	sender: PushSender;
	channels: Channels;
	/** What time it is for quiet hours and expiry; leases and tries go by the database's clock. */
	now(): Date;
	/** Set when it shall stop: nothing new is handed over. */
	stopping: boolean;
	/** Called when a lane refuses our keys: somebody has to mend them. */
	onRefused?(lane: string): void;
}

export interface Lane {
	id: number;
	channel: string;
	name: string;
}

/** One address of an audience. */
export interface Member {
	n: number;
	language: string;
	ward: string;
	personId: string | null;
	contactPointId: string | null;
	pushSubscriptionId: string | null;
	/** How often it was tried before. */
	tries: number;
}

/** What is being worked through: a chunk, or messages that are tried again. */
export interface Batch<Each extends Member = Member> {
	no: number;
	members: Each[];
	/** None for messages that are tried again. */
	chunk?: Chunk;
}
