import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.TEST_PORT ?? 4173);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
	(path) => path && existsSync(path)
);

export default defineConfig({
	outputDir: '../../test-results/browser',
	reporter: [['list'], ['json']],
	workers: 1,
	retries: process.env.CI ? 1 : 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	use: {
		baseURL: `http://localhost:${port}`,
		screenshot: 'only-on-failure',
		locale: 'en-ZA',
		timezoneId: 'Africa/Johannesburg',
		launchOptions: {
			executablePath: chromium,
			args: [
				'--no-sandbox',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync'
			]
		}
	},
	webServer: {
		command:
			'rm -rf test-results/data && node tests/support/town-tiles.ts test-results/town.pmtiles && exec node src/serve.ts',
		cwd: '../..',
		env: {
			PORT: String(port),
			DATA_DIR: 'test-results/data',
			// Streets for the closest zooms alone: from further out the map is drawn as without.
			TILES_FILE: 'test-results/town.pmtiles',
			DEMO: '1',
			DEMO_STORY: 'today',
			RECENT_FACTOR_SECONDS: '8',
			LOG_LEVEL: 'warn'
		},
		url: `http://localhost:${port}/readyz`,
		timeout: 300_000,
		stdout: 'pipe',
		gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 }
	}
});
