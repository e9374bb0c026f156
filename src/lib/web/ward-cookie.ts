import type { RequestEvent } from '@sveltejs/kit';
import { wardsOf } from '#lib/geography/server/index.ts';

/** The ward this device reads about, if it chose one, and those it can choose from. */
export async function wardOfDevice({ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>) {
	const { db, municipality } = locals;
	const wards = (await wardsOf(db, municipality.id)).map(({ code, number, areas }) => ({
		code,
		number,
		areas: areas.slice(0, 3).join(', ')
	}));
	const chosen = cookies.get('ward');
	return { wards, ward: wards.find(({ code }) => code === chosen) ?? null };
}

/** Remembers the ward somebody chose; none forgets it. */
export function keepWard({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, code: string) {
	const options = { path: '/', secure: url.protocol === 'https:' };
	if (/^\d{8}$/.test(code)) cookies.set('ward', code, { ...options, maxAge: 60 * 60 * 24 * 400 });
	else cookies.delete('ward', options);
}
