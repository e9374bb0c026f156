import { expect, test } from 'vitest';
import { clipTypeOf } from './clip.ts';

const bytes = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));

test.each<[string, Uint8Array, string | null]>([
	['an MP3 with its tags', bytes('ID3\x04\0\0\0\0\0\0'), 'audio/mpeg'],
	['an MP3 without', Uint8Array.from([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
	['Ogg', bytes('OggS\0\x02'), 'audio/ogg'],
	['WAV', bytes('RIFF\x24\0\0\0WAVEfmt '), 'audio/wav'],
	['what a phone records', bytes('\0\0\0\x20ftypM4A \0\0\0\0'), 'audio/mp4'],
	['a photo of a phone', bytes('\0\0\0\x18ftypheic\0\0\0\0'), null],
	['a picture', bytes('RIFF\x24\0\0\0WEBPVP8 '), null],
	['a JPEG', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), null],
	['a page', bytes('<!doctype html><script>'), null],
	['nothing', new Uint8Array(), null]
])('%s is known by its first bytes', (_, file, type) => {
	expect(clipTypeOf(file)).toBe(type);
});
