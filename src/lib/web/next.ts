/** Where to go on to: only pages of our own, never another site dressed as a path. */
export function localPath(asked: unknown, otherwise = '/'): string {
	if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked) || asked.length > 500)
		return otherwise;
	const here = 'http://here.invalid';
	const url = URL.canParse(asked, here) ? new URL(asked, here) : null;
	return url?.origin === here ? url.pathname + url.search + url.hash : otherwise;
}

/** `?next=…` to be hung on a path, or nothing when it leads home anyway. */
export const withNext = (path: string, next: string) =>
	next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
