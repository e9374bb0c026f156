import { m, tongueOf, type Locale } from '../../i18n/index.ts';
import type { Question, ServiceTerms } from '../rules.ts';

type Spoken = (holes: object, options?: { locale?: Locale }) => string;

/** The words of the template by what they are in English. */
const known = new Map(
	Object.entries(m as unknown as Record<string, Spoken>)
		.filter(([name]) => /^(services|emergency)_/.test(name))
		.map(([, speak]) => [speak({}, { locale: 'en' }), speak])
);

/**
 * What a service, its group, a question or an answer is called, in the language of whoever asks. Only
 * the template's words are known in several languages: what a municipality wrote itself stays as it is.
 */
export const serviceWords = (text: string): string => known.get(text)?.({}) ?? text;

/** For `lang=""` of advice on which lives hang: in English until somebody has approved its translation. */
export function tongueOfAdvice(text: string | null): string | undefined {
	const speak = known.get(text ?? '');
	return speak && tongueOf(speak);
}

/** What a service asks and advises, in the same way. */
export const spokenTerms = <Asked extends Pick<ServiceTerms, 'stopAdvice' | 'questions'>>(
	terms: Asked
): Asked => ({
	...terms,
	stopAdvice: terms.stopAdvice && serviceWords(terms.stopAdvice),
	questions: terms.questions.map(spokenQuestion)
});

const spokenQuestion = ({ question, hint, values, ...rest }: Question): Question => ({
	...rest,
	question: serviceWords(question),
	...(hint !== undefined && { hint: serviceWords(hint) }),
	values: values.map(({ name, stop, ...value }) => ({
		...value,
		name: serviceWords(name),
		...(stop !== undefined && { stop: serviceWords(stop) })
	}))
});
