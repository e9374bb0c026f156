import type { TLSSocket } from 'node:tls';
import { retryAfter } from '../channels/retry-after.ts';
import {
	cancel,
	flags,
	frame,
	FrameReader,
	headBytes,
	refusedStream,
	settings,
	small,
	withNumber,
	writeHead
} from './frames.ts';
import { HpackReader, HpackWriter, number, textOf } from './hpack.ts';
import type { Flight, Lane, LaneOwner } from './lane.ts';
import { pulse } from './pulse.ts';
import { noAnswer, type PushReply } from './reply.ts';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
/** No table for what we read, no pushes; how much we are ready to read of an answer. */
const ours = settings([1, 0], [2, 0], [4, 65_535]);
const untilTold = 100;
const longestAnswer = 60_000;
const answerTime = 5000;
const lastStream = 2 ** 30;
/** What goes out in one write. */
const chunkBytes = 64 * 1024;
const windowAfter = 32_768;

/** `:method: POST`, `:scheme: https`: numbers of the static table. */
const postOverHttps = Buffer.from([0x83, 0x87]);

interface Common {
	key: string;
	/** Of the writer's table when this was written. */
	version: number;
	first: Buffer;
	rest: Buffer;
}

/**
 * One HTTP/2 session written by hand: many requests leave in one write, and there is no object of a
 * stream. Behind the flag `frames`, for it costs half of what node:http2 does.
 */
export class FrameLane implements Lane {
	open = 0;
	most: number;
	retired = false;
	mourned = false;
	heardAt = pulse.now;
	usedAt = pulse.now;
	readonly #socket: TLSSocket;
	readonly #host: string;
	readonly #owner: LaneOwner;
	readonly #streams: number;
	readonly #flights = new Map<number, Flight>();
	/** Streams whose answer has come and whose body has not ended. */
	readonly #draining = new Map<number, { bytes: number; timer: NodeJS.Timeout }>();
	readonly #queue: Flight[] = [];
	readonly #writer = new HpackWriter();
	readonly #reader = new HpackReader();
	readonly #frames = new FrameReader();
	#nextStream = 1;
	#window = 65_535;
	#streamWindow = 65_535;
	#heard = 0;
	#block: Buffer[] = [];
	#blockFlags = 0;
	#chunk: Buffer | null = null;
	#used = 0;
	#scheduled = false;
	#common: Common = { key: '', version: -1, first: Buffer.alloc(0), rest: Buffer.alloc(0) };

	constructor(socket: TLSSocket, origin: URL, owner: LaneOwner, streams: number) {
		this.#socket = socket;
		this.#host = origin.host;
		this.#owner = owner;
		this.#streams = streams;
		this.most = Math.min(untilTold, streams);
		socket.on('data', (data: Buffer) => this.#read(data));
		socket.once('end', () => socket.destroy());
		socket.once('close', () => this.#lost());
		this.#put(preface);
		this.#put(ours);
		socket.unref();
	}

	post(flight: Flight) {
		if (this.open++ === 0) this.#socket.ref();
		this.usedAt = pulse.now;
		flight.lane = this;
		if (this.#window < flight.body.length || this.#queue.length) this.#queue.push(flight);
		else this.#send(flight);
	}

	#send(flight: Flight) {
		const id = this.#nextStream;
		this.#nextStream += 2;
		if (id > lastStream) this.#noMore();
		this.#flights.set(id, flight);
		flight.cancel = () => this.#cancel(id);
		const { body, path } = flight;
		this.#window -= body.length;
		const { first, rest } = this.#commonBlocks(flight);
		const length = String(body.length);
		const pathLength = number(0, 7, path.length);
		const block =
			first.length + 1 + pathLength.length + path.length + rest.length + 3 + length.length;
		const chunk = this.#room(2 * headBytes + block + body.length);
		let at = this.#used;
		writeHead(chunk, at, block, frame.headers, flags.endHeaders, id);
		at += headBytes;
		at += first.copy(chunk, at);
		// :path and content-length, not kept in any table: each is of this request alone.
		chunk[at++] = 0x04;
		at += pathLength.copy(chunk, at);
		at += chunk.write(path, at, 'latin1');
		at += rest.copy(chunk, at);
		chunk[at++] = 0x0f;
		chunk[at++] = 0x0d;
		chunk[at++] = length.length;
		at += chunk.write(length, at, 'latin1');
		writeHead(chunk, at, body.length, frame.data, flags.end, id);
		at += headBytes;
		at += body.copy(chunk, at);
		this.#used = at;
	}

	/** What is the same for most, written anew when it has changed. Names with a colon come first. */
	#commonBlocks({ ttl, urgency, topic }: Flight): Common {
		const authorization = this.#owner.authorization();
		const key = `${ttl} ${urgency} ${topic} ${authorization}`;
		const before = this.#writer.version;
		if (this.#common.key === key && this.#common.version === before) return this.#common;
		const first = Buffer.concat([
			this.#writer.sizeUpdate(),
			postOverHttps,
			this.#writer.block([[':authority', this.#host]])
		]);
		const rest = this.#writer.block([
			['authorization', authorization],
			['content-encoding', 'aes128gcm'],
			['content-type', 'application/octet-stream'],
			['ttl', String(ttl)],
			['urgency', urgency],
			...(topic ? [['topic', topic] as const] : [])
		]);
		// What spelled something out is good for this once.
		const version = before === this.#writer.version ? before : -1;
		return (this.#common = { key, version, first, rest });
	}

	/** Space in the chunk that leaves with the end of this turn, or when it is full. */
	#room(bytes: number): Buffer {
		if (this.#chunk && this.#used + bytes > this.#chunk.length) this.#flush();
		if (!this.#chunk) {
			this.#chunk = Buffer.allocUnsafe(Math.max(chunkBytes, bytes));
			this.#used = 0;
		}
		if (!this.#scheduled) {
			this.#scheduled = true;
			setImmediate(() => {
				this.#scheduled = false;
				this.#flush();
			});
		}
		return this.#chunk;
	}

	#put(bytes: Buffer) {
		const chunk = this.#room(bytes.length);
		this.#used += bytes.copy(chunk, this.#used);
	}

