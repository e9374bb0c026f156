import { readConfig } from '../../../platform/server/config.ts';
import type { Db } from '../../../platform/server/db.ts';
import { channelsOf } from '../channels-of.ts';
import { vapidKeys } from '../channels/vapid.ts';
import { openPushSender, type PushSender } from '../push/sender.ts';
import type { Threads } from './threads.ts';
import { pageRefused } from './watchdog.ts';
import { sendDue, startSending, type Engine } from './engine.ts';

let engine: Engine | undefined;
let sender: PushSender | undefined;

/** The connections of this process to the push services. */
const ownSender = () => {
	const config = readConfig();
	return (sender ??= openPushSender({
		vapid: vapidKeys(config),
		allow: config.PUSH_ALLOW,
		frames: config.PUSH_FRAMES
	}));
};

const here = (db: Db) => ({
	db,
	sender: ownSender(),
	channels: channelsOf(db),
	onRefused: pageRefused(db)
});

/** From here on this process sends whatever is due. */
export function keepSending(db: Db) {
	engine ??= startSending(here(db));
}

/** Threads of this process send: here they are only woken. */
export function leaveToThreads(threads: Threads) {
	engine = { poke: () => threads.poke(), stop: () => threads.stop() };
}

/** Sends what is due: by the engine of this process, or here and now. */
export async function sendNow(db: Db, now: Date) {
	if (engine) engine.poke();
	else await sendDue({ ...here(db), now: () => now });
}

export async function stopSending() {
	await engine?.stop();
	await sender?.close();
	engine = sender = undefined;
}
