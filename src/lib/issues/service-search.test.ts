import { expect, test } from 'vitest';
import { findServices } from './service-search.ts';
import { serviceGroups, serviceTemplate } from './template/index.ts';

const groups = serviceGroups.map(({ name }) => ({
	name,
	services: serviceTemplate
		.filter(({ group }) => group === name)
		.map(({ keywords = [], ...rest }) => ({ ...rest, keywords }))
}));
const found = (typed: string) => findServices(groups, typed).map(({ code }) => code);

// prettier-ignore
test.each([
	['pothole', 'pothole'],
	['potholes in our street', 'pothole'],
	['water', 'no-water'],
	['umgwaqo', 'pothole'],
	['amanzi', 'no-water'],
	['udoti', 'missed-collection'],
	['inkunkuma', 'missed-collection'],
	['ugesi', 'no-power-area'],
	['umbane', 'no-power-area'],
	['slaggat', 'pothole'],
	['vullis', 'missed-collection'],
	['ROBOT', 'traffic-light'],
	['streetlight', 'street-light']
])('“%s” finds %s', (typed, code) => {
	expect(found(typed)).toContain(code);
});

test.each(['pothole', 'fire', 'noise'])('“%s” finds the service of that name first', (word) => {
	expect(found(word)[0]).toBe(word);
});

test.each(['', '   ', 'x', 'qqqq', '<b>', '%'])('“%s” finds nothing', (typed) => {
	expect(found(typed)).toEqual([]);
});