	#flush() {
		const chunk = this.#chunk;
		this.#chunk = null;
		if (chunk && this.#used && !this.#socket.destroyed)
			this.#socket.write(chunk.subarray(0, this.#used));
	}

	#read(data: Buffer) {
		try {
			this.#frames.read(data, (kind, flag, stream, all, from, end) =>
				this.#frame(kind, flag, stream, all, from, end)
			);
		} catch {
			// It does not speak HTTP/2 as it should.
			this.#socket.destroy();
		}
	}

	#frame(kind: number, flag: number, id: number, data: Buffer, from: number, end: number) {
		switch (kind) {
			case frame.headers:
				if (flag & flags.padded) end -= data[from++];
				if (flag & flags.priority) from += 5;
				this.#blockFlags = flag;
				return this.#headers(id, flag, data, from, end);
			case frame.more:
				return this.#headers(id, flag, data, from, end);
			case frame.data:
				return this.#body(id, flag, end - from);
			case frame.reset:
				return this.#wasReset(id, data.readUInt32BE(from));
			case frame.settings:
				return flag & flags.ack ? undefined : this.#settings(data, from, end);
			case frame.ping:
				if (!(flag & flags.ack))
					this.#put(small(frame.ping, flags.ack, 0, Buffer.from(data.subarray(from, end))));
				return;
			case frame.goaway:
				return this.#goneAway(data.readUInt32BE(from) & 0x7fffffff);
			case frame.window:
				if (id === 0) this.#windowGrew(data.readUInt32BE(from) & 0x7fffffff);
				return;
			case frame.promise:
				throw new Error('no pushes were asked for');
		}
	}

	#headers(id: number, flag: number, data: Buffer, from: number, end: number) {
		if (!(flag & flags.endHeaders) || this.#block.length) {
			this.#block.push(Buffer.from(data.subarray(from, end)));
			if (this.#block.length > 16) throw new Error('headers without an end');
			if (!(flag & flags.endHeaders)) return;
			data = Buffer.concat(this.#block);
			[from, end] = [0, data.length];
			this.#block = [];
		}
		const reply: PushReply = { status: 0, retryAfter: null };
		const look = (name: string, value: () => string) => {
			if (name === ':status') reply.status = Number(value());
			else if (name === 'location') reply.location = value();
			else if (name === 'retry-after') reply.retryAfter = retryAfter(value());
		};
		this.#reader.read(
			data,
			from,
			end,
			({ name, value }) => look(name, () => value),
			(name, raw) => look(name, () => textOf(raw))
		);
		const last = (this.#blockFlags & flags.end) !== 0;
		// Trailers have no status; 1xx announce another answer.
		if (reply.status >= 200) this.#answered(id, reply, last);
		else if (last) this.#drained(id);
	}

	#answered(id: number, reply: PushReply, last: boolean) {
		this.heardAt = pulse.now;
		const flight = this.#flights.get(id);
		if (!flight) return;
		this.#flights.delete(id);
		if (last) this.open--;
		else
			this.#draining.set(id, { bytes: 0, timer: setTimeout(() => this.#cancel(id), answerTime) });
		this.#owner.settle(flight, reply);
		this.#ended();
	}

	#body(id: number, flag: number, bytes: number) {
		this.#heard += bytes;
		if (this.#heard > windowAfter) {
			this.#put(withNumber(frame.window, 0, this.#heard));
			this.#heard = 0;
		}
		const stream = this.#draining.get(id);
		if (!stream) return;
		stream.bytes += bytes;
		if (flag & flags.end) this.#drained(id);
		else if (stream.bytes > longestAnswer) this.#cancel(id);
	}

	#drained(id: number) {
		const stream = this.#draining.get(id);
		if (!stream) return;
		clearTimeout(stream.timer);
		this.#draining.delete(id);
		this.open--;
		this.#ended();
	}

	/** The last is answered: the connection may be forgotten, or closed where it takes no more. */
	#ended() {
		if (this.open === 0) {
			this.#socket.unref();
			if (this.retired) this.#socket.end();
		}
		this.#owner.freed(this);
	}

	#settings(data: Buffer, from: number, end: number) {
		for (let at = from; at + 6 <= end; at += 6) {
			const [id, value] = [data.readUInt16BE(at), data.readUInt32BE(at + 2)];
			if (id === 1) this.#writer.limit(value);
			if (id === 3) this.most = Math.min(this.#streams, value);
			if (id === 4) this.#streamWindow = value;
		}
		this.#put(small(frame.settings, flags.ack, 0));
		// Room for less than one message a stream: nothing for us, and nobody does it.
		if (this.#streamWindow < 4096) this.#socket.destroy();
		else this.#owner.changed();
	}

	#windowGrew(bytes: number) {
		this.#window += bytes;
		while (this.#queue.length && this.#window >= this.#queue[0].body.length) {
			const flight = this.#queue.shift()!;
			if (flight.over) this.open--;
			else this.#send(flight);
		}
	}

	#wasReset(id: number, code: number) {
		this.#drained(id);
		this.#withoutAnswer(id, code === refusedStream);
		this.#ended();
	}

	/** RFC 9113, 6.8: later streams were not looked at. */
	#goneAway(last: number) {
		this.#noMore();
		for (const id of [...this.#flights.keys()]) if (id > last) this.#withoutAnswer(id, true);
		for (const flight of this.#queue.splice(0)) this.#handBack(flight, true);
		this.#ended();
	}

	#withoutAnswer(id: number, untouched: boolean) {
		const flight = this.#flights.get(id);
		if (!flight) return;
		this.#flights.delete(id);
		this.#handBack(flight, untouched);
	}

	#handBack(flight: Flight, untouched: boolean) {
		this.open--;
		if (flight.over) return;
		if (untouched && !flight.again) this.#owner.refused(flight);
		else this.#owner.settle(flight, noAnswer('reset'));
	}

	/** Nobody waits for this one any more. */
	#cancel(id: number) {
		const waited = this.#flights.delete(id);
		if (waited || this.#draining.has(id)) this.#put(withNumber(frame.reset, id, cancel));
		if (waited) this.open--;
		this.#drained(id);
		if (waited) this.#ended();
	}

	#lost() {
		this.#noMore();
		for (const id of [...this.#draining.keys()]) this.#drained(id);
		for (const id of [...this.#flights.keys()]) this.#withoutAnswer(id, false);
		for (const flight of this.#queue.splice(0)) this.#handBack(flight, true);
		this.#owner.changed();
	}

	#noMore() {
		if (this.retired) return;
		this.retired = true;
		this.#owner.changed();
	}

	retire() {
		this.#noMore();
		if (this.open === 0) this.#socket.end();
	}

	destroy() {
		this.retired = true;
		this.#socket.destroy();
	}
}
