/**
 * `node tests/support/serve-demo.ts PORT COUNT`: the built product with the demo of today, so many times,
 * at PORT and the ports after it, each with data of its own: every worker of the browser journeys has one.
 */
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [first, count] = process.argv.slice(2).map(Number);
// Streets for the closest zooms alone: from further out the map is drawn as without.
const tiles = 'test-results/town.pmtiles';
execFileSync(process.execPath, ['tests/support/town-tiles.ts', tiles]);

const servers = Array.from({ length: count }, (_, n) => {
	const folder = `test-results/data-${n}`;
	rmSync(folder, { recursive: true, force: true });
	return spawn(process.execPath, ['src/serve.ts'], {
		stdio: 'inherit',
		env: {
			...process.env,
			PORT: String(first + n),
			DATA_DIR: folder,
			TILES_FILE: tiles,
			DEMO: '1',
			DEMO_STORY: 'today',
			RECENT_FACTOR_SECONDS: '8',
			LOG_LEVEL: 'warn'
		}
	});
});

const stop = () => servers.forEach((each) => each.kill('SIGTERM'));
process.on('SIGTERM', stop).on('SIGINT', stop);
for (const each of servers)
	each.once('exit', (code) => {
		stop();
		process.exitCode ||= code ?? 1;
	});
