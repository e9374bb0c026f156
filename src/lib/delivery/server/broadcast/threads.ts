import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { copyMasterKey } from '../../../platform/server/keys.ts';
import { log } from '../../../platform/server/log.ts';
import type { PushSenderSettings } from '../push/sender.ts';

/** What a thread is given at its start. */
export interface Orders {
	url: string;
	masterKey: Uint8Array;
	sender: Pick<PushSenderSettings, 'vapid' | 'allow' | 'ca' | 'timeout' | 'frames'>;
}

/** What a thread is told. */
export type Word = 'look' | 'stop';

export interface Threads {
	/** Something may be due: they look now. */
	poke(): void;
	/** Waits for the answers to come, at most this many milliseconds. */
	stop(patience?: number): Promise<void>;
}

/**
 * Sends with every processor there is: each thread leases its own chunks, as another machine would. On
 * PostgreSQL only. A thread that breaks off is replaced, and its chunks go on when their leases end.
 */
export async function startThreads(
	orders: Omit<Orders, 'masterKey'>,
	count = availableParallelism()
): Promise<Threads> {
	let stopping = false;
	const running = new Set<Worker>();
	async function start() {
		const thread = new Worker(new URL('./thread.ts', import.meta.url), {
			workerData: { ...orders, masterKey: copyMasterKey() } satisfies Orders
		});
		running.add(thread);
		thread.on('error', (reason) => log.error({ err: reason }, 'sending thread'));
		thread.once('exit', () => {
			running.delete(thread);
			if (!stopping) setTimeout(() => void start().catch(() => {}), 1000);
		});
		await once(thread, 'message');
	}
	await Promise.all(Array.from({ length: count }, start));
	return {
		poke() {
			for (const thread of running) thread.postMessage('look' satisfies Word);
		},
		async stop(patience = 12_000) {
			stopping = true;
			await Promise.all(
				Array.from(running, async (thread) => {
					thread.postMessage('stop' satisfies Word);
					const late = setTimeout(() => void thread.terminate(), patience);
					await once(thread, 'exit').catch(() => {});
					clearTimeout(late);
				})
			);
		}
	};
}
