import type { CapStatus, Kind, Level } from './alert.ts';
import { capsuleWords } from './capsule-words.ts';

/** One language of a capsule: what to know and what to do. */
export interface CapsuleWords {
	source: string;
	headline: string;
	/** Left out where it has to fit on paper. */
	description?: string;
	instruction: string;
}

/**
 * An alert that proves itself, without any network: signed words, area and times. Short names, because
 * it is scanned from paper.
 */
export interface Capsule {
	v: 1;
	/** Name of the key it is signed with. */
	key: string;
	/** `KHA`. */
	of: string;
	/** All versions of one incident share it. */
	incident: string;
	number: string;
	version: number;
	status: CapStatus;
	kind: Kind;
	level: Level;
	/** Seconds since 1970. */
	issued: number;
	expires: number;
	next?: number;
	wards: string[];
	/** SHA-256, base64url, of what is said and where, and of where alone. */
	content: string;
	area: string;
	/** By language. */
	said: Record<string, CapsuleWords>;
}

/** What it may weigh as a file, as a link and as pasted text (bytes). */
export const mostCapsuleBytes = 2_500;
/** What it may weigh as a picture that is scanned from paper (bytes). */
export const mostScannedBytes = 700;

/** Deflated bytes may not become more than this. */
const mostUnpacked = 20_000;

/** The capsule in a text somebody pasted or a link they opened, wherever it stands in it; null when there is none. */
export const findCapsule = (text: string): string | null =>
	/IMB1\.[A-Za-z0-9_-]{20,4000}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])/.exec(text)?.[0] ?? null;

const toBytes = (text: string) =>
	Uint8Array.from(atob(text.replace(/[-_]/g, (sign) => (sign === '-' ? '+' : '/'))), (letter) =>
		letter.charCodeAt(0)
	);

/** The very bytes that were signed, and the signature. @throws when it is damaged or far too large */
export async function unpackCapsule(text: string) {
	const [, packed, signature] = text.split('.');
	const unpacked = await inflate(join(known, toBytes(packed)));
	return { signed: unpacked.subarray(words.length), signature: toBytes(signature) };
}

const words = new TextEncoder().encode(capsuleWords);
/** The known words as a stored block (RFC 1951, 3.2.4): what is packed goes on from there, as with a dictionary. */
const known = join(
	Uint8Array.of(
		0,
		words.length & 255,
		words.length >> 8,
		~words.length & 255,
		(~words.length >> 8) & 255
	),
	words
);

function join(...parts: Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
	const packed = new Blob([bytes as BlobPart]).stream();
	const reader = packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
	const parts: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return join(...parts);
		parts.push(value);
		if ((length += value.length) > mostUnpacked) throw new Error('The capsule is too large');
	}
}
