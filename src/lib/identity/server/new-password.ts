import { and, eq, isNull } from 'drizzle-orm';
import { Refusal } from '../../platform/refusal.ts';
import { hours } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { readEmail } from '../contact.ts';
import { isKnownDevice } from './devices.ts';
import { lockLink, makeLink, noteLink, type TellLink } from './links.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { credentials, invitations, people } from './schema.ts';
import { closeAllSessions } from './sessions.ts';
import { staffByEmail } from './staff.ts';
import { spend, type From } from './throttle.ts';

const resetBudgets = {
	device: { points: 3, window: hours(1) },
	strangers: { points: 5, window: hours(1) }
} as const;

/**
 * Sends a link for a new password to whoever works here with this address. The answer is the same
 * when nobody does.
 * @throws Refusal 429 when it was asked for too often
 */
export async function askForNewPassword(
	db: Db,
	{ email, from }: { email: string; from: From },
	tell: TellLink,
	now = new Date()
) {
	const account = email.trim().toLowerCase().slice(0, 200);
	if (!readEmail(account))
		throw new Refusal(400, 'Give your work e-mail address, such as name@example.org.', 'email');
	const colleague = await staffByEmail(db, account);
	const known = colleague && (await isKnownDevice(db, colleague.id, from.device));
	const until = await spend(
		db,
		`reset/${account}/${known ? from.device : 'strangers'}`,
		resetBudgets[known ? 'device' : 'strangers'],
		now
	);
	if (until) throw new Refusal(429, 'We have sent several links. Use the last one.', 'email');
	if (colleague) await db.transaction((tx) => sendReset(tx, colleague, tell, now));
}

/** Sends somebody a link for a new password. */
export async function sendReset(
	tx: Db,
	colleague: { id: string; name: string; language: string; contactPointId: string },
	tell: TellLink,
	now: Date
) {
	const [{ home }] = await tx
		.select({ home: people.homeMunicipalityId })
		.from(people)
		.where(eq(people.id, colleague.id));
	if (!home) return;
	const id = await makeLink(
		tx,
		{
			kind: 'password_reset',
			municipalityId: home,
			contactPointId: colleague.contactPointId,
			personId: colleague.id,
			name: colleague.name,
			language: colleague.language,
			createdBy: null
		},
		tell,
		now
	);
	await noteLink(tx, null, null, 'password.link_sent', id, now, { personId: colleague.id });
}

/**
 * Sets a new password by a link, once. Every session of the person ends; the second factor stays.
 * @throws Refusal 400 for the password, 409 when the link opens nothing
 */
export async function setPassword(
	db: Db,
	{ token, password }: { token: string; password: string },
	now = new Date()
) {
	checkPassword(password, []);
	const passwordHash = await hashPassword(password);
	await db.transaction(async (tx) => {
		const row = await lockLink(tx, 'password_reset', token, now);
		const kept = { passwordHash, changedAt: now };
		await tx
			.insert(credentials)
			.values({ personId: row.personId!, ...kept })
			.onConflictDoUpdate({ target: credentials.personId, set: kept });
		await tx
			.update(invitations)
			.set({ usedAt: now })
			.where(
				and(
					eq(invitations.personId, row.personId!),
					eq(invitations.kind, 'password_reset'),
					isNull(invitations.usedAt)
				)
			);
		await closeAllSessions(tx, row.personId!);
		await noteLink(tx, { id: row.personId! }, null, 'password.changed', row.id, now);
	});
}
