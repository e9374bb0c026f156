import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldReason } from './held.ts';
import {
	answerProblem,
	positionProblem,
	reportProblems,
	type Question,
	type ServiceTerms,
	type Typed
} from './rules.ts';

const burstPipe: Typed = {
	description: 'Water is running down Vlei Street',
	place: 'Corner by the clinic',
	name: 'Thandi Mokoena',
	answers: {}
};
const water: ServiceTerms = {
	private: false,
	anonymousAllowed: true,
	stopAdvice: null,
	questions: []
};

// prettier-ignore
test.each([
	[{}, null],
	[{ lat: -34.03, lon: 23.04 }, null],
	[{ lat: 23.04, lon: -34.03 }, /changed places/],
	[{ lat: 51.5, lon: -0.1 }, /not in South Africa/],
	[{ lat: Number.NaN, lon: 23 }, /are numbers/],
	[{ lat: Infinity, lon: 23 }, /are numbers/],
	[{ lat: -34 }, /both latitude and longitude/],
	[{ lat: 0, lon: 0 }, /not in South Africa/]
])('the position %o: %s', (position, problem) => {
	const found = positionProblem(position);
	if (problem) expect(found).toMatch(problem);
	else expect(found).toBeNull();
});

test('a sound report has no problem; an empty one names the words', () => {
	expect(reportProblems(burstPipe, water)).toEqual([]);
	expect(reportProblems({ ...burstPipe, description: '' }, water)).toEqual([
		{ field: 'description', message: 'Tell us what you see, in a few words' }
	]);
});

test('100 000 characters are refused by length, naming the field', () => {
	const [problem] = reportProblems({ ...burstPipe, description: 'x'.repeat(100_000) }, water);
	expect(problem).toEqual({
		field: 'description',
		message: 'What you see is 100000 characters long. Make it 5000 or fewer'
	});
});

test('a service for emergencies stops the form with its advice', () => {
	const fire = { ...water, stopAdvice: 'Call 107 or 112 now.' };
	expect(reportProblems(burstPipe, fire)).toContainEqual({
		field: 'service',
		message: 'Call 107 or 112 now.'
	});
});

const ask = (facts: Partial<Question>): Question => ({
	code: 'x',
	question: 'Which pole?',
	datatype: 'string',
	required: false,
	values: [
		{ key: 'no', name: 'No' },
		{ key: 'yes', name: 'Yes', stop: 'Keep away and call 112.' }
	],
	...facts
});

// prettier-ignore
test.each([
	[ask({}), undefined, null],
	[ask({ required: true }), '', /Answer this/],
	[ask({ required: true }), [], /Answer this/],
	[ask({}), 'VL 118', null],
	[ask({}), ['a', 'b'], /one answer/],
	[ask({}), 'x'.repeat(501), /501 characters/],
	[ask({ datatype: 'number' }), '12,5', null],
	[ask({ datatype: 'number' }), '12; drop table', /Write a number/],
	[ask({ datatype: 'datetime' }), '2026-11-20T10:00', null],
	[ask({ datatype: 'datetime' }), 'last week', /day and time/],
	[ask({ datatype: 'singlevaluelist' }), 'no', null],
	[ask({ datatype: 'singlevaluelist' }), 'maybe', /Choose from the list/],
	[ask({ datatype: 'singlevaluelist' }), 'yes', /call 112/],
	[ask({ datatype: 'multivaluelist' }), ['no', 'yes'], /call 112/]
])('an answer is looked at by its type', (question, answer, problem) => {
	const found = answerProblem(question, answer);
	if (problem) expect(found).toMatch(problem);
	else expect(found).toBeNull();
});

// prettier-ignore
test.each([
	['This bloody pipe has been leaking for weeks, damn it', null],
	['Call me on 082 123 4567 about meter 12345678901', null],
	['My ID is 8001015009087 and nobody helps', 'id_number'],
	['http://a.example http://b.example www.c.example', 'links'],
	['See https://a.example', null]
])('%s is held: %s', (words, reason) => {
	expect(heldReason(words)).toBe(reason);
});

test('whatever is typed, the rules answer and do not throw', () => {
	fc.assert(
		fc.property(
			fc.record({
				description: fc.string(),
				place: fc.string(),
				name: fc.string(),
				lat: fc.option(fc.double(), { nil: undefined }),
				lon: fc.option(fc.double(), { nil: undefined }),
				answers: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())))
			}),
			(typed) => {
				const problems = reportProblems(typed, { ...water, questions: [ask({ required: true })] });
				expect(problems.every(({ message }) => message.length > 5)).toBe(true);
			}
		)
	);
});
