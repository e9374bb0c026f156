/**
 * `npm run test:browsers`: the journeys that must go everywhere, in Firefox ESR and WebKitGTK, and
 * what w3m reads. Apart from `npm test`, whose time they would double; what is missing here is named.
 * Debian: apt-get install --no-install-recommends firefox-esr webkit2gtk-driver xvfb w3m
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { serveImbizo } from '../../bench/served.ts';
import type { Driver } from './driver.ts';
import { firefox } from './firefox.ts';
import { journeys } from './journeys.ts';
import { webkit } from './webkit.ts';

let [passed, failed, skipped] = [0, 0, 0];
const server = await serveImbizo();
const home = `http://localhost:${server.port}`;

async function walkAll(open: () => Promise<Driver | null>, what: string) {
	const browser = await open();
	if (!browser) {
		console.log(`- ${what}: not installed`);
		skipped += journeys.length;
		return;
	}
	for (const { name, walk } of journeys)
		await tell(`${browser.name} ${name}`, () => walk(browser, home));
	await browser.close();
}

async function tell(name: string, walk: () => Promise<void>) {
	try {
		await walk();
		passed++;
		console.log(`✓ ${name}`);
	} catch (reason) {
		failed++;
		console.log(`✘ ${name}: ${reason instanceof Error ? reason.message : reason}`);
	}
}

await walkAll(() => firefox(), 'Firefox ESR');
await walkAll(() => firefox({ javaScript: false }), 'Firefox ESR without JavaScript');
await walkAll(webkit, 'WebKitGTK');

if (existsSync('/usr/bin/w3m'))
	await tell('w3m reads the list and an issue', async () => {
		const read = (path: string) =>
			execFileSync('w3m', ['-dump', `${home}${path}`], { encoding: 'utf8' });
		const reference = /KHA-\d\d-\w{5}/.exec(read('/issues'))?.[0];
		if (!reference) throw new Error('no reference in the list');
		if (!read(`/issues/${reference}`).includes(reference)) throw new Error('no issue');
	});
else skipped++;

await server.stop();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
