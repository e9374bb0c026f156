import type { Socket } from 'node:net';
import { HpackReader, textOf, type Field, type Raw } from '#lib/delivery/server/push/hpack.ts';

/**
 * The server's side of HTTP/2 (RFC 9113) for requests with a body and answers without: frames are read
 * where they lie and all answers of a turn leave in one write. A tenth of what node:http2 costs.
 */
const type = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, window: 8, more: 9 };
const flag = { end: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 };
const preface = 24;
const frameHead = 9;
/** Told to the client, so that it never has to wait for room. */
const windowSize = 0x7fffffff;
const tellAfter = 1 << 28;

/** What is looked for in the headers of every request, as bits. */
export const looks = { signed: 1, ttl: 2, urgency: 4, encoding: 8 };
export const complete = 15;

/** What one header contributes. */
export function lookAt({ name, value }: Field): number {
	if (name === 'authorization') return value.startsWith('vapid t=') ? looks.signed : 0;
	if (name === 'ttl') return Number(value) > 0 ? looks.ttl : 0;
	if (name === 'urgency') return looks.urgency;
	if (name === 'content-encoding') return value === 'aes128gcm' ? looks.encoding : 0;
	return 0;
}

/** One request that has come whole. */
export class Request {
	readonly connection: Connection;
	readonly id: number;
	looks = 0;
	topic = '';
	path: Raw | null = null;
	/** All of its headers and its body, when somebody wants to keep it. */
	kept: { headers: Record<string, string>; body: Buffer[] } | null = null;

	constructor(connection: Connection, id: number) {
		this.connection = connection;
		this.id = id;
	}

	/** The first characters of the path, or all of it. */
	pathStart = (most?: number) => (this.path ? textOf(this.path, most) : '');
	answer = (status: number, retryAfter?: string) =>
		this.connection.answer(this.id, status, retryAfter);
	reset = () => this.connection.reset(this.id, 2);
	cut = () => this.connection.cut();
}

export interface Service {
	/** Whether the next request is to be kept whole. */
	keeps(): boolean;
	/** A whole request. What is not answered now may be answered later. */
	serve(request: Request): void;
	streams: number;
}

const answers = new Map<string, Buffer>();

/** A HEADERS frame that ends its stream; only the stream's number is still to be written. */
function answerFrame(status: number, retryAfter?: string): Buffer {
	const key = `${status}/${retryAfter ?? ''}`;
	let frame = answers.get(key);
	if (!frame) {
		const text = (index: number[], value: string) =>
			Buffer.concat([Buffer.from([...index, value.length]), Buffer.from(value)]);
		const fields = [text([0x08], String(status))];
		if (status === 201) fields.push(text([0x0f, 46 - 15], '/m/1'));
		if (retryAfter) fields.push(text([0x0f, 53 - 15], retryAfter));
		const block = Buffer.concat(fields);
		frame = Buffer.concat([head(block.length, type.headers, flag.endHeaders | flag.end, 0), block]);
		answers.set(key, frame);
	}
	return frame;
}

function head(length: number, kind: number, flags: number, stream: number) {
	const frame = Buffer.alloc(frameHead);
	frame.writeUIntBE(length, 0, 3);
	frame[3] = kind;
	frame[4] = flags;
	frame.writeUInt32BE(stream, 5);
	return frame;
}

function withNumber(kind: number, stream: number, ...numbers: number[]) {
	const body = Buffer.alloc(4 * numbers.length);
	numbers.forEach((n, i) => body.writeUInt32BE(n, 4 * i));
	return Buffer.concat([head(body.length, kind, 0, stream), body]);
}

/** One connection, from the client's first byte on. */
export class Connection {
	readonly #socket: Socket;
	readonly #service: Service;
	readonly #hpack = new HpackReader();
	readonly #open = new Map<number, Request>();
	#rest: Buffer | null = null;
	#begun = false;
	#heard = 0;
	#out: Buffer[] = [];
	#scheduled = false;
	#last = 0;
	#closing = false;
	#block: Buffer[] = [];

