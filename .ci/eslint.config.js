import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from '../svelte.config.js';

export default [
	{ ignores: ['src/lib/i18n/generated/', '.svelte-kit/', 'build/', '/data/', 'test-results/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		// We are served from the root of our own address.
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	}
];
