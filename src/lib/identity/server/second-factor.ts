import { and, eq, ne } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { readConfig } from '../../platform/server/config.ts';
import { Refusal } from '../../platform/refusal.ts';
import { later } from '../../platform/time.ts';
import { seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import { isStaff, type Actor } from '../permissions.ts';
import { staffBudgets } from '../rules.ts';
import { triesSpent } from '../wording.ts';
import { sessions, totpSecrets } from './schema.ts';
import { useFactor } from './staff-sign-in.ts';
import { spend } from './throttle.ts';
import {
	hasSecondFactor,
	newSecret,
	recoveryCodesLeft,
	renewRecoveryCodes,
	sealSecret,
	secretUri,
	stepOf
} from './totp.ts';

/** Whether the second factor was shown in this session, lately enough for what is about to be done. */
export const isRecent = (actor: Actor, now = new Date()) =>
	actor.session.secondFactorAt !== null &&
	later(actor.session.secondFactorAt, readConfig().RECENT_FACTOR_SECONDS * 1000) > now;

/** How it stands with somebody's second factor. */
export const secondFactorOf = async (db: Db, actor: Actor) => ({
	on: await hasSecondFactor(db, actor.id),
	codesLeft: await recoveryCodesLeft(db, actor.id)
});

/** A secret nobody uses yet. It waits in the form, sealed for this person, until a code confirms it. */
export function offerSecret(actor: Actor, sealed?: string) {
	const secret = sealed ? openOffer(actor, sealed) : newSecret();
	return {
		secret,
		uri: secretUri(secret, actor.name || 'Imbizo'),
		sealed: sealed ?? seal('totp', secret, `offer:${actor.id}`).toString('base64url')
	};
}

/** The same offer once more, after a wrong code; null when it is none of ours. */
export function keptOffer(actor: Actor, sealed: string) {
	try {
		return offerSecret(actor, sealed);
	} catch {
		return null;
	}
}

function openOffer(actor: Actor, sealed: string): string {
	try {
		return unseal('totp', Buffer.from(sealed, 'base64url'), `offer:${actor.id}`);
	} catch {
		throw new Refusal(400, 'Begin again: this page was too old.', 'code');
	}
}

/**
 * Turns on the second factor with a code the new app shows; answers ten recovery codes, shown once.
 * Every other session of the person ends.
 * @throws Refusal 400 for a wrong code, 409 when one is on already and was not shown lately
 */
export function confirmSecondFactor(
	db: Db,
	actor: Actor,
	{ sealed, code }: { sealed: string; code: string },
	now = new Date()
): Promise<string[]> {
	const secret = openOffer(actor, sealed);
	return db.transaction(async (tx) => {
		if (!isStaff(actor))
			throw new Refusal(404, 'This page does not exist, or it is not yours to see.');
		await needRecentIfOn(tx, actor, now);
		const step = stepOf(secret, code, now);
		if (!step)
			throw new Refusal(
				400,
				'This is not the code your app shows now. Is the clock of your phone right?',
				'code'
			);

		const row = { secretSealed: sealSecret(secret, actor.id), confirmedAt: now, lastStep: step };
		await tx
			.insert(totpSecrets)
			.values({ personId: actor.id, ...row })
			.onConflictDoUpdate({ target: totpSecrets.personId, set: row });
		const codes = await renewRecoveryCodes(tx, actor.id);
		await tx
			.delete(sessions)
			.where(and(eq(sessions.userId, actor.id), ne(sessions.id, actor.session.id)));
		await tx.update(sessions).set({ secondFactorAt: now }).where(eq(sessions.id, actor.session.id));
		await note(tx, actor, 'second_factor.set', now);
		return codes;
	});
}

const note = (tx: Db, actor: Actor, deed: string, now: Date) =>
	record(tx, actor, { municipalityId: null, deed, thing: 'person', thingId: actor.id }, now);

async function needRecentIfOn(db: Db, actor: Actor, now: Date) {
	if ((await hasSecondFactor(db, actor.id)) && !isRecent(actor, now))
		throw new Refusal(409, 'Show your second factor first.', 'code');
}

/** Ten new recovery codes; the old ones are void. @throws Refusal 409 without a recent second factor */
export const newRecoveryCodes = (db: Db, actor: Actor, now = new Date()): Promise<string[]> =>
	db.transaction(async (tx) => {
		await needRecentIfOn(tx, actor, now);
		const codes = await renewRecoveryCodes(tx, actor.id);
		await note(tx, actor, 'recovery_codes.renewed', now);
		return codes;
	});

/**
 * Shows the second factor once more in a session that is already open.
 * @throws Refusal 400 when it is wrong, 429 after too many tries in this session
 */
export async function showFactorAgain(db: Db, actor: Actor, code: string, now = new Date()) {
	const until = await spend(db, `factor/session/${actor.session.id}`, staffBudgets.device, now);
	if (until) throw new Refusal(429, triesSpent(until, now), 'code');
	const by = await db.transaction((tx) => useFactor(tx, actor.id, code, now));
	if (!by)
		throw new Refusal(
			400,
			'This is not the code. Take the one your app shows now; each works once.',
			'code'
		);
	await db.update(sessions).set({ secondFactorAt: now }).where(eq(sessions.id, actor.session.id));
}
