import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { retryAfter } from '../channels/retry-after.ts';
import type { Flight, Lane, LaneOwner } from './lane.ts';
import { pulse } from './pulse.ts';
import { faultOf, noAnswer } from './reply.ts';

/** How many streams are opened before the peer has said how many it takes. */
const untilTold = 100;
/** An answer with a body is heard to its end for so long (milliseconds). */
const bodyTime = 5000;
const sendBody = { endStream: false };
const bodyIsComing = (flags: number) => (flags & constants.NGHTTP2_FLAG_END_STREAM) === 0;

/** One HTTP/2 session over a connection that stands. */
export class Http2Lane implements Lane {
	open = 0;
	most: number;
	retired = false;
	mourned = false;
	heardAt = pulse.now;
	usedAt = pulse.now;
	#session: ClientHttp2Session;
	#origin: URL;
	#owner: LaneOwner;

	constructor(socket: TLSSocket, origin: URL, owner: LaneOwner, streams: number) {
		this.#origin = origin;
		this.#owner = owner;
		this.most = Math.min(untilTold, streams);
		this.#session = connect(origin, {
			createConnection: () => socket,
			settings: { enablePush: false },
			peerMaxConcurrentStreams: this.most
		});
		this.#session.on('remoteSettings', ({ maxConcurrentStreams = streams }) => {
			this.most = Math.min(streams, maxConcurrentStreams);
			owner.changed();
		});
		this.#session.on('goaway', () => this.#noMore());
		this.#session.on('error', () => this.#noMore());
		this.#session.on('close', () => this.#noMore());
		this.#session.unref();
	}

	post(flight: Flight) {
		if (this.open++ === 0) this.#session.ref();
		this.usedAt = pulse.now;
		flight.lane = this;
		const stream = this.#session.request(this.#headers(flight), sendBody);
		flight.cancel = () => stream.close(constants.NGHTTP2_CANCEL);
		let broken: Error | undefined;
		stream.on('response', (headers, flags) => {
			this.heardAt = pulse.now;
			const header = headers['retry-after'];
			this.#owner.settle(flight, {
				status: Number(headers[':status']),
				retryAfter: header ? retryAfter(String(header)) : null,
				location: headers.location
			});
			if (bodyIsComing(flags)) stream.setTimeout(bodyTime, flight.cancel!);
			stream.resume();
		});
		stream.on('error', (reason) => (broken = reason));
		stream.on('close', () => this.#closed(flight, stream, broken));
		stream.end(flight.body);
	}

	#headers({ path, body, ttl, urgency, topic }: Flight) {
		const headers = [
			':method',
			'POST',
			':scheme',
			'https',
			':authority',
			this.#origin.host,
			':path',
			path,
			'authorization',
			this.#owner.authorization(),
			'content-encoding',
			'aes128gcm',
			'content-type',
			'application/octet-stream',
			'content-length',
			String(body.length),
			'ttl',
			String(ttl),
			'urgency',
			urgency
		];
		if (topic) headers.push('topic', topic);
		return headers;
	}

	#closed(flight: Flight, stream: ClientHttp2Stream, broken: Error | undefined) {
		if (this.#session.destroyed) this.#noMore();
		if (--this.open === 0) {
			if (this.retired) this.#session.close();
			else if (!this.#session.destroyed) this.#session.unref();
		}
		if (flight.over) return this.#owner.freed(this);
		// RFC 9113, 8.7: what was refused was not looked at, and may be sent again.
		if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !flight.again)
			return this.#owner.refused(flight);
		this.#owner.settle(flight, noAnswer(broken ? faultOf(broken) : 'reset'));
	}

	#noMore() {
		if (this.retired) return;
		this.retired = true;
		this.#owner.changed();
	}

	retire() {
		this.#noMore();
		if (this.open === 0) this.#session.close();
	}

	destroy() {
		this.retired = true;
		this.#session.destroy();
	}
}
