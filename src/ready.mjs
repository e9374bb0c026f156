/**
 * Brings a fresh clone to the point where it can run. Uses only what an older Node has built in,
 * because our packages, our own Node among them, may not be here yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const wants = new Set(process.argv.slice(2));
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const say = (words) => console.log(`· ${words}`);

function run(command, options = {}) {
	const { status } = spawnSync(command, { shell: true, stdio: 'inherit', ...options });
	if (status !== 0) process.exit(status ?? 1);
}

if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
	say('Installing the locked dependencies (about a minute) …');
	run('npm ci --loglevel=error --no-audit --no-fund');
}

if (
	wants.has('build') &&
	newest(['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts']) >
		changed('build/index.js')
) {
	say('Building (about half a minute) …');
	run('npx vite build --logLevel warn');
}

if (wants.has('browser')) findBrowser();

/** The youngest file of all these, in milliseconds. */
function newest(paths) {
	let latest = 0;
	for (const path of paths) {
		if (!existsSync(path)) continue;
		const { mtimeMs } = statSync(path);
		const inside = statSync(path).isDirectory()
			? newest(readdirSync(path).map((name) => join(path, name)))
			: mtimeMs;
		latest = Math.max(latest, inside);
	}
	return latest;
}

/** An installed Chromium; else Debian's when we may install it, else Playwright's download. */
function findBrowser() {
	const known = [
		process.env.CHROMIUM,
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		'/usr/bin/google-chrome'
	];
	if (known.some((path) => path && existsSync(path))) return;
	const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	say(
		debian ? 'Installing Chromium from Debian …' : 'Downloading Chromium for the browser tests …'
	);
	if (debian)
		run(
			'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core'
		);
	else run('npx playwright install chromium');
}
