import type { LookupFunction } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { hours } from '../../../platform/time.ts';
import { FrameLane } from './frame-lane.ts';
import { Http1Lane } from './http1-lane.ts';
import { Http2Lane } from './http2-lane.ts';
import type { Flight, Lane, LaneOwner } from './lane.ts';
import { Pace } from './pace.ts';
import { beatEvery, pulse } from './pulse.ts';
import { faultOf, meaningOf, noAnswer, type PushReply } from './reply.ts';
import { openSocket } from './socket.ts';

export interface OriginSettings {
	lookup?: LookupFunction;
	secureContext?: SecureContext;
	/** Milliseconds for one request, connecting included. */
	timeout: number;
	sessionsPerOrigin: number;
	streams: number;
	/** Sessions written by hand instead of those of node:http2. */
	frames: boolean;
	authorization(origin: string): string;
	/** It answered 401 or 403: our keys are not taken there. */
	onStopped(origin: string, status: number): void;
	/** There is room again. */
	onRoom(): void;
}

/** How many requests an origin that nobody knows gets at once. */
const first = 32;
/** A second session is opened when the first has so many streams open. */
const crowded = 64;
/** What is handed over beyond the room there is waits here; beyond this it is sent back. */
const longestQueue = 1000;
const longestRest = 15 * 60_000;
const idleTime = 60_000;
/** After a key fault one more is tried after an hour, unless somebody says so before. */
const stopTime = hours(1);

/** One push service: its sessions, its pace, its rests. What it does touches no other. */
export class Origin implements LaneOwner {
	readonly url: URL;
	readonly #settings: OriginSettings;
	readonly #pace: Pace;
	#lanes: Lane[] = [];
	#sockets = new Set<TLSSocket>();
	#flights = new Set<Flight>();
	#waiting: Flight[] = [];
	#waiters: Array<() => void> = [];
	#onlyHttp1: boolean;
	#restUntil = 0;
	#rests = 0;
	#restTimer: NodeJS.Timeout | undefined;
	#stoppedUntil = 0;
	#usedAt = performance.now();

	constructor(url: URL, settings: OriginSettings) {
		this.url = url;
		this.#settings = settings;
		this.#onlyHttp1 = url.protocol === 'http:';
		this.#pace = new Pace(first, settings.sessionsPerOrigin * settings.streams);
	}

