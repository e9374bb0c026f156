import { pageLanguages } from '#lib/i18n/index.ts';
import { unreviewed } from '#lib/i18n/server/index.ts';
import { languages } from '#lib/i18n/languages.ts';
import type { Command } from '../command.ts';

export const translations: Command = {
	name: 'translations',
	usage: 'translations [LANGUAGE]',
	help: 'Counts the words of each language that no named translator has approved; with a language (af, xh, zu) it lists them, one a line.\n  npm run admin -- translations zu',
	alone: true,
	async run([asked], { print }) {
		if (asked) {
			if (!unreviewed[asked]) {
				print(`LANGUAGE: ${asked} is none of ${Object.keys(unreviewed).join(', ')}.`);
				return 2;
			}
			for (const name of unreviewed[asked]) print(name);
			return 0;
		}
		for (const language of pageLanguages)
			print(`${languages[language]}: ${unreviewed[language]?.length ?? 0} words not reviewed`);
		return 0;
	}
};
