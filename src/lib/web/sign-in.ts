import type { RequestEvent } from '@sveltejs/kit';
import { beginSignIn, settleSignIn, type From, type SentCode } from '#lib/identity/server/index.ts';
import { spokenNow } from '#lib/i18n/index.ts';
import { claimReports } from '#lib/issues/server/index.ts';
import { queueCode } from './queue-code.ts';
import { signIn } from './session-cookie.ts';

const name = 'sign-in';
const options = (url: URL) => ({
	path: '/',
	httpOnly: true,
	sameSite: 'lax' as const,
	secure: url.protocol === 'https:'
});

/** The sign-in this device is in the middle of. */
export const tryOf = ({ cookies }: Pick<RequestEvent, 'cookies'>) => cookies.get(name) ?? '';

/** Keeps the place of a sign-in on this device, for as long as a code works and a little longer. */
export const keepTry = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, tryId: string) =>
	cookies.set(name, tryId, { ...options(url), maxAge: 15 * 60 });

export const forgetTry = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>) =>
	cookies.delete(name, options(url));

/** Where a request comes from, as the counters of tries want to know it. */
export function fromOf({ locals }: Pick<RequestEvent, 'locals'>): From {
	return { device: locals.device, network: locals.network };
}

/** Sends a code to a contact, and remembers on this device which one. */
export async function sendCode(
	event: RequestEvent,
	contact: string | { again: string },
	personId?: string
) {
	const { db, municipality, visitor } = event.locals;
	const { tryId } = await beginSignIn(
		db,
		{ contact, from: fromOf(event), personId },
		(tx, sent: SentCode) =>
			queueCode(tx, sent, { municipality, language: visitor?.language ?? spokenNow() })
	);
	keepTry(event, tryId);
}

/** Lets a person in whose contact is proved, with the reports it made. */
export async function comeIn(event: RequestEvent, who?: string, called?: string) {
	const { db, device, municipality } = event.locals;
	const settled = await settleSignIn(db, {
		tryId: tryOf(event),
		device,
		who,
		name: called,
		language: spokenNow(),
		municipalityId: municipality.id
	});
	if (settled.alone) await claimReports(db, settled);
	await signIn(event, settled.personId, { kind: 'resident' });
	forgetTry(event);
}
