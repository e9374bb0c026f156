import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useMasterKey } from '../../platform/server/keys.ts';
import { cleanPhoto } from './clean.ts';
import { s3Store, signedHeaders } from './s3.ts';
import { photoToken, readPhotoToken } from './stage.ts';
import { diskStore } from './store.ts';

beforeAll(() => useMasterKey(Buffer.alloc(32, 7)));

const kerb = (width = 900, height = 600) =>
	sharp({ create: { width, height, channels: 3, background: '#789' } });

const withGps = () =>
	kerb()
		.jpeg()
		.withExif({
			IFD0: { Make: 'Telefoon' },
			IFD3: { GPSLatitude: '34/1 2/1 0/1', GPSLatitudeRef: 'S' }
		})
		.withMetadata({ orientation: 6 })
		.toBuffer();

/** A PNG whose header promises far more pixels than its few bytes could hold. */
function bomb(side: number) {
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.length);
		sum.writeUInt32BE(crc(body));
		return Buffer.concat([length, body, sum]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function crc(data: Buffer) {
	let value = ~0;
	for (const byte of data) {
		value ^= byte;
		for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
	}
	return ~value >>> 0;
}

test('what is kept is upright, small, a JPEG, and says nothing of where it was taken', async () => {
	const photo = await cleanPhoto(await withGps(), 'kerb.jpg');
	for (const size of [photo.large, photo.small]) {
		const seen = await sharp(size).metadata();
		expect(seen).toMatchObject({ format: 'jpeg' });
		expect([seen.exif, seen.xmp, seen.iptc, seen.icc, seen.orientation]).toEqual(
			Array(5).fill(undefined)
		);
		expect(size.includes('Telefoon')).toBe(false);
	}
	expect([photo.width, photo.height]).toEqual([600, 900]);
	expect((await sharp(photo.small).metadata()).height).toBe(480);
});

test('12 megapixels come down to 2048', async () => {
	const photo = await cleanPhoto(await kerb(4032, 3024).jpeg().toBuffer(), 'big.jpg');
	expect([photo.width, photo.height]).toEqual([2048, 1536]);
});

test.each(['png', 'webp'] as const)('%s is a photo too', async (format) => {
	expect((await cleanPhoto(await kerb().toFormat(format).toBuffer(), 'kerb')).width).toBe(900);
});

// prettier-ignore
test.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
	['empty.jpg', () => Buffer.alloc(0), /“empty.jpg” is empty/],
	['huge.jpg', () => Buffer.alloc(20_000_000, 0xff), /larger than 15 MB/],
	['renamed.jpg', () => Buffer.from('MZ this is a program'), /is not a photo, whatever its name says/],
	['page.jpg', () => Buffer.from('<!doctype html><script>alert(1)</script>'), /is not a photo/],
	['drawing.jpg', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), /is a drawing/],
	['entity.png', () => Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'), /is a drawing/],
	['cut.jpg', async () => (await kerb().jpeg().toBuffer()).subarray(0, 1500), /did not arrive whole/],
	['head.jpg', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), /did not arrive whole/],
	['bomb.png', () => bomb(50_000), /more than 40 million pixels/],
	['IMG_1.HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /HEIC/],
	['clip.jpg', () => Buffer.from('\0\0\0\x18ftypisom\0\0\0\0mp42'), /is a video/],
	['scan.jpg', () => Buffer.from('%PDF-1.7'), /is a PDF/],
	['anim.gif', () => Buffer.from('GIF89a\x01\0\x01\0'), /is not a photo/]
])('%s is refused with its name and the reason', async (name, bytes, reason) => {
	await expect(cleanPhoto(await bytes(), name)).rejects.toMatchObject({
		status: 400, field: 'photo', message: expect.stringMatching(reason)
	});
});

test('a bomb within the limit of pixels fills no memory for ever: it is refused as damaged', async () => {
	await expect(cleanPhoto(bomb(6000), 'bomb.png')).rejects.toMatchObject({ status: 400 });
});

test('a form’s token stands for the photo we gave it, in its municipality only', () => {
	const id = '01997f3e-0000-7000-8000-000000000001';
	const token = photoToken(id, 'kha');
	expect(readPhotoToken(token, 'kha')).toBe(id);
	expect(readPhotoToken(token, 'tho')).toBeNull();
	for (const forged of ['', id, `${id}.`, `${id}.${'0'.repeat(32)}`, `${id}.${'€'.repeat(32)}`])
		expect(readPhotoToken(forged, 'kha')).toBeNull();
});

const folder = mkdtempSync(join(tmpdir(), 'photos-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('on disk a photo is there, or is not, and no key leaves the folder', async () => {
	const disk = diskStore(folder);
	await disk.put('ab/one-large.jpg', Buffer.from('x'));
	expect((await disk.get('ab/one-large.jpg'))?.toString()).toBe('x');
	await disk.remove('ab/one-large.jpg');
	await disk.remove('ab/one-large.jpg');
	expect(await disk.get('ab/one-large.jpg')).toBeNull();
	expect(() => disk.get('../keys/master')).toThrow('Not a photo key');
});

test('in object storage too, every request signed', async () => {
	const kept = new Map<string, Buffer>();
	const server = createServer(async (request, answer) => {
		const { method, url, headers } = request;
		if (!/^AWS4-HMAC-SHA256 Credential=me\/\d{8}\/af-south-1/.test(headers.authorization ?? ''))
			return answer.writeHead(403).end();
		const body: Buffer[] = [];
		for await (const part of request) body.push(part);
		if (method === 'PUT') kept.set(url!, Buffer.concat(body));
		if (method === 'DELETE') kept.delete(url!);
		const found = kept.get(url!);
		if (method === 'GET' && !found) return answer.writeHead(404).end();
		answer.end(method === 'GET' ? found : undefined);
	}).listen(0, '127.0.0.1');
	await new Promise((listening) => server.once('listening', listening));
	const { port } = server.address() as { port: number };

	const bucket = s3Store(`http://me:secret@127.0.0.1:${port}/town?region=af-south-1`);
	await bucket.put('ab/one-large.jpg', Buffer.from('x'));
	expect([...kept.keys()]).toEqual(['/town/ab/one-large.jpg']);
	expect((await bucket.get('ab/one-large.jpg'))?.toString()).toBe('x');
	await bucket.remove('ab/one-large.jpg');
	expect(await bucket.get('ab/one-large.jpg')).toBeNull();
	await expect(
		s3Store(`http://you:x@127.0.0.1:${port}/town`).put('a-large.jpg', Buffer.alloc(1))
	).rejects.toThrow('403');
	server.close();
});

test('the signature is the one of Amazon’s own example (GET Bucket Lifecycle)', () => {
	const signed = signedHeaders(
		{
			origin: '',
			host: 'examplebucket.s3.amazonaws.com',
			path: '',
			region: 'us-east-1',
			accessKey: 'AKIAIOSFODNN7EXAMPLE',
			secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
		},
		'GET',
		'/?lifecycle=',
		new Uint8Array(),
		new Date('2013-05-24T00:00:00Z')
	);
	expect(signed.authorization).toContain(
		'Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'
	);
});
