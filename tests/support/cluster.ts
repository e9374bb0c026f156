import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Cluster {
	url: string;
	/** Ends it as a crash would, and starts it again. */
	crash(): void;
	stop(): void;
}

/** Where the newest PostgreSQL server programs lie; none when only a client is installed. */
function serverPrograms(): string | undefined {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
		: [];
	return versions
		.map((version) => join(debian, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')));
}

const freePort = () =>
	new Promise<number>((done) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => done(port));
		});
	});

/** A cluster of our own on a free loopback port, thrown away afterwards. None without server programs or PostGIS. */
export async function startCluster(more: string[] = []): Promise<Cluster | undefined> {
	const bin = serverPrograms();
	if (!bin) return undefined;

	const folder = mkdtempSync(join(tmpdir(), 'imbizo-pg-'));
	const port = await freePort();
	// PostgreSQL refuses to run as root; Debian made it a user of its own.
	const root = process.getuid?.() === 0;
	if (root) {
		const uid = Number(execFileSync('id', ['-u', 'postgres']).toString());
		chownSync(folder, uid, Number(execFileSync('id', ['-g', 'postgres']).toString()));
	}
	const run = (program: string, ...args: string[]) => {
		const command = root ? 'runuser' : join(bin, program);
		const all = root ? ['-u', 'postgres', '--', join(bin, program), ...args] : args;
		const { status, stderr } = spawnSync(command, all, {
			cwd: '/',
			stdio: ['ignore', 'ignore', 'pipe']
		});
		if (status !== 0) throw new Error(`${program}: ${stderr}`);
	};

	const data = join(folder, 'data');
	run('initdb', '-D', data, '-U', 'imbizo_owner', '--auth=trust', '-E', 'UTF8', '--no-sync');
	const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c full_page_writes=off -c max_connections=200${more.map((each) => ` -c ${each}`).join('')}`;
	const start = () =>
		run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
	start();

	return {
		url: `postgres://imbizo_owner@127.0.0.1:${port}/postgres`,
		crash() {
			run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
			start();
		},
		stop() {
			run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
