import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { serverFoldersStayOnTheServer } from './src/server-folders.ts';

export default defineConfig({
	plugins: [serverFoldersStayOnTheServer(), sveltekit()],
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		globalSetup: ['tests/support/databases.ts'],
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 240_000
	}
});
