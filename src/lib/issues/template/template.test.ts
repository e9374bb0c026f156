import { expect, test } from 'vitest';
import { icons } from '../../ui/icons.ts';
import { departmentTemplate, serviceGroups, serviceTemplate } from './index.ts';

test('a full set: about sixty services, every group used, no code twice', () => {
	expect(serviceTemplate.length).toBeGreaterThan(60);
	expect(new Set(serviceTemplate.map(({ code }) => code)).size).toBe(serviceTemplate.length);
	expect(new Set(serviceTemplate.map(({ group }) => group)).size).toBe(serviceGroups.length);
});

test('every service goes to a department of the template, and every picture exists', () => {
	const codes: string[] = departmentTemplate.map(({ code }) => code);
	expect(serviceTemplate.filter(({ to }) => !codes.includes(to))).toEqual([]);
	expect(serviceGroups.filter(({ icon }) => !(icon in icons))).toEqual([]);
});

test('codes can stand in an address and in Open311; lists have something to choose', () => {
	for (const { code, questions = [] } of serviceTemplate) {
		expect(code).toMatch(/^[\w-]{2,30}$/);
		for (const question of questions)
			if (question.datatype.endsWith('list')) expect(question.values!.length).toBeGreaterThan(1);
	}
});

// prettier-ignore
test.each([['street-light', 30], ['pothole', 50], ['dumping', 75], ['burst-pipe', 150], ['wrong-bill', 0]])(
	'an open %s within %i m may be the same (cases.md 8)', (code, metres) => {
		expect(serviceTemplate.find((each) => each.code === code)?.near).toBe(metres);
	}
);

test('what is deadly stops the form with a number to call', () => {
	for (const code of ['live-wires', 'fire', 'crime'])
		expect(serviceTemplate.find((each) => each.code === code)?.stop).toMatch(/112/);
});
