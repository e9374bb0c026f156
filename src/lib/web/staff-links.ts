import type { RequestEvent } from '@sveltejs/kit';
import { originOf, sendMessage } from '#lib/delivery/server/index.ts';
import { municipalityByHost, municipalityById, type TellLink } from '#lib/identity/server/index.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { roleNames } from '#lib/identity/wording.ts';
import { dayAndTime } from '#lib/platform/time.ts';
import { signIn } from './session-cookie.ts';

const pages = { invitation: '/sign-in/invitation', password_reset: '/sign-in/password' } as const;

const loopback = /^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost)$/;

/**
 * Where a one-time link leads. Without ORIGIN the host of a request is whatever its sender wrote: a link
 * follows it only to a host that is ours, or a stranger could have somebody's link lead to them.
 */
async function linkOrigin(tx: Db, url: URL, hosts: string[]): Promise<string> {
	const ours =
		readConfig().DEMO === true ||
		loopback.test(url.hostname) ||
		(await municipalityByHost(tx, url.hostname));
	return ours ? url.origin : originOf({ hosts });
}

/** Puts a one-time link into a message to its owner. */
export const tellLink =
	({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>): TellLink =>
	async (tx, sent) => {
		const municipality = await municipalityById(tx, sent.municipalityId);
		return sendMessage(tx, {
			municipalityId: sent.municipalityId,
			contactPointId: sent.contactPointId,
			channel: 'email',
			subject: sent.kind,
			subjectId: sent.id,
			template: sent.kind,
			facts: {
				municipality: municipality?.name ?? '',
				name: sent.name,
				who: locals.visitor?.name || 'The administrator',
				what: sent.grants.map(({ role }) => roleNames[role]).join(', '),
				link: `${await linkOrigin(tx, url, municipality?.hosts ?? [])}${pages[sent.kind]}/${sent.token}`,
				due: dayAndTime(sent.expiresAt)
			},
			urgency: 'code',
			path: '/sign-in/staff',
			language: sent.language,
			dedupeKey: `link:${sent.id}`
		});
	};

const half = 'staff-sign-in';
const options = (url: URL) => ({
	path: '/',
	httpOnly: true,
	sameSite: 'lax' as const,
	secure: url.protocol === 'https:'
});

/** The half-done sign-in of this device: password shown, second factor not yet. */
export const halfOf = ({ cookies }: Pick<RequestEvent, 'cookies'>) => cookies.get(half) ?? '';

export const keepHalf = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, id: string) =>
	cookies.set(half, id, { ...options(url), maxAge: 600 });

/** Opens the session of somebody at work. */
export async function startWork(
	event: RequestEvent,
	personId: string,
	secondFactorAt: Date | null
) {
	await signIn(event, personId, { kind: 'staff', secondFactorAt });
	event.cookies.delete(half, options(event.url));
}
