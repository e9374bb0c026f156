/**
 * A thread that sends, with connections of its own. Told `look`, it looks at once whether there is something
 * to send; told `stop`, it ends when the answers to come have come.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { useMasterKey } from '../../../platform/server/keys.ts';
import { openDatabase } from '../../../platform/server/db.ts';
import { channelsOf } from '../index.ts';
import { openPushSender } from '../push/sender.ts';
import { startSending } from './engine.ts';
import type { Orders, Word } from './threads.ts';
import { pageRefused } from './watchdog.ts';

const { url, masterKey, sender: settings } = workerData as Orders;
useMasterKey(Buffer.from(masterKey));
const { db, close } = await openDatabase({ url, connections: 3 });
const sender = openPushSender(settings);
const channels = channelsOf(db);
const engine = startSending({ db, sender, channels, onRefused: pageRefused(db) });

parentPort?.on('message', async (word: Word) => {
	if (word === 'look') return engine.poke();
	await engine.stop();
	await sender.close();
	await close();
	parentPort?.postMessage('stopped');
	parentPort?.close();
});
parentPort?.postMessage('sending');
