import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { codeLife, codeObstacle, staffBudgets } from '../rules.ts';
import { triesSpent } from '../wording.ts';
import { deviceIndex, isKnownDevice, rememberDevice } from './devices.ts';
import { isPassword } from './passwords.ts';
import { staffSignIns } from './schema.ts';
import { grantsOf } from './sessions.ts';
import { staffByEmail } from './staff.ts';
import { giveBack, spend, type Budget, type From } from './throttle.ts';
import { hasSecondFactor, useRecoveryCode, useTotp } from './totp.ts';

type Bucket = [name: string, budget: Budget];

/**
 * Which budgets a try comes out of. A device that signed in before has its own, so that strangers
 * who guess hold up only strangers: nobody is locked out by them.
 */
async function bucketsFor(
	db: Db,
	what: 'password' | 'factor',
	account: string,
	personId: string | undefined,
	{ device, network }: From
): Promise<Bucket[]> {
	if (personId && (await isKnownDevice(db, personId, device)))
		return [[`${what}/device/${account}/${device}`, staffBudgets.device]];
	return [
		[`${what}/network/${account}/${network}`, staffBudgets.accountFromNetwork],
		[`${what}/strangers/${account}`, staffBudgets.strangers],
		[`${what}/network/${network}`, staffBudgets.network]
	];
}

async function spendAll(db: Db, buckets: Bucket[], now: Date, field: string) {
	for (const [name, budget] of buckets) {
		const until = await spend(db, name, budget, now);
		if (until) throw new Refusal(429, triesSpent(until, now), field);
	}
}

async function giveAllBack(db: Db, buckets: Bucket[]) {
	for (const [name] of buckets) await giveBack(db, name);
}

export type PasswordShown =
	/** The second factor comes next, under this id, on this device. */
	| { signInId: string; personId?: undefined }
	/** No second factor has been set up yet. */
	| { personId: string; signInId?: undefined };

/**
 * The first half of signing in to work: e-mail address and password. Whether the address is unknown
 * or the password wrong, the answer and the time it takes are the same.
 * @throws Refusal 400 when they do not belong together, 429 after too many tries
 */
export async function showPassword(
	db: Db,
	facts: { email: string; password: string; from: From },
	now = new Date()
): Promise<PasswordShown> {
	const account = facts.email.trim().toLowerCase().slice(0, 200);
	const colleague = await staffByEmail(db, account);
	const buckets = await bucketsFor(db, 'password', account, colleague?.id, facts.from);
	await spendAll(db, buckets, now, 'password');

	const right = await isPassword(facts.password.slice(0, 200), colleague?.passwordHash);
	if (!colleague || !right)
		throw new Refusal(400, 'The address and the password do not belong together.', 'password');
	await giveAllBack(db, buckets);

	if (!(await grantsOf(db, colleague.id, now)).length)
		throw new Refusal(400, 'Your work here has ended. Ask your administrator.', 'email');
	if (await hasSecondFactor(db, colleague.id))
		return startFactor(db, colleague.id, facts.from, now);
	await db.transaction((tx) => welcome(tx, colleague.id, facts.from.device, 'password', now));
	return { personId: colleague.id };
}

async function startFactor(db: Db, personId: string, { device }: From, now: Date) {
	const signInId = newId(now);
	await db.insert(staffSignIns).values({
		id: signInId,
		personId,
		deviceIndex: deviceIndex(device),
		createdAt: now,
		expiresAt: later(now, codeLife)
	});
	return { signInId };
}

async function welcome(tx: Db, personId: string, device: string, by: string, now: Date) {
	await rememberDevice(tx, personId, device, now);
	await record(
		tx,
		{ id: personId },
		{
			municipalityId: null,
			deed: 'staff.signed_in',
			thing: 'person',
			thingId: personId,
			details: { by }
		},
		now
	);
}

const findSignIn = (db: Db, signInId: string, device: string) =>
	db
		.select()
		.from(staffSignIns)
		.where(
			and(
				eq(staffSignIns.id, isId(signInId) ? signInId : newId()),
				eq(staffSignIns.deviceIndex, deviceIndex(device))
			)
		);

/** Whether this device is between password and second factor. */
export async function isBetween(db: Db, signInId: string, device: string, now = new Date()) {
	const [row] = await findSignIn(db, signInId, device);
	return codeObstacle(row, now) === null;
}

/**
 * The second half: the app's six digits, or a recovery code. Each works once.
 * @throws Refusal 400 when it is wrong or too late, 429 after too many tries
 */
export async function showSecondFactor(
	db: Db,
	facts: { signInId: string; code: string; from: From },
	now = new Date()
): Promise<{ personId: string }> {
	const { signInId, code, from } = facts;
	const [known] = await findSignIn(db, signInId, from.device);
	if (!known) throw new Refusal(400, 'Sign in again, with your password first.', 'code');
	const buckets = await bucketsFor(db, 'factor', known.personId, known.personId, from);
	await spendAll(db, buckets, now, 'code');

	const answer = await db.transaction(async (tx) => {
		const [row] = await findSignIn(tx, signInId, from.device).for('update');
		if (codeObstacle(row, now)) return 'Sign in again, with your password first.';
		const by = await useFactor(tx, row.personId, code, now);
		if (!by) {
			await tx
				.update(staffSignIns)
				.set({ tries: row.tries + 1 })
				.where(eq(staffSignIns.id, row.id));
			return 'This is not the code. Take the one your app shows now; each works once.';
		}
		await tx.update(staffSignIns).set({ usedAt: now }).where(eq(staffSignIns.id, row.id));
		await welcome(tx, row.personId, from.device, by, now);
		return null;
	});
	if (answer) throw new Refusal(400, answer, 'code');
	await giveAllBack(db, buckets);
	return { personId: known.personId };
}

/** Which factor a code was, used up by this; null when it is neither. */
export async function useFactor(tx: Db, personId: string, code: string, now: Date) {
	if (await useTotp(tx, personId, code, now)) return 'totp' as const;
	if (await useRecoveryCode(tx, personId, code, now)) return 'recovery_code' as const;
	return null;
}
