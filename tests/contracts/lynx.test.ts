import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { has, openTerminal } from '../support/terminal.ts';

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
const terminal = openTerminal(`lynx-${process.pid}`);

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
	terminal.close();
	const ended = new Promise((done) => server?.once('exit', done));
	server?.kill('SIGTERM');
	await ended;
	rmSync(folder, { recursive: true, force: true });
});

const open = (path: string) =>
	terminal.run(
		`lynx -accept_all_cookies -assume_charset=utf-8 -display_charset=utf-8 'http://localhost:${port}${path}'`
	);

afterEach(() => {
	if (!missing) terminal.end();
});

test.skipIf(missing)(
	'Ayanda files a report from a terminal, with lynx',
	async () => {
		open('/report');
		await terminal.see(/Report a problem/);
		await terminal.search('Find it by a word');
		await terminal.type('umgwaqo');
		await terminal.press('Tab', 'Enter');
		await terminal.see(/Skip to content/);
		await terminal.search('Find it by a word');
		await terminal.see(/\* Pothole/);
		await terminal.press('Tab', 'Tab', 'Enter');
		await terminal.see(/\( \) Not chosen yet/);
		await terminal.search('Tell us what you see');
		await terminal.press('Down');
		await terminal.type('A pothole as deep as a bath');
		await terminal.press('Tab');
		await terminal.type('Corner by the clinic');
		// On a list a slash searches; in a text field it would be a letter.
		await terminal.press('Tab');
		await terminal.search('Send my report');
		await terminal.press('Enter');
		expect(await terminal.see(/We have it/)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
	},
	120_000
);

test.skipIf(missing)(
	'from an address with a query lynx does not say where its form came from, and is believed by our own proof',
	async () => {
		open('/report?kind=suggestion');
		await terminal.see(/Make a suggestion/);
		await terminal.search('What would make it better');
		await terminal.press('Down');
		await terminal.type('A bench at the clinic gate');
		await terminal.press('Tab', 'Tab');
		await terminal.search('Send my suggestion');
		await terminal.press('Enter');
		expect(await terminal.see(/We have it|your number/i)).toMatch(/KHA-\d\d-[2-9B-Z]{5}/);
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
