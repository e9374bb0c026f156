import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

/**
 * One process may own a data directory: two would lose rows without an error.
 * On Linux the lock is an abstract socket, which the kernel frees however the process ends;
 * elsewhere a loopback port derived from the path does the same.
 * @throws when another process has it, in a sentence that says so
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
	const hash = createHash('sha256').update(resolve(folder)).digest();
	const server = createServer().unref();

	await new Promise<void>((done, refuse) => {
		server.once('error', (reason: NodeJS.ErrnoException) =>
			refuse(
				reason.code === 'EADDRINUSE'
					? new Error(
							`Another process is using the data directory ${resolve(folder)}. Stop it first, or set DATA_DIR to another folder.`
						)
					: reason
			)
		);
		if (process.platform === 'linux') server.listen(`\0imbizo-${hash.toString('hex')}`, done);
		else server.listen(20_000 + (hash.readUInt16BE() % 20_000), '127.0.0.1', done);
	});

	return () => new Promise((done) => server.close(() => done()));
}
