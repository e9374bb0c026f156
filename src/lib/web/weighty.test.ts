import { expect, test } from 'vitest';
import { factorFirst, isWeighty } from './weighty.ts';

const at = (path: string) => new URL(path, 'http://localhost');

// prettier-ignore
test.each([
	['/office/people/[person]', 'POST', '/office/people/x?/give', true],
	['/office/people/[person]', 'POST', '/office/people/x?done&/decide', true],
	['/office/people/[person]', 'POST', '/office/people/x?/sessions', false],
	['/office/people/[person]', 'GET', '/office/people/x?/give', false],
	['/office/privacy', 'POST', '/office/privacy', true],
	['/office/setup/retention', 'POST', '/office/setup/retention', true],
	['/office/people.csv', 'GET', '/office/people.csv?q=a', true],
	['/office/cases', 'POST', '/office/cases', false],
	[null, 'POST', '/nowhere', false]
])('%s by %s at %s: weighty %s', (route, method, path, answer) => {
	expect(isWeighty(route, method, at(path))).toBe(answer);
});

test('a form that carries a proof of our own page carries it on', () => {
	expect(factorFirst('POST', at('/office/privacy?from=abc')).to).toBe(
		'/account/second-factor/deed?/ask&to=%2Foffice%2Fprivacy%3Ffrom%3Dabc&from=abc'
	);
});

test('a form goes on whole (307), a file is come back to (303)', () => {
	expect(factorFirst('POST', at('/office/people/x?/give'))).toEqual({
		status: 307,
		to: '/account/second-factor/deed?/ask&to=%2Foffice%2Fpeople%2Fx%3F%2Fgive'
	});
	expect(factorFirst('GET', at('/office/people.csv?q=a'))).toEqual({
		status: 303,
		to: '/account/second-factor?next=%2Foffice%2Fpeople.csv%3Fq%3Da'
	});
});
