import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'postgresql',
	casing: 'snake_case',
	schema: './src/lib/*/server/**/schema.ts',
	out: './drizzle/migrations',
	migrations: { prefix: 'timestamp' },
	extensionsFilters: ['postgis']
});
