import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.TEST_PORT ?? 4173);
/** Each has a server with data of its own: nobody sees what the other's people do. */
const workers = Number(process.env.TEST_WORKERS ?? 1);
/** This process is one of them, or the one that starts them. */
const own = port + Number(process.env.TEST_PARALLEL_INDEX ?? 0);
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
	(path) => path && existsSync(path)
);

export default defineConfig({
	outputDir: '../../test-results/browser',
	reporter: [['list'], ['json']],
	workers,
	retries: process.env.CI ? 1 : 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	use: {
		baseURL: `http://localhost:${own}`,
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
	webServer: Array.from({ length: workers }, (_, n) => ({
		// The first starts them all.
		command:
			n === 0 ? `exec node tests/support/serve-demo.ts ${port} ${workers}` : 'sleep infinity',
		reuseExistingServer: n > 0,
		cwd: '../..',
		url: `http://localhost:${port + n}/readyz`,
		timeout: 300_000,
		stdout: 'pipe' as const,
		gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 }
	}))
});
