/**
 * `npm run test:browsers [name]`: the journeys that must go everywhere, in Firefox ESR (with and without
 * scripts) and WebKitGTK. Apart from `npm test`, whose time they would double; what is missing here is
 * named. Needs `npm run build`. w3m and lynx go along in `npm test`.
 * Debian: apt-get install --no-install-recommends firefox-esr webkit2gtk-driver xvfb
 */
import { existsSync } from 'node:fs';
import { serveImbizo } from '../../bench/served.ts';
import type { Driver } from './driver.ts';
import { firefox, firefoxProgram } from './firefox.ts';
import { pushReachesFirefox } from './firefox-push.ts';
import { journeys } from './journeys.ts';
import { webkit } from './webkit.ts';

const wanted = process.argv[2]?.toLowerCase() ?? '';
let [passed, failed, skipped] = [0, 0, 0];
const server = await serveImbizo();
const home = `http://localhost:${server.port}`;

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

function skip(what: string, many: number) {
	console.log(`- ${what}: not installed`);
	skipped += many;
}

const browsers: Array<[name: string, open: () => Promise<Driver | null>]> = [
	['Firefox ESR', () => firefox()],
	['Firefox ESR without JavaScript', () => firefox({ javaScript: false })],
	['WebKitGTK', webkit]
];
for (const [what, open] of browsers) {
	if (!what.toLowerCase().includes(wanted)) continue;
	const browser = await open();
	if (!browser) {
		skip(what, journeys.length);
		continue;
	}
	for (const { name, walk } of journeys) await tell(`${what} ${name}`, () => walk(browser, home));
	await browser.close();
}

if ('firefox esr push'.includes(wanted)) {
	if (existsSync(firefoxProgram)) await tell('Firefox ESR is told by push', pushReachesFirefox);
	else skip('Firefox ESR', 1);
}

await server.stop();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
