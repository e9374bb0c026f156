import { became } from '#lib/offline/answer.ts';
import { bodyOf, type Waiting } from '#lib/offline/later.ts';
import { allWaiting, dropWaiting, keepWaiting } from '#lib/offline/outbox.ts';

declare const self: ServiceWorkerGlobalScope;

export const syncName = 'outbox';
/** How many that were sent stay on the list, to be looked at. */
const mostSent = 10;

/** Background Sync (Chromium): the browser wakes us when there is signal, with no page open. */
export async function sendLater() {
	const { sync } = self.registration as ServiceWorkerRegistration & {
		sync?: { register(name: string): Promise<void> };
	};
	await sync?.register(syncName).catch(() => {});
}

/** Pages show how many wait; they ask when they hear this. */
export async function tellPages() {
	for (const client of await self.clients.matchAll({ type: 'window' }))
		client.postMessage({ changed: true });
}

/**
 * Sends what waits, oldest first, one tab and one worker at a time. Answers whether nothing waits any
 * more; a refusal waits for its writer, not for signal.
 */
export const sendWaiting = (): Promise<boolean> =>
	alone(async () => {
		const before = await allWaiting().catch(() => []);
		let moved = 0;
		for (const each of before.filter(({ state }) => state === 'waiting')) {
			const answer = await post(each);
			if (answer === 'no_network') break;
			if (answer) moved++;
		}
		if (moved) {
			await dropOldSent();
			await tellPages();
		}
		const after = await allWaiting().catch(() => []);
		return !after.some(({ state }) => state === 'waiting');
	});

async function post(waiting: Waiting): Promise<boolean | 'no_network'> {
	const response = await fetch(waiting.action, {
		method: 'POST',
		body: bodyOf(waiting),
		headers: {
			accept: 'application/json',
			...(waiting.reader && { 'x-reader': waiting.reader })
		},
		redirect: 'manual'
	}).catch(() => null);
	if (!response) return 'no_network';
	const news = await became(response);
	if (!news) return false;
	// What was sent needs no room any more; its words and photos are at its page.
	const fields =
		news.state === 'sent'
			? waiting.fields.filter(([, v]) => typeof v === 'string')
			: waiting.fields;
	await keepWaiting({ ...waiting, ...news, fields });
	return news.state !== 'waiting';
}

/** Old phones without locks have one worker for all tabs anyhow; the id keeps doubles harmless. */
const alone = <Answer>(act: () => Promise<Answer>): Promise<Answer> =>
	'locks' in navigator ? navigator.locks.request('outbox', act) : act();

async function dropOldSent() {
	const sent = (await allWaiting()).filter(({ state }) => state === 'sent');
	for (const { id } of sent.slice(0, Math.max(0, sent.length - mostSent))) await dropWaiting(id);
}
