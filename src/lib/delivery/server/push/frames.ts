/** The frames of HTTP/2 (RFC 9113, 6) that a sender of pushes meets. */
export const frame = {
	data: 0,
	headers: 1,
	reset: 3,
	settings: 4,
	promise: 5,
	ping: 6,
	goaway: 7,
	window: 8,
	more: 9
};
export const flags = { end: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 };
export const headBytes = 9;
export const refusedStream = 7;
export const cancel = 8;

/** The nine bytes before every frame. */
export function writeHead(
	to: Buffer,
	at: number,
	length: number,
	kind: number,
	flag: number,
	stream: number
) {
	to[at] = length >> 16;
	to[at + 1] = length >> 8;
	to[at + 2] = length;
	to[at + 3] = kind;
	to[at + 4] = flag;
	to.writeUInt32BE(stream, at + 5);
}

/** A whole small frame. */
export function small(kind: number, flag: number, stream: number, body = Buffer.alloc(0)): Buffer {
	const whole = Buffer.alloc(headBytes + body.length);
	writeHead(whole, 0, body.length, kind, flag, stream);
	body.copy(whole, headBytes);
	return whole;
}

/** A small frame that carries one number. */
export function withNumber(kind: number, stream: number, n: number): Buffer {
	const body = Buffer.alloc(4);
	body.writeUInt32BE(n);
	return small(kind, 0, stream, body);
}

/** Settings as they are sent: an identifier and a value each. */
export function settings(...all: Array<[id: number, value: number]>): Buffer {
	const body = Buffer.alloc(6 * all.length);
	all.forEach(([id, value], i) => {
		body.writeUInt16BE(id, 6 * i);
		body.writeUInt32BE(value, 6 * i + 2);
	});
	return small(frame.settings, 0, 0, body);
}

/** Cuts what arrives on a connection into frames. */
export class FrameReader {
	#rest: Buffer | null = null;

	/** Calls back for each whole frame: what lies between `from` and `end` of the data is its own. */
	read(
		heard: Buffer,
		each: (
			kind: number,
			flag: number,
			stream: number,
			data: Buffer,
			from: number,
			end: number
		) => void
	) {
		const data = this.#rest ? Buffer.concat([this.#rest, heard]) : heard;
		let at = 0;
		while (data.length - at >= headBytes) {
			const length = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
			if (length > 16_384) throw new Error('a frame larger than was allowed');
			const end = at + headBytes + length;
			if (data.length < end) break;
			const stream = data.readUInt32BE(at + 5) & 0x7fffffff;
			each(data[at + 3], data[at + 4], stream, data, at + headBytes, end);
			at = end;
		}
		this.#rest = at < data.length ? data.subarray(at) : null;
	}
}
