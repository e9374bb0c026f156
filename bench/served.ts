import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Errand } from './asker.ts';

const ticksASecond = 100;

/** A process that answers HTTP on a port, and what it costs. */
export interface Served {
	port: number;
	/** Milliseconds of processor time it has used, of all its threads. Linux only. */
	cpu(): number;
	/** Bytes of memory it holds. */
	memory(): number;
	stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, 'close');
	return port;
}

function served(child: ChildProcess, port: number, after = () => {}): Served {
	const stat = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
	return {
		port,
		cpu() {
			const fields = stat('stat').split(') ')[1].split(' ');
			return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksASecond;
		},
		memory: () => Number(/VmRSS:\s+(\d+)/.exec(stat('status'))![1]) * 1024,
		async stop() {
			child.kill('SIGTERM');
			await once(child, 'exit');
			after();
		}
	};
}

async function answers(port: number, path: string) {
	for (let tries = 0; tries < 600; tries++) {
		const ready = await fetch(`http://127.0.0.1:${port}${path}`).then(
			({ ok }) => ok,
			() => false
		);
		if (ready) return;
		await new Promise((done) => setTimeout(done, 500));
	}
	throw new Error('the server did not become ready in five minutes');
}

/** The built product with the demo of today, in a process of its own; `more` of its settings. Needs `npm run build`. */
export async function serveImbizo(more: Record<string, string> = {}): Promise<Served> {
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'imbizo-bench-'));
	const child = spawn(process.execPath, ['src/serve.ts'], {
		env: {
			...process.env,
			PORT: String(port),
			HOST: '127.0.0.1',
			DATA_DIR: folder,
			DATABASE_URL: '',
			DEMO: '1',
			DEMO_STORY: 'today',
			LOG_LEVEL: 'error',
			...more
		},
		stdio: 'ignore'
	});
	await answers(port, '/readyz');
	return served(child, port, () => rmSync(folder, { recursive: true, force: true }));
}

/** A script given as text, in a process of its own; it listens on `process.env.PORT`. */
export async function serveScript(script: string): Promise<Served> {
	const port = await freePort();
	const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
		env: { ...process.env, PORT: String(port) },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	await answers(port, '/');
	return served(child, port);
}

/**
 * Asks for the same bytes again and again over a few kept connections, from a process of its own.
 * Answers requests a second and the server's milliseconds of processor time a request.
 */
export async function ask(
	{ port, cpu }: Served,
	headers: string[],
	{ path, requests, connections = 16 }: { path: string; requests: number; connections?: number }
): Promise<{ perSecond: number; cpuMs: number }> {
	const question = [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
	const asker = fork(new URL('./asker.ts', import.meta.url));
	await once(asker, 'spawn');
	const errand: Errand = { port, question, requests, connections };
	const used = cpu();
	asker.send(errand);
	const [{ seconds }] = (await Promise.race([
		once(asker, 'message'),
		once(asker, 'exit').then(() => {
			throw new Error('whoever asked broke off');
		})
	])) as [{ seconds: number }];
	const cpuMs = (cpu() - used) / requests;
	asker.kill();
	return { perSecond: requests / seconds, cpuMs };
}