	/** How many more may be handed over now. What is stopped takes them, and answers at once. */
	get room(): number {
		const now = performance.now();
		if (now < this.#stoppedUntil) return first;
		if (now < this.#restUntil) return 0;
		return Math.max(0, Math.floor(this.#pace.size) - this.#flights.size);
	}

	get stopped() {
		return performance.now() < this.#stoppedUntil;
	}

	/** Nothing is under way, nothing to remember: it can be forgotten. */
	get forgettable() {
		const now = performance.now();
		const quiet = this.#flights.size === 0 && this.#lanes.length === 0 && !this.#waiters.length;
		return quiet && now > Math.max(this.#restUntil, this.#stoppedUntil, this.#usedAt + idleTime);
	}

	whenRoom(): Promise<void> {
		if (this.room > 0) return Promise.resolve();
		this.#restTimer?.ref();
		return new Promise((done) => this.#waiters.push(done));
	}

	send(flight: Flight) {
		const now = (this.#usedAt = performance.now());
		const later = (fault: string, until: number) =>
			setImmediate(() => flight.done(noAnswer(fault, Math.ceil((until - now) / 1000))));
		if (now < this.#stoppedUntil) return later('origin_stopped', this.#stoppedUntil);
		if (now < this.#restUntil) return later('resting', this.#restUntil);
		if (this.#flights.size >= longestQueue) return later('full', now + 1000);
		this.#flights.add(flight);
		this.#dispatch(flight);
	}

	#dispatch(flight: Flight) {
		const lane = this.#lane();
		if (lane) lane.post(flight);
		else this.#waiting.push(flight);
	}

	/** The least busy way there is; opens another where it is crowded. */
	#lane(): Lane | undefined {
		let best: Lane | undefined;
		let living = this.#sockets.size;
		for (const lane of this.#lanes) {
			if (lane.retired) continue;
			living++;
			if (lane.open < lane.most && (!best || lane.open < best.open)) best = lane;
		}
		const sessions = this.#onlyHttp1 ? 1 : this.#settings.sessionsPerOrigin;
		if (living >= sessions || (best && best.open < crowded)) return best;
		if (this.#onlyHttp1) this.#lanes.push((best = this.#http1()));
		else this.#connect();
		return best;
	}

	#http1 = () => new Http1Lane(this.url, this, this.#settings);

	#connect() {
		const socket = openSocket(this.url, this.#settings, (reason, opened) => {
			this.#sockets.delete(socket);
			if (reason) return this.#unreachable(reason);
			if (opened.alpnProtocol === 'h2') {
				const Session = this.#settings.frames ? FrameLane : Http2Lane;
				this.#lanes.push(new Session(opened, this.url, this, this.#settings.streams));
			} else {
				opened.destroy();
				this.#onlyHttp1 = true;
			}
			this.changed();
		});
		this.#sockets.add(socket);
	}

	/** Where no other way is left, whatever waited for this one has no answer. */
	#unreachable(reason: Error) {
		if (this.#sockets.size || this.#lanes.some(({ retired }) => !retired)) return;
		const fault = reason.message === 'timeout' ? 'timeout' : faultOf(reason);
		for (const flight of this.#waiting.splice(0)) this.settle(flight, noAnswer(fault));
	}

	authorization = () => this.#settings.authorization(this.url.origin);

	settle(flight: Flight, reply: PushReply) {
		if (flight.over) return;
		flight.over = true;
		this.#flights.delete(flight);
		if (!isOneOfMany(flight, reply)) this.#judge(reply);
		flight.done(reply);
		this.#wake();
	}

	refused(flight: Flight) {
		flight.again = true;
		flight.lane = null;
		this.#dispatch(flight);
	}

	freed(lane: Lane) {
		if (this.#waiting.length || (lane.retired && lane.open === 0)) this.changed();
	}

	changed() {
		if (this.#lanes.some(({ retired, open }) => retired && open === 0))
			this.#lanes = this.#lanes.filter(({ retired, open }) => !retired || open > 0);
		const living = this.#lanes.find(({ retired }) => !retired);
		if (living) {
			const sessions = this.#onlyHttp1 ? 1 : this.#settings.sessionsPerOrigin;
			this.#pace.limit(living.most * sessions);
		}
		for (let left = this.#waiting.length; left > 0; left--) {
			const flight = this.#waiting.shift()!;
			if (!flight.over) this.#dispatch(flight);
		}
		this.#wake();
	}

	#judge(reply: PushReply) {
		const meaning = meaningOf(reply);
		if (meaning === 'origin_stopped') return this.#stop(reply.status);
		if (meaning !== 'later') {
			this.#rests = 0;
			return this.#pace.good();
		}
		if (this.#pace.bad()) this.#rest(reply.retryAfter);
	}

	/** As long as the service asks for; without a word from it a little longer each time. */
	#rest(seconds: number | null) {
		const now = performance.now();
		if (seconds === null && now < this.#restUntil) return;
		const time = seconds === null ? Math.min(30_000, 500 * 2 ** this.#rests++) : seconds * 1000;
		this.#restUntil = Math.max(this.#restUntil, now + Math.min(longestRest, time));
		clearTimeout(this.#restTimer);
		this.#restTimer = setTimeout(() => this.#wake(), this.#restUntil - now + 1);
		if (!this.#waiters.length) this.#restTimer.unref();
	}

	#stop(status: number) {
		const news = !this.stopped;
		this.#stoppedUntil = performance.now() + stopTime;
		if (news) this.#settings.onStopped(this.url.origin, status);
	}

	/** The keys were mended: it is asked again. */
	resume() {
		this.#stoppedUntil = 0;
		this.#wake();
	}

	#wake() {
		const enough = Math.min(this.#pace.size / 8, this.#flights.size + 1);
		if (this.room < Math.max(1, enough)) return;
		for (const wake of this.#waiters.splice(0)) wake();
		this.#settings.onRoom();
	}

	/** Gives up on what has waited too long, and closes what is not needed. */
	sweep() {
		const { now } = pulse;
		const { timeout } = this.#settings;
		for (const flight of this.#flights) {
			if (now - flight.begun < timeout + beatEvery) break;
			const { lane } = flight;
			this.settle(flight, noAnswer('timeout'));
			flight.cancel?.();
			// Silent for long, it is dead: also one that was cut while Node was writing to it.
			if (lane && now - lane.heardAt > timeout / 2) lane.retire();
		}
		for (const lane of this.#lanes) {
			if (lane.open === 0 && now - lane.usedAt > idleTime) lane.retire();
			if (lane.retired && now - lane.usedAt > 2 * timeout) lane.destroy();
		}
		this.changed();
	}

	/** Waits for the answers that are still to come: each comes, or times out. */
	async close() {
		for (const wake of this.#waiters.splice(0)) wake();
		while (this.#flights.size) await new Promise((done) => setTimeout(done, 20));
		clearTimeout(this.#restTimer);
		for (const socket of this.#sockets) socket.destroy();
		for (const lane of this.#lanes) lane.destroy();
	}
}

/** A connection that is cut takes all it carried with it: that is one mishap. */
function isOneOfMany({ lane }: Flight, { fault }: PushReply): boolean {
	if (fault !== 'reset' || !lane?.retired) return false;
	if (lane.mourned) return true;
	lane.mourned = true;
	return false;
}
