import type { Kind, State } from './alert.ts';
import { unpackCapsule, type Capsule } from './capsule.ts';
import { isRumourAnswer, type Card } from './rumour.ts';

/** A public key as the app keeps it (JWK, RFC 7517). */
export interface PublicKey {
	kid: string;
	kty: 'EC';
	crv: 'P-256';
	x: string;
	y: string;
	/** Whose it is: `KHA`, and its full name. */
	of: string;
	owner: string;
	/** Seconds since 1970 after which it signed nothing more. */
	until?: number;
	/** The key before this one, and its signature over this one's name: phones that pinned that one take this one. */
	vouchedBy?: string;
	voucher?: string;
	/** Found to be in wrong hands: nothing it signed counts. */
	revoked?: true;
	/** Made for exercises: nothing it signs is real. */
	exercise?: true;
}

/** What is known here about the newest version of an alert, and how the one that is asked about stands. */
export interface Known {
	version: number;
	kind: Kind;
	state: State;
	/** Of the version asked about, where that is known. */
	own?: State;
}

type KnownOf = (
	capsule: Pick<Capsule, 'of' | 'number' | 'version'>
) => Known | undefined | Promise<Known | undefined>;

/** What to say of a capsule. Only `genuine` may be acted on without looking further. */
export type Verdict =
	| {
			kind: 'not_genuine';
			because: 'damaged' | 'unknown_key' | 'wrong_signature' | 'revoked_key' | 'exercise_key';
	  }
	| { kind: 'card'; card: Card; owner: string; exercise: boolean }
	| {
			kind: 'genuine' | 'superseded' | 'expired' | 'retracted' | 'cleared';
			capsule: Capsule;
			owner: string;
			/** The newest version known here. */
			newest: number;
	  };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** Clocks of servers may differ by this much, in seconds. */
const slack = 300;

/**
 * Says whether a capsule is genuine, by keys that were pinned before, and how it stands as far as is
 * known here. WebCrypto alone: the same on the server and on a phone without signal.
 * @param knownOf what is known of an alert, by municipality, number and version
 */
export async function judgeCapsule(
	text: string,
	keys: readonly PublicKey[],
	knownOf: KnownOf,
	now: Date
): Promise<Verdict> {
	const { signed, signature } = (await unpackCapsule(text).catch(() => null)) ?? {};
	const said = signed && readSaid(signed);
	if (!said || !signature) return { kind: 'not_genuine', because: 'damaged' };

	const key = keys.find(({ kid, of }) => kid === said.key && of === said.of);
	if (!key) return { kind: 'not_genuine', because: 'unknown_key' };
	if (!(await isSignedBy(key, signed, signature)))
		return { kind: 'not_genuine', because: 'wrong_signature' };
	const at = 'card' in said ? said.at : said.issued;
	if (key.revoked || (key.until && at > key.until + slack))
		return { kind: 'not_genuine', because: 'revoked_key' };
	if ('card' in said)
		return { kind: 'card', card: said, owner: key.owner, exercise: key.exercise ?? false };
	if (key.exercise && said.status === 'actual')
		return { kind: 'not_genuine', because: 'exercise_key' };

	const capsule = said;
	const known = await knownOf(capsule);
	const newest = Math.max(known?.version ?? 0, capsule.version);
	return { kind: standing(capsule, known, now), capsule, owner: key.owner, newest };
}

/**
 * A newer version or a retraction wins over what the paper says. An all clear may be for some zones
 * only: it ends this warning where that is known, otherwise it is simply newer.
 */
function standing({ version, expires, kind }: Capsule, known: Known | undefined, now: Date) {
	const newer = (known?.version ?? 0) > version;
	const own = newer
		? known?.own
		: (known?.own ?? (known?.version === version ? known.state : undefined));
	if (kind === 'cancel' || own === 'retracted' || (newer && known?.kind === 'cancel'))
		return 'retracted';
	if (own === 'cleared') return 'cleared';
	if (newer) return 'superseded';
	return now.getTime() >= expires * 1000 || own === 'expired' ? 'expired' : 'genuine';
}

/** What the bytes say: an alert, or the answer to a rumour; null when they are neither. */
function readSaid(signed: Uint8Array): Capsule | Card | null {
	try {
		const read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signed));
		if (read?.v !== 1 || !areTexts(read.key, read.of)) return null;
		return isCard(read) || isCapsule(read) ? read : null;
	} catch {
		return null;
	}
}

const areTexts = (...values: unknown[]) => values.every((each) => typeof each === 'string');

const isCard = ({ card, id, heard, answer, says, at }: Card) =>
	card === 'rumour' &&
	areTexts(id, heard, says) &&
	isRumourAnswer(answer) &&
	Number.isSafeInteger(at);

const isCapsule = ({ number, kind, level, status, version, issued, expires, said }: Capsule) =>
	areTexts(number, kind, level, status) &&
	[version, issued, expires].every(Number.isSafeInteger) &&
	Object.values(said).every(({ headline, instruction }) => areTexts(headline, instruction));

async function isSignedBy(
	{ kty, crv, x, y }: PublicKey,
	signed: Uint8Array,
	signature: Uint8Array
) {
	const key = await crypto.subtle
		.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify'])
		.catch(() => null);
	if (!key) return false;
	return crypto.subtle.verify(algorithm, key, signature as BufferSource, signed as BufferSource);
}
