import { forgetPush, notedPush, notePush } from '#lib/offline/marks.ts';
import { currentReader } from './store.ts';

declare const self: ServiceWorkerGlobalScope;

const day = 86_400_000;

const current = async () => (await self.registration.pushManager?.getSubscription()) ?? null;

const tell = (subscription: PushSubscription) =>
	fetch('/api/push', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(subscription)
	});

/**
 * The server hears of the subscription again at every opening, when anything about it changed or a day
 * went by: it may have lost it. Answers true when the browser ended a subscription its owner counts on.
 */
export async function syncPush(opened: string): Promise<boolean> {
	const [subscription, before, reader] = [
		await current(),
		await notedPush(),
		await currentReader()
	];
	if (!subscription) {
		if (before && new URL(opened).pathname === '/account/messages') await forgetPush();
		return before !== null;
	}
	const { endpoint } = subscription;
	const same = before?.endpoint === endpoint && before.reader === reader;
	if (!reader || !navigator.onLine || (same && Math.abs(Date.now() - before.at) < day))
		return false;
	const answer = await tell(subscription).catch(() => null);
	if (answer?.ok) await notePush({ endpoint, reader, at: Date.now() });
	return false;
}

/** Whoever signed out is told nothing on this phone any more. */
export async function detachPush() {
	const subscription = await current();
	if (subscription) await tell(subscription).catch(() => null);
}
