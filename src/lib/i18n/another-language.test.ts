import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '../../words.ts';
import { calendars } from './calendar.ts';
import { languages, type Language } from './languages.ts';

const official = Object.keys(languages) as Language[];

test.each(official)(
	'%s has its own seven days and twelve months, none like another',
	(language) => {
		const { weekdays, months } = calendars[language];
		expect(new Set(weekdays).size).toBe(7);
		expect(new Set(months).size).toBe(12);
		for (const name of [...weekdays, ...months]) expect(name).toMatch(/^\p{Lu}[\p{L}’]{1,2}$/u);
	}
);

const plugin = 'plugin.inlang.messageFormat';
const from = join(import.meta.dirname, '../../..');
let home: string;

beforeAll(() => {
	mkdirSync(join(from, 'test-results'), { recursive: true });
	home = join(mkdtempSync(join(from, 'test-results/language-')), 'i18n');
});
afterAll(() => rmSync(join(home, '..'), { recursive: true, force: true }));

test('Xitsonga is added by files alone: its code, its words and no line of code', async () => {
	const source = join(from, 'src/lib/i18n');
	for (const each of ['words', 'project.inlang'])
		cpSync(join(source, each), join(home, each), { recursive: true });
	const settings = JSON.parse(readFileSync(join(home, 'project.inlang/settings.json'), 'utf8'));
	writeFileSync(
		join(home, 'project.inlang/settings.json'),
		// One room of words is enough to show it, and quicker.
		JSON.stringify({
			...settings,
			locales: [...settings.locales, 'ts'],
			[plugin]: { pathPattern: ['./words/{locale}/shell.json'] }
		})
	);
	cpSync(join(home, 'words/en'), join(home, 'words/ts'), { recursive: true });
	const shell = JSON.parse(readFileSync(join(home, 'words/ts/shell.json'), 'utf8'));
	writeFileSync(
		join(home, 'words/ts/shell.json'),
		JSON.stringify({ ...shell, shell_home: 'Kaya' })
	);

	await compile({
		...words,
		project: join(home, 'project.inlang'),
		outdir: join(home, 'generated')
	});
	const { locales, isLocale } = await import(join(home, 'generated/runtime.js'));
	const { shell_home, shell_days_ago } = await import(join(home, 'generated/messages.js'));
	expect(locales).toEqual([...settings.locales, 'ts']);
	expect(isLocale('ts')).toBe(true);
	expect(shell_home({}, { locale: 'ts' })).toBe('Kaya');
	expect(shell_home({}, { locale: 'zu' })).toBe('Ekhaya');
	expect(shell_days_ago({ n: 3 }, { locale: 'ts' })).toBe('3 days ago');
});
