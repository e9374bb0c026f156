import type { Question } from '../rules.ts';
import type { QuestionValue } from '../services.ts';
import type { ServiceGroup } from './groups.ts';

export interface QuestionTemplate {
	code: string;
	question: string;
	hint?: string;
	datatype: Question['datatype'];
	required?: boolean;
	values?: QuestionValue[];
}

/** One service of the template; what is left out is as most services are. */
export interface ServiceTemplate {
	code: string;
	name: string;
	group: ServiceGroup;
	/** Code of a template department. */
	to: string;
	description?: string;
	keywords?: string[];
	priority?: 'emergency' | 'high' | 'normal' | 'low';
	/** Metres within which an open one may be the same; 0 asks nobody. */
	near?: number;
	private?: boolean;
	/** Cannot be handled without knowing who asks. */
	named?: boolean;
	stop?: string;
	questions?: QuestionTemplate[];
}

const yesNo = (stop?: string): QuestionValue[] => [
	{ key: 'no', name: 'No' },
	{ key: 'yes', name: 'Yes', ...(stop && { stop }) }
];

/** A yes or no that may end the form with advice. */
export const ask = (code: string, question: string, stop?: string): QuestionTemplate => ({
	code,
	question,
	datatype: 'singlevaluelist',
	values: yesNo(stop)
});

/** One line of words. */
export const line = (code: string, question: string, hint = ''): QuestionTemplate => ({
	code,
	question,
	hint,
	datatype: 'string'
});

/** One of a list. */
export const oneOf = (code: string, question: string, ...names: string[]): QuestionTemplate => ({
	code,
	question,
	datatype: 'singlevaluelist',
	values: names.map((name) => ({ key: keyOf(name), name }))
});

/** Any of a list. */
export const anyOf = (code: string, question: string, ...names: string[]): QuestionTemplate => ({
	...oneOf(code, question, ...names),
	datatype: 'multivaluelist'
});

/** A day and time. */
export const when = (code: string, question: string): QuestionTemplate => ({
	code,
	question,
	datatype: 'datetime'
});

const keyOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export const pole = line(
	'pole',
	'What number is on the pole?',
	'Painted or on a small plate, such as VL 118'
);
export const meter = line(
	'meter',
	'What is the meter number?',
	'On the meter itself or on a receipt: up to 11 digits'
);
export const account = line('account', 'What is the account number?', 'At the top of the bill');
