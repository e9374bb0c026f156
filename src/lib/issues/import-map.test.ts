import * as v from 'valibot';
import { expect, test } from 'vitest';
import { importCode, importMapSchema, readRow } from './import-map.ts';

const map = v.parse(importMapSchema, {
	source: 'neighbour',
	none: ['', 'NA'],
	columns: {
		sourceRef: 'nr',
		otherRef: 'ref',
		createdAt: 'from',
		completedAt: 'to',
		service: 'what',
		latitude: 'lat',
		longitude: 'lon'
	}
});
const sound = {
	nr: '1',
	ref: '9',
	from: '2020-10-23T08:33:48Z',
	to: '',
	what: 'Pothole',
	lat: '-33.9',
	lon: '18.6'
};

// prettier-ignore
test.each([
	['a sound row', {}, true, []],
	['no number', { nr: 'NA' }, false, ['nr: the row has no number of its own']],
	['no time', { from: '' }, false, ['from: nobody knows when it was raised']],
	['a time that is none', { from: 'yesterday' }, false, ['from: “yesterday” is not a time']],
	['a time without an offset', { from: '2020-10-23T08:33:48' }, false, ['from: “2020-10-23T08:33:48” is not a time']],
	['no service', { what: 'NA' }, false, ['what: it does not say what it is about']],
	['completed first', { to: '2020-10-22T08:33:48Z' }, true, ['completed before it was created']],
	['no reference', { ref: 'NA' }, true, ['has no reference number']],
	['no position', { lat: 'NA' }, true, ['has no position']],
	['swapped', { lat: '18.6', lon: '-33.9' }, true, ['its position is not in South Africa: left out']],
	['not a number', { lat: 'north' }, true, ['its position is not in South Africa: left out']]
])('%s', (_, change, kept, remarks) => {
	const reading = readRow(map, { ...sound, ...change });
	expect(reading.request !== null).toBe(kept);
	expect(reading.remarks).toEqual(remarks);
});

test('local times are read on the clock of South Africa', () => {
	const local = { ...map, time: 'DD.MM.YYYY HH:mm' as const };
	const { request } = readRow(local, { ...sound, from: '24.11.2026 16:00' });
	expect(request?.createdAt.toISOString()).toBe('2026-11-24T14:00:00.000Z');
});

test('names of services become codes', () => {
	expect(importCode('Pothole&Defect Road Foot Bic Way/Kerbs')).toBe(
		'pothole-defect-road-foot-bic-way-kerbs'
	);
	expect(importCode('???')).toBe('other');
});
