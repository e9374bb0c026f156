import { expect, test } from 'vitest';
import { responsibleFor } from './responsible.ts';

const row = (name: string, line: object) => ({
	name,
	serviceId: null,
	group: null,
	wardCode: null,
	...line
});
const rows = [
	row('the district', { group: 'Water' }),
	row('the farm board', { group: 'Water', wardCode: '9' }),
	row('Thokozani', { serviceId: 'hydrant' }),
	row('the province', { serviceId: 'potholes', wardCode: '8' })
];

// prettier-ignore
test.each([
	['burst-pipe', 'Water', '7', 'the district'],
	['burst-pipe', 'Water', '9', 'the farm board'],
	['hydrant', 'Water', '9', 'Thokozani'],
	['potholes', 'Roads', '8', 'the province'],
	['potholes', 'Roads', '7', undefined],
	[null, null, null, undefined]
])('%s of %s in ward %s is for %s', (serviceId, group, wardCode, name) => {
	expect(responsibleFor(rows, { serviceId, group, wardCode })?.name).toBe(name);
});
