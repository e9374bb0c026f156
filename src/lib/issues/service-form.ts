import * as v from 'valibot';
import { line, list, neededLine, oneOf, tick, wholeNumber, words } from '../platform/fields.ts';
import type { QuestionValue } from './services.ts';

export const priorities = ['emergency', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const priorityWords: Record<Priority, string> = {
	emergency: 'Emergency',
	high: 'High',
	normal: 'Normal',
	low: 'Low'
};

/** Pictures a service can carry on the form, with the word that says what is drawn. */
// prettier-ignore
export const serviceIcons = {
	drop: 'Water', bolt: 'Electricity', road: 'Road', bin: 'Rubbish', tree: 'Tree', fire: 'Fire',
	home: 'House', shield: 'Safety', people: 'People', paper: 'Paper', key: 'Key', sound: 'Noise',
	bulb: 'Light', box: 'Box', shelter: 'Shelter', map: 'Land', report: 'Anything else'
} as const;
export type ServiceIcon = keyof typeof serviceIcons;

const iconNames = Object.keys(serviceIcons) as [ServiceIcon, ...ServiceIcon[]];

const keywords = v.pipe(
	line('Other words', 400),
	v.transform((text) => [
		...new Set(
			text
				.toLowerCase()
				.split(/\s*,\s*/)
				.filter(Boolean)
		)
	])
);

/** Everything about a service that is typed into one form. */
export const serviceForm = v.object({
	version: v.optional(v.string(), ''),
	name: neededLine('Name', 80, 'Give the service a name that residents would use'),
	group: neededLine('Group', 60, 'Say under which heading it stands'),
	description: words('Explanation', 500),
	keywords,
	icon: oneOf(iconNames, 'Choose a picture'),
	departmentId: line('Department', 36),
	priority: oneOf(priorities, 'Choose how urgent it usually is'),
	private: tick,
	anonymousAllowed: tick,
	stopAdvice: words('Advice', 500),
	duplicateMetres: wholeNumber('How near, in metres', 0, 2000),
	duplicateDays: wholeNumber('How recent, in days', 0, 365),
	active: tick
});
export type ServiceFacts = Omit<v.InferOutput<typeof serviceForm>, 'version'>;

/** The attribute types of Open311 GeoReport v2, and what people call them. */
export const datatypes = [
	'string',
	'text',
	'number',
	'datetime',
	'singlevaluelist',
	'multivaluelist'
] as const;
export type Datatype = (typeof datatypes)[number];

export const datatypeWords: Record<Datatype, string> = {
	string: 'A few words',
	text: 'A longer answer',
	number: 'A number',
	datetime: 'A day and time',
	singlevaluelist: 'One answer of a list',
	multivaluelist: 'Any answers of a list'
};

export const isList = (datatype: Datatype) => datatype.endsWith('list');

/** An answer of a list as it is typed; `stop` is the advice that ends the form. */
export interface Answer {
	name: string;
	stop?: string;
}

/** One extra question. `value` and `stop` come in pairs: an answer, and the advice that ends the form. */
export const questionForm = v.pipe(
	v.object({
		version: v.optional(v.string(), ''),
		question: neededLine('Question', 160, 'Write the question'),
		hint: line('Hint', 200),
		datatype: oneOf(datatypes, 'Choose what kind of answer it wants'),
		required: tick,
		value: v.pipe(
			list,
			v.check(
				(all) => all.length <= 40 && all.every((one) => one.length <= 100),
				'Answers: 40 at most, of 100 characters each'
			)
		),
		stop: v.pipe(
			list,
			v.check((all) => all.every((one) => one.length <= 300), 'Advice: 300 characters at most')
		)
	}),
	v.forward(
		v.check(
			({ datatype, value }) => !isList(datatype) || value.filter(Boolean).length >= 2,
			'Give at least two answers to choose from'
		),
		['value']
	),
	v.transform(({ version, value, stop, ...rest }) => ({
		version,
		facts: {
			...rest,
			answers: isList(rest.datatype)
				? value
						.map((name, i): Answer => ({ name, stop: stop[i] || undefined }))
						.filter(({ name }) => name)
				: []
		}
	}))
);
export type QuestionFacts = v.InferOutput<typeof questionForm>['facts'];

/**
 * The answers with their keys: one that keeps its name keeps its key, so that reports already made
 * still say the same.
 */
export function keyedAnswers(
	answers: QuestionFacts['answers'],
	before: QuestionValue[],
	keyOf: (name: string, taken: string[]) => string
): QuestionValue[] {
	const taken = before.map(({ key }) => key);
	return answers.map(({ name, stop }) => {
		const known = before.find((value) => value.name === name);
		const key = known?.key ?? keyOf(name, taken);
		taken.push(key);
		return stop ? { key, name, stop } : { key, name };
	});
}
