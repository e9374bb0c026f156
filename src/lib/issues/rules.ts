import { readPosition, type SentPosition } from '../geography/position.ts';
import { positionSentence } from '../geography/wording.ts';
import { m } from '../i18n/index.ts';
import type { QuestionValue } from './services.ts';

/** What a person can mend, and where. */
export interface Problem {
	field: string;
	message: string;
}

export interface Question {
	code: string;
	question: string;
	hint?: string;
	datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
	required: boolean;
	values: QuestionValue[];
}

/** What a service asks of a report. */
export interface ServiceTerms {
	private: boolean;
	anonymousAllowed: boolean;
	stopAdvice: string | null;
	questions: Question[];
}

export type Answers = Record<string, string | string[]>;

/** What somebody typed, before anything is looked up. */
export interface Typed {
	description: string;
	place: string;
	lat?: string | number;
	lon?: string | number;
	accuracy?: string | number;
	name: string;
	answers: Answers;
}

export const longest = { description: 5000, place: 300, name: 100, answer: 500, text: 2000 };

/** What is wrong with a position, or null. Positions are optional: none at all is sound. */
export function positionProblem(sent: SentPosition): string | null {
	const { obstacle, ...read } = readPosition(sent);
	if (!obstacle) return null;
	return positionSentence(obstacle, 'swapped' in read ? read.swapped : undefined);
}

/** Everything that stands in the way of sending, in the order of the page. */
export function reportProblems(typed: Typed, service: ServiceTerms | null): Problem[] {
	const problems: Problem[] = [];
	const say = (field: string, message: string | null) =>
		message && problems.push({ field, message });

	if (service?.stopAdvice) say('service', service.stopAdvice);
	for (const question of service?.questions ?? [])
		say(`q_${question.code}`, answerProblem(question, typed.answers[question.code]));
	say(
		'description',
		typed.description
			? tooLong(m.report_what_description(), typed.description, longest.description)
			: m.report_need_words()
	);
	say(
		'place',
		positionProblem(typed) ?? tooLong(m.report_what_place(), typed.place, longest.place)
	);
	say('name', tooLong(m.report_what_name(), typed.name, longest.name));
	return problems;
}

const tooLong = (what: string, text: string, most: number) =>
	text.length > most ? m.report_too_long({ what, length: text.length, most }) : null;

/** What is wrong with one answer, or null; an answer with `stop` gives its advice. */
export function answerProblem(
	{ question, datatype, required, values }: Question,
	answer: string | string[] | undefined
): string | null {
	const given = [answer ?? []].flat().filter(Boolean);
	if (given.length === 0) return required ? m.report_answer({ question }) : null;
	if (given.length > 1 && datatype !== 'multivaluelist') return m.report_answer_one({ question });
	const [text] = given;

	switch (datatype) {
		case 'number':
			return /^-?\d{1,12}([.,]\d{1,6})?$/.test(text) ? null : m.report_answer_number({ question });
		case 'datetime':
			return Number.isNaN(Date.parse(text)) ? m.report_answer_day({ question }) : null;
		case 'string':
			return tooLong(question, text, longest.answer);
		case 'text':
			return tooLong(question, text, longest.text);
		default: {
			const chosen = given.map((key) => values.find((value) => value.key === key));
			if (chosen.includes(undefined)) return m.report_answer_list({ question });
			return chosen.find((value) => value?.stop)?.stop ?? null;
		}
	}
}

/** Only the answers to questions that were asked, as they are kept. */
export const keptAnswers = (questions: Question[], answers: Answers): Answers =>
	Object.fromEntries(
		questions.flatMap(({ code }) => {
			const answer = answers[code];
			return answer?.length ? [[code, answer]] : [];
		})
	);
