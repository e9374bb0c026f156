import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const has = (program: string) => {
	try {
		execFileSync('which', [program], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};
const missing = !has('lynx')
	? 'lynx is not installed'
	: !has('tmux')
		? 'tmux is not installed'
		: !existsSync('build/index.js')
			? 'the product is not built'
			: null;
if (missing) console.log(`skipped: filing a report from a terminal: ${missing}`);

const freePort = () =>
	new Promise<number>((found) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => found(port));
		});
	});

let server: ChildProcess | undefined;
let folder = '';
let port = 0;
const terminal = `lynx-${process.pid}`;
const tmux = (...args: string[]) =>
	execFileSync('tmux', ['-L', terminal, ...args], { encoding: 'utf8' });
const screen = () => tmux('capture-pane', '-p', '-t', 'lynx');

async function see(words: RegExp, seconds = 20): Promise<string> {
	for (let tries = 0; tries < seconds * 5; tries++) {
		const shown = screen();
		if (words.test(shown)) return shown;
		await pause(200);
	}
	throw new Error(`The terminal never showed ${words}:\n${screen()}`);
}

async function press(...keys: string[]) {
	for (const key of keys) {
		tmux('send-keys', '-t', 'lynx', key);
		await pause(400);
	}
}

async function type(words: string) {
	tmux('send-keys', '-t', 'lynx', '-l', words);
	await pause(300);
}

/** Finds words on the page, as somebody at a terminal would. */
async function search(words: string) {
	await press('/');
	await type(words);
	await press('Enter');
}

beforeAll(async () => {
	if (missing) return;
	folder = mkdtempSync(join(tmpdir(), 'lynx-'));
	port = await freePort();
	server = spawn(process.execPath, ['src/serve.ts'], {
		env: {
			...process.env,
			PORT: String(port),
			DATA_DIR: folder,
			DEMO: '1',
			DEMO_STORY: 'today',
			LOG_LEVEL: 'error'
		},
		stdio: 'ignore'
	});
	for (let tries = 0; tries < 700; tries++) {
		const ready = await fetch(`http://localhost:${port}/readyz`).catch(() => null);
		if (ready?.ok) return;
		await pause(250);
	}
	throw new Error('The server did not come up');
}, 200_000);

afterAll(async () => {
	if (missing) return;
	try {
		tmux('kill-server');
	} catch {
		// It ended with lynx.
	}
	const ended = new Promise((done) => server?.once('exit', done));
	server?.kill('SIGTERM');
	await ended;
	rmSync(folder, { recursive: true, force: true });
});

const open = (path: string) =>
	tmux(
		...['new-session', '-d', '-s', 'lynx', '-x', '110', '-y', '40'],
		`lynx -accept_all_cookies -assume_charset=utf-8 -display_charset=utf-8 'http://localhost:${port}${path}'`
	);

afterEach(() => {
	if (missing) return;
	try {
		tmux('kill-session', '-t', 'lynx');
	} catch {
		// It ended with lynx.
	}
});

test.skipIf(missing)(
	'Ayanda files a report from a terminal, with lynx',
	async () => {
		open('/report');
		await see(/Report a problem/);
		await search('Find it by a word');
		await type('umgwaqo');
		await press('Tab', 'Enter');
		await see(/Skip to content/);
		await search('Find it by a word');
		await see(/\* Pothole/);
		await press('Tab', 'Tab', 'Enter');
		await see(/\( \) Not chosen yet/);
		await search('Tell us what you see');
		await press('Down');
		await type('A pothole as deep as a bath');
		await press('Tab');
		await type('Corner by the clinic');
		// On a list a slash searches; in a text field it would be a letter.
		await press('Tab');
		await search('Send my report');
		await press('Enter');
		expect(await see(/We have it/)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
	},
	120_000
);

test.skipIf(missing)(
	'from an address with a query lynx does not say where its form came from, and is believed by our own proof',
	async () => {
		open('/report?kind=suggestion');
		await see(/Make a suggestion/);
		await search('What would make it better');
		await press('Down');
		await type('A bench at the clinic gate');
		await press('Tab', 'Tab');
		await search('Send my suggestion');
		await press('Enter');
		expect(await see(/We have it|your number/i)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
	},
	120_000
);

test.skipIf(missing)(
	'a form that says nothing of its origin and proves nothing is refused',
	async () => {
		const answer = await fetch(`http://localhost:${port}/report?from=${'f'.repeat(32)}`, {
			method: 'POST',
			body: new URLSearchParams({ kind: 'suggestion', description: 'Sent by another site' }),
			headers: { 'x-imbizo-unproven': '' },
			redirect: 'manual'
		});
		expect(answer.status).toBe(403);
	}
);
