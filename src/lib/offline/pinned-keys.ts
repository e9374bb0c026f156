import { marks } from './marks.ts';

/** What a phone has to know of a public key; more comes along untouched. */
export interface Pinnable {
	kid: string;
	of: string;
	x: string;
	y: string;
	revoked?: true;
	until?: number;
	vouchedBy?: string;
	voucher?: string;
}

const place = '/.keys';

/** The keys this phone holds to be genuine. */
export async function pinnedKeys<Key extends Pinnable>(): Promise<Key[]> {
	return (await (await (await caches.open(marks)).match(place))?.json()) ?? [];
}

/** Keeps the keys a page of ours brought, as far as they may be believed. Answers all that are held now. */
export async function pinKeys<Key extends Pinnable>(brought: Key[]): Promise<Key[]> {
	const held = await believe(await pinnedKeys<Key>(), brought);
	await (await caches.open(marks)).put(place, new Response(JSON.stringify(held)));
	return held;
}

/**
 * Which keys to hold: those held before, with what is new about them; of a municipality met for the
 * first time all; later only a key that the one before it signed, or that follows a stolen one.
 */
export async function believe<Key extends Pinnable>(held: Key[], brought: Key[]): Promise<Key[]> {
	const believed = new Map(held.map((key) => [key.kid, key]));
	const met = new Set(held.map(({ of }) => of));
	for (const key of brought) {
		const known = believed.get(key.kid);
		if (known ? isSame(known, key) : await mayFollow(key, believed, met))
			believed.set(key.kid, key);
	}
	return [...believed.values()];
}

const isSame = (a: Pinnable, b: Pinnable) => a.x === b.x && a.y === b.y && a.of === b.of;

async function mayFollow(key: Pinnable, believed: Map<string, Pinnable>, met: Set<string>) {
	if (!met.has(key.of)) return true;
	const before = key.vouchedBy ? believed.get(key.vouchedBy) : undefined;
	if (before && before.of === key.of && !before.revoked) return isVouched(key, before);
	return [...believed.values()].some(({ of, revoked }) => of === key.of && revoked);
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function isVouched({ kid, voucher = '' }: Pinnable, { x, y }: Pinnable): Promise<boolean> {
	try {
		const jwk = { kty: 'EC', crv: 'P-256', x, y };
		const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
		const text = atob(voucher.replace(/-/g, '+').replace(/_/g, '/'));
		const signature = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
		const said = new TextEncoder().encode(`imbizo key ${kid}`);
		return await crypto.subtle.verify(algorithm, key, signature, said);
	} catch {
		return false;
	}
}