	constructor(socket: Socket, service: Service) {
		this.#socket = socket;
		this.#service = service;
		const settings = Buffer.alloc(12);
		settings.writeUInt16BE(3, 0);
		settings.writeUInt32BE(service.streams, 2);
		settings.writeUInt16BE(4, 6);
		settings.writeUInt32BE(windowSize, 8);
		this.#write(Buffer.concat([head(12, type.settings, 0, 0), settings]));
		this.#write(withNumber(type.window, 0, windowSize - 65535));
		socket.on('data', (data: Buffer) => this.#read(data));
		socket.on('close', () => this.#open.clear());
	}

	#write(frame: Buffer) {
		this.#out.push(frame);
		if (this.#scheduled) return;
		this.#scheduled = true;
		setImmediate(() => {
			this.#scheduled = false;
			const out = this.#out;
			this.#out = [];
			if (!this.#socket.destroyed)
				this.#socket.write(out.length === 1 ? out[0] : Buffer.concat(out));
		});
	}

	#read(heard: Buffer) {
		const data = this.#rest ? Buffer.concat([this.#rest, heard]) : heard;
		let at = 0;
		if (!this.#begun) {
			if (data.length < preface) return void (this.#rest = data);
			at = preface;
			this.#begun = true;
		}
		while (data.length - at >= frameHead) {
			const length = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
			if (data.length - at - frameHead < length) break;
			const stream = data.readUInt32BE(at + 5) & 0x7fffffff;
			at += frameHead;
			this.#frame(data, at - 6, at, at + length, stream);
			at += length;
		}
		this.#rest = at < data.length ? data.subarray(at) : null;
	}

	#frame(data: Buffer, kindAt: number, from: number, end: number, stream: number) {
		const flags = data[kindAt + 1];
		switch (data[kindAt]) {
			case type.data:
				return this.#body(data, flags, from, end, stream);
			case type.headers:
			case type.more:
				return this.#headers(data, data[kindAt], flags, from, end, stream);
			case type.reset:
				return void this.#open.delete(stream);
			case type.settings:
				return flags & flag.ack ? undefined : this.#write(head(0, type.settings, flag.ack, 0));
			case type.ping:
				if (flags & flag.ack) return;
				this.#write(Buffer.concat([head(8, type.ping, flag.ack, 0), data.subarray(from, end)]));
		}
	}

	#headers(data: Buffer, kind: number, flags: number, from: number, end: number, id: number) {
		if (kind === type.headers) {
			if (flags & flag.padded) end -= data[from++];
			if (flags & flag.priority) from += 5;
			this.#open.set(id, new Request(this, id));
			if (!this.#closing) this.#last = id;
		}
		if (!(flags & flag.endHeaders) || this.#block.length) {
			this.#block.push(Buffer.from(data.subarray(from, end)));
			if (!(flags & flag.endHeaders)) return;
			data = Buffer.concat(this.#block);
			[from, end] = [0, data.length];
			this.#block = [];
		}
		const request = this.#open.get(id)!;
		const kept = this.#service.keeps() ? { headers: {}, body: [] } : null;
		request.kept = kept;
		this.#hpack.read(
			data,
			from,
			end,
			(field) => {
				request.looks |= lookAt(field);
				if (field.name === 'topic') request.topic = field.value;
				if (kept) Object.assign(kept.headers, { [field.name]: field.value });
			},
			(name, value) => {
				if (name === ':path') request.path = value;
				else if (name !== 'content-length') {
					const field = { name, value: textOf(value) };
					request.looks |= lookAt(field);
					if (name === 'topic') request.topic = field.value;
				}
				if (kept) Object.assign(kept.headers, { [name]: textOf(value) });
			}
		);
		if (flags & flag.end) this.#whole(request);
	}

	#body(data: Buffer, flags: number, from: number, end: number, id: number) {
		this.#heard += end - from;
		if (this.#heard > tellAfter) {
			this.#write(withNumber(type.window, 0, this.#heard));
			this.#heard = 0;
		}
		const request = this.#open.get(id);
		if (!request) return;
		if (flags & flag.padded) end -= data[from++];
		request.kept?.body.push(Buffer.from(data.subarray(from, end)));
		if (flags & flag.end) this.#whole(request);
	}

	#whole(request: Request) {
		if (request.id > this.#last) return void this.#open.delete(request.id);
		this.#service.serve(request);
		// The bytes around it are many: nothing that waits may hold them.
		request.path = null;
	}

	answer(id: number, status: number, retryAfter?: string) {
		if (!this.#open.delete(id)) return;
		const frame = Buffer.from(answerFrame(status, retryAfter));
		frame.writeUInt32BE(id, 5);
		this.#write(frame);
	}

	reset(id: number, code: number) {
		if (this.#open.delete(id)) this.#write(withNumber(type.reset, id, code));
	}

	/** Says that it takes no more: what comes later is not looked at. */
	goAway() {
		this.#closing = true;
		this.#write(withNumber(type.goaway, 0, this.#last, 0));
	}

	cut() {
		this.#socket.destroy();
	}
}
