/**
 * HTTP/2 headers (HPACK, RFC 7541) for those who know what they look for: values are ASCII, and one that
 * is spelled out is decoded only when somebody asks for it.
 */
const staticNames =
	':authority :method :method :path :path :scheme :scheme :status :status :status :status :status :status :status accept-charset accept-encoding accept-language accept-ranges accept access-control-allow-origin age allow authorization cache-control content-disposition content-encoding content-language content-length content-location content-range content-type cookie date etag expect expires from host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified link location max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after server set-cookie strict-transport-security transfer-encoding user-agent vary via www-authenticate'.split(
		' '
	);
const staticValues: Record<number, string> = {
	2: 'GET',
	3: 'POST',
	4: '/',
	5: '/index.html',
	6: 'http',
	7: 'https',
	8: '200',
	9: '204',
	10: '206',
	11: '304',
	12: '400',
	13: '404',
	14: '500',
	16: 'gzip, deflate'
};

/** The symbols of each length of code, in order (RFC 7541, appendix B): the code is canonical. */
const lengths: Array<[bits: number, symbols: string]> = [
	[5, '012aceiost'],
	[6, ' %-./3456789=A_bdfghlmnpru'],
	[7, ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz'],
	[8, '&*,;XZ'],
	[10, '!"()?'],
	[11, "'+|"],
	[12, '#>'],
	[13, '\0$@[]~'],
	[14, '^}'],
	[15, '<`{']
];
const longest = 15;
/** For each 15 bits: the symbol they begin with, and how many of them it takes (low four bits). */
const table = new Uint16Array(1 << longest);
let code = 0;
let before = 5;
for (const [bits, symbols] of lengths) {
	code <<= bits - before;
	before = bits;
	for (const symbol of symbols) {
		const from = code++ << (longest - bits);
		table.fill((symbol.charCodeAt(0) << 4) | bits, from, from + (1 << (longest - bits)));
	}
}

/** Text of a string in a header block: at most the first `most` characters. */
export function readText(data: Buffer, huffman: boolean, from: number, end: number, most = 4096) {
	if (!huffman) return data.toString('latin1', from, Math.min(end, from + most));
	let text = '';
	let held = 0;
	let bits = 0;
	while (text.length < most) {
		while (bits < longest && from < end) {
			held = ((held << 8) | data[from++]) & 0x3fffffff;
			bits += 8;
		}
		const next =
			table[
				bits < longest
					? ((held << (longest - bits)) | (0x7fff >> bits)) & 0x7fff
					: (held >> (bits - longest)) & 0x7fff
			];
		const used = next & 15;
		if (used === 0 || used > bits) break;
		text += String.fromCharCode(next >> 4);
		bits -= used;
		held &= (1 << bits) - 1;
	}
	return text;
}

export interface Field {
	name: string;
	value: string;
}

/** A literal value, still encoded. */
export interface Raw {
	data: Buffer;
	huffman: boolean;
	from: number;
	end: number;
}

const own = staticNames.map((name, i) => ({ name, value: staticValues[i + 1] ?? '' }));

/** Reads the headers of one connection, in the order in which they come. */
export class HpackReader {
	#dynamic: Field[] = [];
	#size = 0;
	#at = 0;

	#number(data: Buffer, bits: number): number {
		const most = (1 << bits) - 1;
		let n = data[this.#at++] & most;
		if (n < most) return n;
		for (let shift = 0; shift <= 21; shift += 7) {
			const byte = data[this.#at++];
			n += (byte & 127) << shift;
			if (byte < 128) return n;
		}
		throw new Error('no number of HPACK');
	}

	#raw(data: Buffer): Raw {
		const huffman = (data[this.#at] & 128) !== 0;
		const length = this.#number(data, 7);
		const from = this.#at;
		this.#at += length;
		if (this.#at > data.length) throw new Error('no text of HPACK');
		return { data, huffman, from, end: from + length };
	}

	#field(index: number): Field {
		const field = index <= own.length ? own[index - 1] : this.#dynamic[index - own.length - 1];
		if (!field) throw new Error('no field of HPACK');
		return field;
	}

	#keep(field: Field) {
		this.#dynamic.unshift(field);
		this.#size += field.name.length + field.value.length + 32;
		while (this.#size > 4096) {
			const gone = this.#dynamic.pop()!;
			this.#size -= gone.name.length + gone.value.length + 32;
		}
	}

	/** Tells `known` of each field that is in a table, `literal` of each that is spelled out. */
	read(
		data: Buffer,
		from: number,
		end: number,
		known: (field: Field) => void,
		literal: (name: string, value: Raw) => void
	) {
		this.#at = from;
		while (this.#at < end) {
			const first = data[this.#at];
			if (first & 128) {
				known(this.#field(this.#number(data, 7)));
			} else if ((first & 0xe0) === 0x20) {
				this.#number(data, 5);
			} else {
				const kept = (first & 0xc0) === 0x40;
				const index = this.#number(data, kept ? 6 : 4);
				const name = index ? this.#field(index).name : textOf(this.#raw(data));
				const value = this.#raw(data);
				if (kept) {
					const field = { name, value: textOf(value) };
					this.#keep(field);
					known(field);
				} else literal(name, value);
			}
		}
	}
}

export const textOf = ({ data, huffman, from, end }: Raw, most?: number) =>
	readText(data, huffman, from, end, most);

/** Where a table begins that both sides keep. */
const firstDynamic = own.length + 1;
const nameIndex = new Map(
	own.map(({ name }, i) => [name, i + 1]).reverse() as Array<[string, number]>
);

/** Writes the headers of one connection: what comes again and again takes a byte or two. */
export class HpackWriter {
	#capacity = 4096;
	#size = 0;
	/** How many fields were ever kept; the newest has the lowest index. */
	#kept = 0;
	#numbers = new Map<string, number>();
	#oldest: Array<{ key: string; size: number }> = [];
	#shrunk = false;
	/** Changes whenever an index may have changed. */
	version = 0;

	/** The other side keeps a smaller table (SETTINGS_HEADER_TABLE_SIZE). */
	limit(capacity: number) {
		if (capacity >= this.#capacity) return;
		this.#capacity = capacity;
		this.#shrunk = true;
		this.#evict();
	}

	#evict() {
		while (this.#size > this.#capacity) {
			const { key, size } = this.#oldest.shift()!;
			this.#size -= size;
			this.#numbers.delete(key);
		}
		this.version++;
	}

	/** What the first block after `limit` must begin with (RFC 7541, 4.2); nothing otherwise. */
	sizeUpdate(): Buffer {
		if (!this.#shrunk) return Buffer.alloc(0);
		this.#shrunk = false;
		this.version++;
		return number(0x20, 5, this.#capacity);
	}

	/** Fields that come again: spelled out once, then by their number. */
	block(fields: ReadonlyArray<readonly [name: string, value: string]>): Buffer {
		return Buffer.concat(
			fields.map(([name, value]) => {
				const key = `${name}\0${value}`;
				const known = this.#numbers.get(key);
				if (known === undefined) return this.#spell(key, name, value);
				return number(0x80, 7, firstDynamic + this.#kept - 1 - known);
			})
		);
	}

	#spell(key: string, name: string, value: string): Buffer {
		const size = name.length + value.length + 32;
		const index = nameIndex.get(name) ?? 0;
		const keep = size <= this.#capacity;
		if (keep) {
			this.#numbers.set(key, this.#kept++);
			this.#oldest.push({ key, size });
			this.#size += size;
			this.#evict();
		}
		const named = number(keep ? 0x40 : 0, keep ? 6 : 4, index);
		return Buffer.concat(index ? [named, spelled(value)] : [named, spelled(name), spelled(value)]);
	}
}

/** An integer with a prefix of some bits (RFC 7541, 5.1). */
export function number(first: number, bits: number, n: number): Buffer {
	const most = (1 << bits) - 1;
	if (n < most) return Buffer.from([first | n]);
	const bytes = [first | most];
	for (n -= most; n >= 128; n >>>= 7) bytes.push((n & 127) | 128);
	return Buffer.from([...bytes, n]);
}

/** A text as it is, without Huffman's code: shorter work, longer by a fifth. */
const spelled = (text: string) =>
	Buffer.concat([number(0, 7, text.length), Buffer.from(text, 'latin1')]);
