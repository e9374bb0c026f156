/** Photos are kept as long as the words beside them. */
const longest = 7 * 86_400_000;

interface Kept {
	at: number;
	photos: File[];
}

/**
 * Keeps chosen photos on this phone, through errors and a restart, until the report was sent. Where
 * the browser refuses (no room, private windows) the form works without it.
 */
export async function keepPhotos(
	form: HTMLFormElement,
	key: string,
	{ fresh, over }: { fresh: boolean; over: boolean }
) {
	const input = form.querySelector<HTMLInputElement>('input[name=photo]');
	if (!input || typeof DataTransfer === 'undefined' || !('indexedDB' in window)) return;
	if (over) await forgetPhotos(key);

	// The page of an error holds what was sent already: those stay kept until all of it was taken.
	const before = await read(key);
	if (fresh) putBack(input, before);
	input.addEventListener('shrunk', () => {
		const chosen = [...(input.files ?? [])];
		void write(key, fresh ? chosen : [...before, ...chosen]);
	});
}

/** Forgets the photos of a draft. */
export const forgetPhotos = (key: string) =>
	inStore('readwrite', (store) => store.delete(key)).catch(() => undefined);

function putBack(input: HTMLInputElement, photos: File[]) {
	if (!photos.length || input.files?.length) return;
	const files = new DataTransfer();
	for (const photo of photos.slice(0, Number(input.dataset.left))) files.items.add(photo);
	input.files = files.files;
	input.dispatchEvent(new Event('restored'));
}

async function read(key: string): Promise<File[]> {
	const kept = await inStore<Kept | undefined>('readonly', (store) => store.get(key)).catch(
		() => undefined
	);
	if (kept && Date.now() - kept.at > longest) await forgetPhotos(key);
	return kept && Date.now() - kept.at <= longest ? kept.photos : [];
}

const write = (key: string, photos: File[]) =>
	photos.length
		? inStore('readwrite', (store) =>
				store.put({ at: Date.now(), photos } satisfies Kept, key)
			).catch(() => undefined)
		: forgetPhotos(key);

function inStore<Answer>(
	mode: IDBTransactionMode,
	act: (store: IDBObjectStore) => IDBRequest<Answer>
): Promise<Answer> {
	return new Promise((done, failed) => {
		const opening = indexedDB.open('report-drafts', 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('photos');
		opening.onerror = () => failed(opening.error);
		opening.onsuccess = () => {
			const db = opening.result;
			const asked = db.transaction('photos', mode);
			const request = act(asked.objectStore('photos'));
			asked.oncomplete = () => {
				db.close();
				done(request.result);
			};
			asked.onabort = asked.onerror = () => {
				db.close();
				failed(asked.error);
			};
		};
	});
}
