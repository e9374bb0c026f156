/** In bytes: two minutes of speech as a phone records it. */
export const longestClip = 2_000_000;

/** What `<audio>` of every phone plays, by the first bytes of the file: names and types it is sent with say nothing. */
export function clipTypeOf(bytes: Uint8Array): string | null {
	const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
	if (ascii(0, 3) === 'ID3') return 'audio/mpeg';
	// A frame of MPEG audio, layer III: eleven bits set, then the version and the layer.
	if (bytes[0] === 0xff && (bytes[1] & 0xe0) === 0xe0 && (bytes[1] & 0x06) === 0x02)
		return 'audio/mpeg';
	if (ascii(0, 4) === 'OggS') return 'audio/ogg';
	if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WAVE') return 'audio/wav';
	if (ascii(4, 8) === 'ftyp' && /^(M4A|mp4|isom|iso2|dash|M4B)/.test(ascii(8, 12)))
		return 'audio/mp4';
	return null;
}
