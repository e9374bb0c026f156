import { expect, test } from 'vitest';
import { HpackReader, HpackWriter, textOf, type Field } from './hpack.ts';

/** Everything a block says, in its order. */
function read(reader: HpackReader, block: Buffer): Field[] {
	const fields: Field[] = [];
	reader.read(
		block,
		0,
		block.length,
		(field) => fields.push(field),
		(name, raw) => fields.push({ name, value: textOf(raw) })
	);
	return fields;
}

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

// The examples of RFC 7541, appendix C.4 and C.6: one after another on one connection.
test('reads the examples of the standard, requests with Huffman and a table', () => {
	const reader = new HpackReader();
	expect(read(reader, hex('8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff'))).toEqual([
		{ name: ':method', value: 'GET' },
		{ name: ':scheme', value: 'http' },
		{ name: ':path', value: '/' },
		{ name: ':authority', value: 'www.example.com' }
	]);
	expect(read(reader, hex('8286 84be 5886 a8eb 1064 9cbf')).slice(3)).toEqual([
		{ name: ':authority', value: 'www.example.com' },
		{ name: 'cache-control', value: 'no-cache' }
	]);
	const third = hex('8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf');
	expect(read(reader, third).slice(2)).toEqual([
		{ name: ':path', value: '/index.html' },
		{ name: ':authority', value: 'www.example.com' },
		{ name: 'custom-key', value: 'custom-value' }
	]);
});

test('reads an answer whose status and date are in Huffman', () => {
	const block = hex(
		'4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3'
	);
	expect(read(new HpackReader(), block)).toEqual([
		{ name: ':status', value: '302' },
		{ name: 'cache-control', value: 'private' },
		{ name: 'date', value: 'Mon, 21 Oct 2013 20:13:21 GMT' },
		{ name: 'location', value: 'https://www.example.com' }
	]);
});

test('what is written is read, while the table overflows again and again', () => {
	const [writer, reader] = [new HpackWriter(), new HpackReader()];
	for (let n = 0; n < 2000; n++) {
		const fields: Array<[string, string]> = [
			[':authority', 'fcm.googleapis.com'],
			['authorization', `vapid t=${'x'.repeat(300)}${n >> 8}`],
			['topic', `topic-${n % 37}`],
			['ttl', String(3600 - (n >> 3))],
			['a-name-of-ours', 'v'.repeat(n % 200)]
		];
		const block = writer.block(fields);
		expect(read(reader, block)).toEqual(fields.map(([name, value]) => ({ name, value })));
	}
});

test('what comes again takes a byte each; a field larger than the table is never kept', () => {
	const writer = new HpackWriter();
	const fields: Array<[string, string]> = [
		['ttl', '60'],
		['urgency', 'high']
	];
	expect(writer.block(fields).length).toBeGreaterThan(10);
	expect(writer.block(fields)).toHaveLength(2);
	const large: Array<[string, string]> = [['topic', 'x'.repeat(4100)]];
	expect(writer.block(large)).toHaveLength(writer.block(large).length);
	expect(writer.block(fields)).toHaveLength(2);
});

test('a smaller table is said once, before anything else', () => {
	const writer = new HpackWriter();
	writer.block([['ttl', '60']]);
	const { version } = writer;
	writer.limit(0);
	expect(writer.version).not.toBe(version);
	expect(writer.sizeUpdate()).toEqual(Buffer.from([0x20]));
	expect(writer.sizeUpdate()).toHaveLength(0);
	expect(writer.block([['ttl', '60']])).toEqual(writer.block([['ttl', '60']]));
	writer.limit(4096);
	expect(writer.sizeUpdate()).toHaveLength(0);
});

test('rubbish is an error and never a hang', () => {
	let seed = 1;
	const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24;
	let errors = 0;
	for (let n = 0; n < 5000; n++) {
		const block = Buffer.from(Array.from({ length: 1 + (n % 40) }, random));
		try {
			read(new HpackReader(), block);
		} catch {
			errors++;
		}
	}
	expect(errors).toBeGreaterThan(1000);
});
