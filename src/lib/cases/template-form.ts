import * as v from 'valibot';
import { line, neededLine, oneOf, tick, words } from '../platform/fields.ts';
import { languages, type Language } from '../i18n/languages.ts';
import { states, type State } from './rules.ts';

const languageCodes = Object.keys(languages) as [Language, ...Language[]];

/** A ready answer as it is typed. Empty choices mean: all of them. */
export const templateForm = v.object({
	version: v.optional(v.string(), ''),
	name: neededLine('Name', 80, 'Give it a name that colleagues find'),
	text: v.pipe(words('Answer', 2000), v.minLength(1, 'Write the answer')),
	departmentId: line('Department', 36),
	serviceId: line('Service', 36),
	state: v.pipe(
		oneOf(['', ...states], 'Choose a state of the list'),
		v.transform((code): State | null => code || null)
	),
	language: oneOf(languageCodes, 'Choose its language'),
	active: tick
});
export type TemplateFacts = Omit<v.InferOutput<typeof templateForm>, 'version'>;
