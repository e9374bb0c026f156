import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change } from '../platform/server/changes.ts';
import { addressOf } from './address.ts';

const id = /^[0-9a-f-]{36}$/;
const mostSubjects = 4;
const remembered = 2_000;
/** Clocks of several machines differ a little; telling somebody twice harms nobody. */
const slack = 5_000;
/** In bytes: a phone that reads nothing for long is let go rather than kept in memory. */
const mostUnread = 16_384;
/** Every line hears a heartbeat in this many seconds; each second a part of them, so that no second is long. */
const beats = 25;

/** How many lines a process holds; past them a page asks the micro-cache now and then instead. */
export interface Room {
	most: number;
	/** While fewer are open than this, nobody is counted: thousands may share a carrier's one address. */
	crowded: number;
	/** Lines of one address, once it is crowded. */
	mostOfOne: number;
}
const usual: Room = { most: 10_000, crowded: 5_000, mostOfOne: 1_000 };

/**
 * Server-sent events (HTML, 9.2): an open page is told that what it shows has changed, by id alone.
 * Nobody learns more than that: the page then asks for itself, with its own cookies.
 */
export class Streams {
	#room: Room;
	#of = new Map<string, Set<ServerResponse>>();
	#open = new Set<ServerResponse>();
	#from = new Map<string, number>();
	#past: Change[] = [];
	/** Changes before this moment are not remembered. */
	#since = Date.now();
	#heart: NodeJS.Timeout | undefined;
	#turns = Array.from({ length: beats }, () => new Set<ServerResponse>());
	#turn = 0;

	constructor(room: Partial<Room> = {}) {
		this.#room = { ...usual, ...room };
	}

	get open() {
		return this.#open.size;
	}

	/** Answers `GET /live?of=ID&of=ID`, resumed by `Last-Event-ID`. */
	answer(request: IncomingMessage, response: ServerResponse, from = addressOf(request)) {
		const asked = new URLSearchParams(request.url?.split('?', 2)[1] ?? '').getAll('of');
		const subjects = [...new Set(asked)];
		if (
			!subjects.length ||
			subjects.length > mostSubjects ||
			!subjects.every((each) => id.test(each))
		)
			return refuse(response, 400, 'of: name one to four ids of what the page shows.');
		if (this.#isFull(from))
			return refuse(response, 503, 'Too many are watching at once. Reload the page now and then.');

		// Framed by its end alone: one event is then the same bytes for everybody, written once.
		response.removeHeader('transfer-encoding');
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			// A proxy that gathers answers before passing them on would hold every event back.
			'x-accel-buffering': 'no'
		});
		// After a restart not everybody comes back in the same second.
		const retry = 3_000 + Math.floor(Math.random() * 7_000);
		response.write(
			`retry: ${retry}\n\n${this.#missed(subjects, request.headers['last-event-id'])}`
		);
		this.#enter(response, subjects, from);
	}

	/** Tells whoever watches the thing or its municipality. */
	tell(change: Change) {
		this.#past.push(change);
		if (this.#past.length > remembered) this.#since = this.#past.shift()!.at;
		for (const subject of [change.thingId, change.municipalityId]) {
			const told = Buffer.from(event(subject, change.at));
			for (const response of this.#of.get(subject) ?? []) send(response, told);
		}
	}

	/** Lets the next part of the lines hear that we are there; dead ones are found by it. */
	beat() {
		this.#turn = (this.#turn + 1) % beats;
		for (const response of this.#turns[this.#turn]) send(response, heartbeat);
	}

	/** Ends every stream, so that the process can stop; browsers come back by themselves. */
	close() {
		clearInterval(this.#heart);
		for (const response of this.#open) response.end();
	}

	#isFull(from: string | null): boolean {
		const { most, crowded, mostOfOne } = this.#room;
		if (this.#open.size < crowded || from === null) return this.#open.size >= most;
		return this.#open.size >= most || (this.#from.get(from) ?? 0) >= mostOfOne;
	}

	#missed(subjects: string[], lastId: string | string[] | undefined): string {
		if (typeof lastId !== 'string' || !/^\d{1,15}$/.test(lastId)) return '';
		const last = Number(lastId);
		// A phone whose stream began before what we remember, or on a clock that is wrong, looks again.
		if (last < this.#since) return subjects.map((each) => event(each, Date.now())).join('');
		return subjects
			.filter((each) =>
				this.#past.some(
					({ thingId, municipalityId, at }) =>
						(thingId === each || municipalityId === each) && at > last - slack
				)
			)
			.map((each) => event(each, Date.now()))
			.join('');
	}

	#enter(response: ServerResponse, subjects: string[], from: string | null) {
		const turn = this.#turns[this.#open.size % beats].add(response);
		this.#open.add(response);
		if (from !== null) this.#from.set(from, (this.#from.get(from) ?? 0) + 1);
		for (const subject of subjects) {
			const watching = this.#of.get(subject) ?? new Set();
			this.#of.set(subject, watching.add(response));
		}
		this.#heart ??= setInterval(() => this.beat(), 1000).unref();
		response.once('close', () => {
			turn.delete(response);
			this.#leave(response, subjects, from);
		});
	}

	#leave(response: ServerResponse, subjects: string[], from: string | null) {
		this.#open.delete(response);
		const others = from === null ? 0 : this.#from.get(from)! - 1;
		if (from !== null && others) this.#from.set(from, others);
		else if (from !== null) this.#from.delete(from);
		for (const subject of subjects) {
			const watching = this.#of.get(subject);
			watching?.delete(response);
			if (watching?.size === 0) this.#of.delete(subject);
		}
		if (this.#open.size) return;
		clearInterval(this.#heart);
		this.#heart = undefined;
	}
}

const heartbeat = Buffer.from(':\n\n');
const event = (subject: string, at: number) => `id: ${at}\nevent: changed\ndata: ${subject}\n\n`;

function send(response: ServerResponse, told: Buffer) {
	if (response.writableLength > mostUnread) response.destroy();
	else response.write(told);
}

function refuse(response: ServerResponse, status: 400 | 503, sentence: string) {
	response.writeHead(status, {
		'content-type': 'text/plain; charset=utf-8',
		...(status === 503 && { 'retry-after': '60' })
	});
	response.end(sentence);
}
