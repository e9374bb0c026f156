import { became } from '#lib/offline/answer.ts';
import { bodyOf, patienceFor, readable, type Waiting } from '#lib/offline/later.ts';
import { allWaiting, dropWaiting, keepWaiting } from '#lib/offline/outbox.ts';
import { localeHere } from './store.ts';
import { m } from './words.ts';

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
		// One that does not come through holds up none behind it.
		for (const each of before.filter(({ state }) => state === 'waiting'))
			if (await post(each)) moved++;
		if (moved) {
			await dropOldSent();
			await tellPages();
		}
		const after = await allWaiting().catch(() => []);
		return !after.some(({ state }) => state === 'waiting');
	});

/** Whether something became of it. */
async function post(waiting: Waiting): Promise<boolean> {
	const whole = await readable(waiting.fields);
	if (whole.length < waiting.fields.length)
		return refuse({ ...waiting, fields: whole }, m.offline_photo_gone);
	const response = await fetch(waiting.action, {
		method: 'POST',
		body: bodyOf(waiting),
		headers: {
			accept: 'application/json',
			...(waiting.reader && { 'x-reader': waiting.reader })
		},
		redirect: 'manual',
		signal: AbortSignal.timeout(patienceFor(waiting.fields))
	}).catch(() => null);
	if (!response) return false;
	// Whoever said so, a proxy or we: trying again would cost their data and change nothing.
	if (response.status === 413) return refuse(waiting, m.offline_too_large);
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

/** Refused by this phone itself, in its own words. */
async function refuse(waiting: Waiting, says: typeof m.offline_photo_gone): Promise<true> {
	const said = [says({}, { locale: await localeHere() })];
	await keepWaiting({ ...waiting, state: 'refused', said, at: '' });
	return true;
}

/** Old phones without locks have one worker for all tabs anyhow; the id keeps doubles harmless. */
const alone = <Answer>(act: () => Promise<Answer>): Promise<Answer> =>
	'locks' in navigator ? navigator.locks.request('outbox', act) : act();

async function dropOldSent() {
	const sent = (await allWaiting()).filter(({ state }) => state === 'sent');
	for (const { id } of sent.slice(0, Math.max(0, sent.length - mostSent))) await dropWaiting(id);
}
