import type { RequestEvent } from '@sveltejs/kit';
import { readConfig } from '#lib/platform/server/config.ts';
import {
	activeMunicipalities,
	municipalityByCode,
	municipalityByHost,
	type Municipality
} from '#lib/identity/server/index.ts';

/** The municipality named by a reference (`KHA-26-7K3MQ`) in the address. */
const inPath = (path: string) => /\/([A-Za-z]{2,5})-\d{2}-/.exec(path)?.[1];

/**
 * Whose pages these are: the address, `?m=`, the host, the cookie, the default; in this order.
 * A form's own field is read by the form. `?m=CODE` is remembered in the cookie. An exercise with a host
 * of its own is opened there alone, and nothing else is opened there.
 */
export async function findMunicipality({
	url,
	cookies,
	locals
}: RequestEvent): Promise<Municipality> {
	const { db } = locals;
	const host = await municipalityByHost(db, url.hostname);
	if (host?.kind === 'exercise') return host;
	const asked = url.searchParams.get('m');
	const chosen = asked ? await openHere(db, asked.slice(0, 10)) : undefined;
	if (chosen)
		cookies.set('m', chosen.code, {
			path: '/',
			maxAge: 60 * 60 * 24 * 400,
			secure: url.protocol === 'https:'
		});

	const code = inPath(url.pathname);
	const cookie = cookies.get('m');
	return (
		(code && (await openHere(db, code))) ||
		chosen ||
		host ||
		(cookie && (await openHere(db, cookie.slice(0, 10)))) ||
		(await defaultMunicipality(locals.db))
	);
}

/** One that may be opened under a host that is no exercise's. */
async function openHere(db: App.Locals['db'], code: string): Promise<Municipality | undefined> {
	const found = await municipalityByCode(db, code);
	return found?.kind === 'exercise' && found.hosts.length ? undefined : found;
}

async function defaultMunicipality(db: App.Locals['db']): Promise<Municipality> {
	const { DEFAULT_MUNICIPALITY } = readConfig();
	const served = await activeMunicipalities(db);
	return (
		served.find(({ code }) => code === DEFAULT_MUNICIPALITY) ??
		served.find(({ code }) => code === 'KHA') ??
		served[0]
	);
}
