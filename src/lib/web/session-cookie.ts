import type { RequestEvent } from '@sveltejs/kit';
import {
	closeSession,
	findVisit,
	openSession,
	type NewSession
} from '#lib/identity/server/index.ts';

type Visited = Pick<RequestEvent, 'cookies' | 'locals' | 'url' | 'request'>;

/** `__Host-` binds the cookie to this host over https; plain http (a phone in the hall's network) cannot carry it. */
const nameFor = (url: URL) => (url.protocol === 'https:' ? '__Host-session' : 'session');

const options = (url: URL) => ({
	path: '/',
	httpOnly: true,
	sameSite: 'lax' as const,
	secure: url.protocol === 'https:'
});

/** Who is asking, or null. A session that was just prolonged prolongs its cookie. */
export async function readSession({ cookies, locals, url }: Visited) {
	const token = cookies.get(nameFor(url));
	if (!token || token.length > 100) return null;

	const visit = await findVisit(locals.db, token);
	if (!visit) return null;
	if (visit.prolonged)
		cookies.set(nameFor(url), token, { ...options(url), expires: visit.expiresAt });
	return visit.actor;
}

/** Signs a person in on this device. Any earlier session of the device ends. */
export async function signIn(visited: Visited, personId: string, facts: NewSession) {
	const { cookies, locals, url, request } = visited;
	if (locals.visitor) await closeSession(locals.db, locals.visitor.session.id);
	const device = deviceName(request.headers.get('user-agent') ?? '');
	const { token, expiresAt } = await openSession(locals.db, personId, { device, ...facts });
	cookies.set(nameFor(url), token, { ...options(url), expires: expiresAt });
}

export async function signOut({ cookies, locals, url }: Visited) {
	if (locals.visitor) await closeSession(locals.db, locals.visitor.session.id);
	cookies.delete(nameFor(url), options(url));
}

// prettier-ignore
const browsers: Array<[RegExp, string]> = [
	[/Edg\//, 'Edge'], [/OPR\/|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox\//, 'Firefox'],
	[/Chrome\//, 'Chrome'], [/Safari\//, 'Safari'], [/Lynx|w3m/i, 'Text browser']
];
// prettier-ignore
const systems: Array<[RegExp, string]> = [
	[/Android/, 'Android'], [/iPhone|iPad/, 'iPhone'], [/KAIOS/, 'KaiOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'Mac'], [/Linux/, 'Linux']
];

/** `Firefox on Android`: enough to know which session to end, nothing to track by. */
export function deviceName(agent: string): string {
	const browser = browsers.find(([sign]) => sign.test(agent))?.[1] ?? 'A browser';
	const system = systems.find(([sign]) => sign.test(agent))?.[1];
	return system ? `${browser} on ${system}` : browser;
}
