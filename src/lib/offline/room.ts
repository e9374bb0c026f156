const notice = (name: string) => document.querySelector<HTMLElement>(`[data-${name}]`);
const scarce = 30_000_000;

/** Asks the browser to keep what waits, and says when it does not promise it or the phone is nearly full. */
export async function tellOfRoom(anything: boolean) {
	const { storage } = navigator;
	if (!storage) return;
	const safe = !anything || ((await storage.persist?.().catch(() => false)) ?? false);
	const unsafe = notice('unsafe');
	if (unsafe) unsafe.hidden = safe;

	const { quota, usage } = (await storage.estimate?.().catch(() => null)) ?? {};
	const full = notice('full');
	if (full && quota !== undefined) full.hidden = quota - (usage ?? 0) > scarce;
}

/**
 * Browsers that run out of room throw away all of a site's store at once, but not its cookies: a
 * cookie of this page alone remembers how many waited, and the loss is told.
 */
export function noteCount(waiting: number, listed: number) {
	const before = Number(/(?:^|; )waited=(\d+)/.exec(document.cookie)?.[1] ?? 0);
	const lost = notice('lost');
	if (lost && before > 0 && listed === 0) lost.hidden = false;
	document.cookie = `waited=${waiting}; path=/waiting; max-age=31536000; samesite=lax`;
}
