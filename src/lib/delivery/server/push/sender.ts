import type { LookupFunction } from 'node:net';
import { createSecureContext, getCACertificates } from 'node:tls';
import { outwardLookup } from '../channels/inside.ts';
import { endpointObstacle, isAllowed } from '../channels/push-hosts.ts';
import type { Vapid } from '../channels/vapid.ts';
import type { Flight } from './lane.ts';
import { Origin, type OriginSettings } from './origin.ts';
import { beat, beatEvery, pulse } from './pulse.ts';
import { noAnswer, type PushReply } from './reply.ts';
import { vapidTokens } from './vapid-token.ts';

export { meaningOf, type Meaning, type PushReply } from './reply.ts';

/** One sealed message to one subscription. */
export interface Push {
	endpoint: string;
	body: Buffer;
	/** Seconds the service keeps it for a phone that is off; more than 0, or that phone never hears. */
	ttl: number;
	urgency: 'normal' | 'high';
	/** At most 32 base64url characters: a newer one of the same topic replaces it (RFC 8030, 5.4). */
	topic: string | null;
	/** Called exactly once, after `send` has returned. */
	done(reply: PushReply): void;
}

export interface PushSender {
	/** How many more may be handed over for this origin now; 0 while its window is full or it is resting. */
	room(origin: string): number;
	/** Resolves when there is room again for this origin (or for any, without one). */
	whenRoom(origin?: string): Promise<void>;
	/** Never throws: what goes wrong is told to `done`. */
	send(push: Push): void;
	/** Origins that refused our keys (401, 403): they get nothing for an hour, or until `resume`. */
	stopped(): string[];
	/** The keys were mended: this origin, or all of them, are asked again. */
	resume(origin?: string): void;
	/** Waits for the answers still to come, then closes every connection. */
	close(): Promise<void>;
}

export interface PushSenderSettings {
	vapid: Vapid;
	/** Further hosts, for tests and drills: `127.0.0.1:8443,127.0.0.1:8444`. */
	allow?: string;
	/** Certificates to trust besides the usual ones, for tests and drills. */
	ca?: string | Buffer;
	/** Milliseconds for one request. */
	timeout?: number;
	/** How names become addresses: only those outside of our own network. */
	lookup?: LookupFunction;
	sessionsPerOrigin?: number;
	/** Streams a session, at most; never more than the service allows. */
	streams?: number;
	/** HTTP/2 written by hand: half the processor time. Off unless somebody says so. */
	frames?: boolean;
	onStopped?(origin: string, status: number): void;
}

/** A path as it may stand in a request line: printable, and no fragment. */
const plainPath = /^\/[\x21\x22\x24-\x7e]{0,1000}$/;

/**
 * Sends sealed messages to the push services, over few connections for each, as fast as each of them
 * takes it (RFC 8030, 8292). Redirects are answers like others, and nothing is followed.
 */
export function openPushSender({
	vapid,
	allow = '',
	ca,
	timeout = 10_000,
	lookup = outwardLookup(),
	sessionsPerOrigin = 2,
	streams = 200,
	frames = false,
	onStopped = () => {}
}: PushSenderSettings): PushSender {
	const origins = new Map<string, Origin>();
	const secureContext = ca
		? createSecureContext({ ca: [...getCACertificates('default'), ca.toString()] })
		: undefined;
	const anybody: Array<() => void> = [];
	const settings: OriginSettings = {
		secureContext,
		timeout,
		sessionsPerOrigin,
		streams,
		frames,
		onStopped,
		onRoom() {
			if (anybody.length) for (const wake of anybody.splice(0)) wake();
		},
		authorization: vapidTokens(vapid)
	};
	let closed = false;

	const open = (url: URL): Origin => {
		let origin = origins.get(url.origin);
		if (!origin) {
			const outward = isAllowed(url, allow) ? {} : { lookup };
			origins.set(
				url.origin,
				(origin = new Origin(new URL(url.origin), { ...settings, ...outward }))
			);
		}
		return origin;
	};
	const find = (name: string) => {
		const known = origins.get(name);
		if (known || endpointObstacle(`${name}/`, allow)) return known;
		return open(new URL(name));
	};

	/** Where it goes, judged anew at every sending; a host that was judged is not judged again. */
	const aim = (endpoint: string): { origin: Origin; path: string } | { fault: string } => {
		const end = endpoint.indexOf('/', 8);
		const known = origins.get(endpoint.slice(0, end));
		const path = endpoint.slice(end);
		if (known && plainPath.test(path)) return { origin: known, path };
		const fault = endpointObstacle(endpoint, allow);
		if (fault) return { fault };
		const url = new URL(endpoint);
		return { origin: open(url), path: url.pathname + url.search };
	};

	const sweeper = setInterval(() => {
		beat();
		for (const [name, origin] of origins) {
			origin.sweep();
			if (origin.forgettable) origins.delete(name);
		}
	}, beatEvery).unref();

	return {
		// Nobody waits for what is closed, or for an address that is refused: both are answered at once.
		room: (name) => (closed ? 1 : (find(name)?.room ?? 1)),
		async whenRoom(name) {
			if (closed) return;
			if (name !== undefined) return await find(name)?.whenRoom();
			for (const { room } of origins.values()) if (room > 0) return;
			if (origins.size) await new Promise<void>((done) => anybody.push(done));
		},
		send({ endpoint, body, ttl, urgency, topic, done }) {
			const at = closed ? { fault: 'closed' } : aim(endpoint);
			if ('fault' in at) return void setImmediate(() => done(noAnswer(at.fault)));
			const flight: Flight = {
				path: at.path,
				body,
				ttl: Math.max(1, Math.ceil(ttl)),
				urgency,
				topic,
				begun: pulse.now,
				lane: null,
				cancel: null,
				again: false,
				over: false,
				done
			};
			at.origin.send(flight);
		},
		stopped: () => [...origins].flatMap(([name, { stopped }]) => (stopped ? [name] : [])),
		resume(name) {
			for (const [each, origin] of origins) if (!name || name === each) origin.resume();
		},
		async close() {
			closed = true;
			for (const wake of anybody.splice(0)) wake();
			await Promise.all(Array.from(origins.values(), (each) => each.close()));
			clearInterval(sweeper);
		}
	};
}
