import { and, eq, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import { record } from '../../audit/server/index.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { minutes } from '../../platform/time.ts';
import { answering, answerKinds, returnCodes } from '../rules.ts';
import { answerReferral, lockReferral } from './answer.ts';
import { isSignedBy, ownerOfKey } from './keys.ts';
import type { Peer } from './peers.ts';
import { referralNonces, referralPeers, referrals } from './schema.ts';

/** How far apart the clocks of two installations may be. */
export const mostApart = minutes(5);

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const instant = v.pipe(v.string(), v.isoTimestamp());
const uuid = v.pipe(v.string(), v.uuid());

const carried = v.object({
	service: v.nullable(text(200)),
	priority: v.picklist(['emergency', 'high', 'normal', 'low']),
	wardCode: v.nullable(text(20)),
	openedAt: instant,
	dueAt: v.nullable(instant),
	private: v.boolean(),
	words: v.boolean(),
	reason: text(3000),
	copy: v.object({
		title: text(300),
		description: v.nullable(text(10_000)),
		place: v.nullable(text(500)),
		point: v.nullable(
			v.object({
				lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
				lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180))
			})
		)
	})
});

const envelope = v.object({
	from: text(60),
	to: text(60),
	nonce: v.pipe(v.string(), v.minLength(16), v.maxLength(60)),
	signedAt: instant,
	letter: v.object({
		version: v.literal(1),
		id: uuid,
		kind: v.picklist(['refer', ...answerKinds]),
		referral: uuid,
		reference: text(40),
		words: text(3000),
		body: v.optional(text(200)),
		code: v.optional(v.nullable(v.picklist(returnCodes))),
		carried: v.optional(carried),
		at: instant
	})
});
type Read = v.InferOutput<typeof envelope>;

/**
 * Takes a signed letter of another installation. Only a pinned key opens; a copy, an old one, or one
 * for somebody else is refused, and the same letter sent again by its own sender changes nothing.
 * @throws 400 for what is no letter, 401 for a key or signature that is not known, 409 for a copy or
 * for what cannot be done now, 404 for a case that is not between the two
 */
export const takeLetter = (db: Db, body: string, signature: string, now = new Date()) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const sent = readEnvelope(body);
		const { peer, municipalityId } = await knownSender(tx, sent);
		if (!isSignedBy(sent.from, body, signature))
			throw new Refusal(401, 'This is not signed with the key that was agreed.');
		if (Math.abs(now.getTime() - Date.parse(sent.signedAt)) > mostApart)
			throw new Refusal(401, 'This was signed too long ago, or the clocks differ.', 'signedAt');
		const first = await tx
			.insert(referralNonces)
			.values({ peerId: peer.id, nonce: sent.nonce, at: now })
			.onConflictDoNothing()
			.returning();
		if (!first.length) throw new Refusal(401, 'This very letter was read already.', 'nonce');
		await (sent.letter.kind === 'refer'
			? receive(tx, peer, municipalityId, sent.letter, now)
			: hear(tx, peer, municipalityId, sent.letter, now));
	});

function readEnvelope(body: string): Read {
	let sent: unknown;
	try {
		sent = JSON.parse(body);
	} catch {
		throw new Refusal(400, 'This is not JSON.');
	}
	const read = v.safeParse(envelope, sent);
	if (read.success) return read.output;
	const [issue] = read.issues;
	throw new Refusal(400, issue.message, v.getDotPath(issue) ?? undefined);
}

/** Both keys are known here, and an administrator pinned the one for the other. */
async function knownSender(
	tx: Db,
	{ from, to }: Read
): Promise<{ peer: Peer; municipalityId: string }> {
	const municipalityId = await ownerOfKey(tx, to);
	const [peer] = municipalityId
		? await tx
				.select()
				.from(referralPeers)
				.where(
					and(
						eq(referralPeers.municipalityId, municipalityId),
						eq(referralPeers.publicKey, from),
						isNull(referralPeers.until)
					)
				)
		: [];
	if (!peer || !municipalityId) throw new Refusal(401, 'No such key was agreed.');
	return { peer, municipalityId };
}

type Letter = Read['letter'];

/** A case of theirs that is handed to us. */
async function receive(tx: Db, peer: Peer, municipalityId: string, letter: Letter, now: Date) {
	if (!letter.carried) throw new Refusal(400, 'What goes along is missing.', 'carried');
	const [known] = await tx.select().from(referrals).where(eq(referrals.id, letter.referral));
	if (known) {
		if (known.peerId === peer.id && known.caseId === null) return;
		throw notFound();
	}
	const [sender] = await tx.select().from(departments).where(eq(departments.id, peer.departmentId));
	const here = (await municipalityById(tx, municipalityId))!;
	await tx.insert(referrals).values({
		id: letter.referral,
		municipalityId,
		caseId: null,
		reference: letter.reference,
		fromName: sender.name,
		toMunicipalityId: municipalityId,
		toName: here.name,
		peerId: peer.id,
		state: 'waiting',
		carried: { ...letter.carried, own: false },
		sentAt: new Date(letter.at)
	});
	await record(
		tx,
		null,
		{ municipalityId, deed: 'referral.received', thing: 'referral', thingId: letter.referral },
		now
	);
}

/** What they say about a case that is between us: each side only what is its to say. */
async function hear(tx: Db, peer: Peer, municipalityId: string, letter: Letter, now: Date) {
	const found = await lockReferral(tx, letter.referral);
	const { referral } = found;
	const kind = letter.kind as Exclude<Letter['kind'], 'refer'>;
	const theirs = referral.caseId ? 'receiver' : 'sender';
	if (
		referral.peerId !== peer.id ||
		referral.municipalityId !== municipalityId ||
		answering[kind].by !== theirs
	)
		throw notFound();
	await answerReferral(
		tx,
		null,
		found,
		{
			kind,
			words: letter.words,
			code: letter.code ?? undefined,
			body: letter.body,
			deedId: letter.id,
			via: 'installation'
		},
		now
	);
	if (!referral.caseId)
		await record(
			tx,
			null,
			{ municipalityId, deed: `referral.${kind}`, thing: 'referral', thingId: referral.id },
			now
		);
}
