import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../../platform/ids.ts';
import { readConfig } from '../../platform/server/config.ts';
import { s3Store } from './s3.ts';

/** Where the bytes of photos lie. Keys are ours, never a person's file name. */
export interface PhotoStore {
	put(key: string, bytes: Uint8Array): Promise<void>;
	/** Null when there is nothing under the key. */
	get(key: string): Promise<Buffer | null>;
	/** Deleting what is not there is done already. */
	remove(key: string): Promise<void>;
}

const soundKey = /^[\w-]+(\/[\w-]+)*\.jpg$/;

/** Photos as files under a folder. A file appears whole or not at all. */
export function diskStore(folder: string): PhotoStore {
	const at = (key: string) => {
		if (!soundKey.test(key)) throw new Error(`Not a photo key: ${key}`);
		return join(folder, key);
	};
	return {
		async put(key, bytes) {
			const path = at(key);
			const half = `${path}.${newId()}`;
			await mkdir(dirname(path), { recursive: true, mode: 0o700 });
			await writeFile(half, bytes, { mode: 0o600 });
			await rename(half, path);
		},
		get: (key) =>
			readFile(at(key)).catch((reason: NodeJS.ErrnoException) => {
				if (reason.code === 'ENOENT') return null;
				throw reason;
			}),
		remove: (key) => rm(at(key), { force: true })
	};
}

let store: PhotoStore | undefined;

/** The store of this process: object storage when `S3_URL` says so, else the data directory. */
export function photoStore(): PhotoStore {
	if (!store) {
		const { S3_URL, DATA_DIR } = readConfig();
		store = S3_URL ? s3Store(S3_URL) : diskStore(join(DATA_DIR, 'photos'));
	}
	return store;
}

/** Takes another store, for tests. */
export const usePhotoStore = (another: PhotoStore | undefined) => {
	store = another;
};
