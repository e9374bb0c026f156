import type { Waiting } from './later.ts';

/** The things that wait on this phone, oldest first. Used by pages and by the service worker. */
export const allWaiting = async (): Promise<Waiting[]> =>
	(await inStore<Waiting[]>('readonly', (store) => store.getAll())).sort(
		(a, b) => a.madeAt - b.madeAt
	);

/** One of them, by its id. */
export const oneWaiting = (id: string) =>
	inStore<Waiting | undefined>('readonly', (store) => store.get(id));

/** Keeps one, or keeps it anew. @throws QuotaExceededError when the phone has no room */
export const keepWaiting = (waiting: Waiting) =>
	inStore('readwrite', (store) => store.put(waiting));

/** Forgets one for good. */
export const dropWaiting = (id: string) => inStore('readwrite', (store) => store.delete(id));

function inStore<Answer>(
	mode: IDBTransactionMode,
	act: (store: IDBObjectStore) => IDBRequest<Answer>
): Promise<Answer> {
	return new Promise((done, failed) => {
		const opening = indexedDB.open('outbox', 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('waiting', { keyPath: 'id' });
		opening.onerror = () => failed(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			// Strict: what was told to be kept is on the disk, even when the battery dies now.
			const asked = db.transaction('waiting', mode, { durability: 'strict' });
			const request = act(asked.objectStore('waiting'));
			const close = (then: () => void) => () => {
				db.close();
				then();
			};
			asked.oncomplete = close(() => done(request.result));
			asked.onabort = asked.onerror = close(() => failed(asked.error ?? request.error));
		};
	});
}
