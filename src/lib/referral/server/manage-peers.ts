import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departments } from '../../identity/server/schema.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { endLine } from './end-line.ts';
import { ownKey, publicKeyOf } from './keys.ts';
import { addressObstacle, type AddressObstacle } from './post.ts';
import { referralPeers } from './schema.ts';

const addressWords: Record<AddressObstacle, string> = {
	not_an_address: 'Their address: write it like https://imbizo.ulwandle.gov.za, without a path.',
	not_https: 'Their address has to begin with https://',
	inside: 'This address leads into our own network.'
};

const mustManage = (actor: Actor, municipalityId: string) => {
	if (!can(actor, 'municipality.manage', { municipalityId })) throw notFound();
};

/** The other installations of a municipality, with the bodies they are. */
export const peersOf = (db: Db, municipalityId: string) =>
	db
		.select({
			id: referralPeers.id,
			name: departments.name,
			url: referralPeers.url,
			publicKey: referralPeers.publicKey,
			since: referralPeers.since
		})
		.from(referralPeers)
		.innerJoin(departments, eq(departments.id, referralPeers.departmentId))
		.where(and(eq(referralPeers.municipalityId, municipalityId), isNull(referralPeers.until)))
		.orderBy(departments.name);

export interface PeerFacts {
	municipalityId: string;
	/** The body of our list that it is. */
	departmentId: string;
	url: string;
	publicKey: string;
}

/** Pins the key of another installation; what was pinned for the same body before ends. @throws 400 with the field */
export const pinPeer = (db: Db, actor: Actor, facts: PeerFacts, now = new Date()) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const { municipalityId, departmentId } = facts;
		mustManage(actor, municipalityId);
		const url = facts.url.trim().replace(/\/$/, '');
		const publicKey = facts.publicKey.trim();
		const obstacle = addressObstacle(url);
		if (obstacle) throw new Refusal(400, addressWords[obstacle], 'url');
		if (!publicKeyOf(publicKey))
			throw new Refusal(
				400,
				'Their key: 43 letters and digits, as their page shows it.',
				'publicKey'
			);
		if (publicKey === (await ownKey(tx, municipalityId, now)))
			throw new Refusal(400, 'This is our own key. Type theirs.', 'publicKey');
		const [body] = isId(departmentId)
			? await tx.select().from(departments).where(eq(departments.id, departmentId))
			: [];
		if (!body || body.municipalityId !== municipalityId || body.kind !== 'entity' || !body.active)
			throw new Refusal(400, 'Choose the body it is from the list.', 'departmentId');
		await tx
			.update(referralPeers)
			.set({ until: now })
			.where(and(eq(referralPeers.departmentId, departmentId), isNull(referralPeers.until)));
		const id = newId(now);
		await tx
			.insert(referralPeers)
			.values({ id, municipalityId, departmentId, url, publicKey, since: now });
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'installation.pinned', thing: 'installation', thingId: id },
			now
		);
		return id;
	});

/** Ends it: their letters are refused from now on, ours wait. */
export const unpinPeer = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		mustManage(actor, municipalityId);
		await endLine(tx, referralPeers, { municipalityId, id }, now);
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'installation.ended', thing: 'installation', thingId: id },
			now
		);
	});
