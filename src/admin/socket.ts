import { chmodSync, existsSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '#lib/platform/server/config.ts';
import type { Database } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { commands } from './commands/index.ts';

interface Asked {
	name: string;
	args: string[];
	cwd: string;
	env: Record<string, string | undefined>;
}

type Said = { line: string } | { exit: number };

const socketPath = (dataDir: string) => resolve(join(dataDir, 'admin.sock'));

/**
 * While an embedded server runs it alone may touch its database: operators' commands come to it
 * over a socket that only its own user can open (mode 600).
 */
export function listenForCommands(database: Database, config: Config) {
	const path = socketPath(config.DATA_DIR);
	rmSync(path, { force: true });
	const server = createServer((socket) => void answer(socket, database, config)).listen(path, () =>
		chmodSync(path, 0o600)
	);
	server.on('error', (reason) => log.warn({ err: reason }, 'operator commands cannot be heard'));
	server.unref();
	return () => {
		server.close();
		rmSync(path, { force: true });
	};
}

async function answer(socket: Socket, database: Database, config: Config) {
	const say = (said: Said) => socket.write(`${JSON.stringify(said)}\n`);
	socket.on('error', () => {});
	for await (const text of createInterface({ input: socket })) {
		const asked: Asked = JSON.parse(text);
		const exit = await runCommand(asked, database, config, (line) => say({ line }));
		say({ exit });
		socket.end();
	}
}

/** Runs one command and answers its exit code; a refusal is a sentence, never a stack. */
export async function runCommand(
	{ name, args, cwd, env }: Asked,
	database: Database,
	config: Config,
	print: (line: string) => void
): Promise<number> {
	const command = commands.find((each) => each.name === name);
	if (!command) return 2;
	try {
		const context = { database, config, print, path: (given: string) => resolve(cwd, given), env };
		return (await command.run(args, context)) ?? 0;
	} catch (reason) {
		print(reason instanceof Error ? reason.message : String(reason));
		return 1;
	}
}

/** Hands a command to the running server. None when no server listens there. */
export function askServer(dataDir: string, asked: Asked, print: (line: string) => void) {
	const path = socketPath(dataDir);
	if (!existsSync(path)) return Promise.resolve(undefined);
	return new Promise<number | undefined>((done) => {
		const socket = connect(path, () => socket.write(`${JSON.stringify(asked)}\n`));
		socket.once('error', () => done(undefined));
		createInterface({ input: socket }).on('line', (text) => {
			const said: Said = JSON.parse(text);
			if ('line' in said) print(said.line);
			else done(said.exit);
		});
	});
}
