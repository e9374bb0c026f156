import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { words, writeApproved } from './src/words.ts';
import { serverFoldersStayOnTheServer } from './src/server-folders.ts';

writeApproved();

export default defineConfig({
	plugins: [serverFoldersStayOnTheServer(), paraglideVitePlugin(words), sveltekit()],
	// In parts, so that the map of the report form is fetched only when it is opened.
	worker: { format: 'es' },
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		globalSetup: ['tests/support/databases.ts'],
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 240_000
	}
});
