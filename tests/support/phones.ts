import { createECDH, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { newId } from '#lib/platform/ids.ts';
import { fingerprint, seal } from '#lib/platform/server/keys.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** What a browser hands over, and what it keeps to itself. */
export function browser() {
	const pair = createECDH('prime256v1');
	pair.generateKeys();
	const auth = randomBytes(16).toString('base64url');
	return { pair, auth, keys: { p256dh: pair.getPublicKey('base64url'), auth } };
}

const text = (values: string[]) => `{${values.join(',')}}`;

/**
 * Phones that asked for pushes of a ward, many at once: subscription `n` at `endpoint(n)`, in one of
 * the wards by turns. Two hundred browsers share their keys among all of them. Answers with those.
 */
export async function settlePhones(
	db: Db,
	facts: {
		municipalityId: string;
		count: number;
		wards: string[];
		endpoint(n: number): string;
		from?: number;
		language?(n: number): string;
	}
) {
	const { municipalityId, count, wards, endpoint, from = 0, language = () => 'en' } = facts;
	const browsers = Array.from({ length: Math.min(200, count) }, browser);
	const now = new Date('2026-01-01T00:00:00Z').toISOString();
	const stroke = 5000;
	for (let at = from; at < from + count; at += stroke) {
		const some = Array.from({ length: Math.min(stroke, from + count - at) }, (_, i) => {
			const n = at + i;
			const address = endpoint(n);
			const index = fingerprint('push', address);
			const { keys } = browsers[n % browsers.length];
			return {
				id: newId(),
				following: newId(),
				index,
				origin: new URL(address).origin,
				sealed: seal('push', JSON.stringify({ endpoint: address, keys }), index).toString('hex'),
				ward: wards[n % wards.length],
				language: language(n)
			};
		});
		await db.execute(sql`
			with phone as (
				select * from unnest(${text(some.map(({ id }) => id))}::uuid[], ${text(some.map(({ index }) => index))}::text[],
					${text(some.map(({ origin }) => origin))}::text[], ${text(some.map(({ sealed }) => sealed))}::text[],
					${text(some.map(({ following }) => following))}::uuid[], ${text(some.map(({ ward }) => ward))}::text[],
					${text(some.map((each) => each.language))}::text[])
					as each (id, idx, origin, sealed, following, ward, language)
			), put as (
				insert into push_subscriptions (id, device_index, endpoint_index, origin, sealed, created_at)
				select id, idx, idx, origin, decode(sealed, 'hex'), ${now}::timestamptz from phone
			)
			insert into followings (id, municipality_id, subject, subject_id, push_subscription_id, channel, language, because, since)
			select following, ${municipalityId}, 'ward', ward, id, 'web_push', language, 'asked', ${now}::timestamptz from phone`);
	}
	return browsers;
}
