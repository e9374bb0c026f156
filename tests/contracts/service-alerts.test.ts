import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serviceAlertOf, type ToPublish } from '#lib/outages/service-alerts.ts';
import { outageStates } from '#lib/outages/rules.ts';
import { sharedData } from '../support/shared-data.ts';

const spec = sharedData('specs/cape-town-service-alerts-api.yaml');

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
const outage: ToPublish = {
	number: 12,
	state: 'open',
	planned: false,
	services: [
		{ name: 'No water', group: 'Water' },
		{ name: 'Weak water pressure', group: 'Water' }
	],
	areaDesc: 'Vlei Street and around',
	words: 'A main broke at the clinic.',
	startsAt: at(5),
	forecastEnd: at(12),
	endedAt: null,
	closedAt: null,
	publishedAt: at(6),
	reference: 'KHA-26-7K3MQ',
	wkt: 'MULTIPOLYGON(((28.51 -33.23,28.52 -33.23,28.52 -33.24,28.51 -33.23)))'
};

const cases: Array<[string, ToPublish]> = [
	...outageStates
		.filter((state) => state !== 'draft')
		.map((state): [string, ToPublish] => [state, { ...outage, state }]),
	['planned', { ...outage, planned: true }],
	[
		'without words, forecast or report',
		{ ...outage, words: '', forecastEnd: null, reference: null }
	],
	['back', { ...outage, state: 'resolved', endedAt: at(11) }],
	[
		'of a group a municipality named itself',
		{ ...outage, services: [{ name: 'Wifi', group: 'Wires' }] }
	]
];

test('what is not known is left out, and the first service names the area of service', () => {
	const { forecastEnd, reference, ...rest } = outage;
	expect([forecastEnd, reference]).toHaveLength(2);
	expect(serviceAlertOf({ ...rest, forecastEnd: null, reference: null })).toEqual({
		Id: 12,
		service_area: 'Water & Sanitation',
		title: 'No water, Weak water pressure',
		description: 'A main broke at the clinic.',
		area: 'Vlei Street and around',
		location: 'Vlei Street and around',
		publish_date: '2026-11-23T06:00:00.000Z',
		effective_date: '2026-11-23T05:00:00.000Z',
		start_timestamp: '2026-11-23T05:00:00.000Z',
		planned: false,
		geospatial_footprint: outage.wkt,
		status: 'Open'
	});
});

interface Property {
	type: string;
	format?: string;
	values?: string[];
}

/**
 * The properties of `ServiceAlertV1.2` with all it is built on, read from the published description:
 * its few YAML constructs (maps by indentation, plain lists) and no more.
 */
function propertiesIn(yaml: string): Record<string, Property> {
	const found: Record<string, Property> = {};
	const lines = yaml.slice(yaml.indexOf('\n  schemas:')).split('\n');
	let name = '';
	let under = -1;
	let listing = false;
	for (const line of lines) {
		const [, indent, key, value] = /^( *)([\w.-]+):\s*(.*)$/.exec(line) ?? [];
		const item = /^\s+- (?!\$ref|type)"?([^"]+?)"?\s*$/.exec(line)?.[1];
		if (item && listing) found[name].values?.push(item);
		if (key === undefined) continue;
		listing = false;
		if (key === 'properties') under = indent.length + 2;
		else if (indent.length === under) found[(name = key)] = { type: '' };
		else if (indent.length === under + 2 && name) {
			if (key === 'type') found[name].type = value;
			if (key === 'format') found[name].format = value;
			if (key === 'enum') {
				found[name].values = [];
				listing = true;
			}
		} else if (indent.length < under) under = -1;
	}
	return found;
}

function faults(alert: Record<string, unknown>, properties: Record<string, Property>): string[] {
	return Object.entries(alert).flatMap(([name, value]) => {
		const wanted = properties[name];
		if (!wanted) return [`${name} is none of its properties`];
		const type = typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
		if (type !== wanted.type) return [`${name} is ${type}, not ${wanted.type}`];
		if (wanted.values && !wanted.values.includes(String(value)))
			return [`${name} is “${String(value)}”, which is not listed`];
		const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value));
		return wanted.format === 'date-time' && !isInstant ? [`${name} is no instant in UTC`] : [];
	});
}

if (!spec)
	console.log('the service alerts of Cape Town: skipped, no shared/data beside the project');

describe.skipIf(!spec)('the published description of the City of Cape Town', () => {
	const properties = spec ? propertiesIn(readFileSync(spec, 'utf8')) : {};

	test('is read: names, types, lists', () => {
		expect(Object.keys(properties)).toHaveLength(18);
		expect(properties.Id.type).toBe('integer');
		expect(properties.planned.type).toBe('boolean');
		expect(properties.publish_date).toEqual({ type: 'string', format: 'date-time' });
		expect(properties.status.values).toEqual([
			'Open',
			'Assigned',
			'Crew on Site',
			'Issue Resolved',
			'Closed'
		]);
		expect(properties.service_area.values).toHaveLength(25);
	});

	test.each(cases)('%s is as it says', (_, each) => {
		expect(faults(serviceAlertOf(each), properties)).toEqual([]);
	});

	test('the check finds what is wrong', () => {
		const wrong = { ...serviceAlertOf(outage), status: 'Broken', Id: 'O-12', colour: 'red' };
		expect(faults({ ...wrong, start_timestamp: 'yesterday' }, properties)).toEqual([
			'Id is string, not integer',
			'start_timestamp is no instant in UTC',
			'status is “Broken”, which is not listed',
			'colour is none of its properties'
		]);
	});
});
