import { describe, expect, test } from 'vitest';
import { deeds, remarks, type DeedName, type EventKind, type State } from './rules.ts';
import { residentOf, tell, type Happened, type Names } from './timeline.ts';

const names: Names = {
	department: (id) => ({ water: 'Water and Sanitation', roads: 'Roads and Stormwater' })[id ?? ''],
	service: (id) => ({ leak: 'Water leak', pothole: 'Pothole' })[id ?? '']
};
const event = (kind: EventKind, more: Partial<Happened> = {}): Happened => ({
	kind,
	actorRole: 'department_officer',
	facts: { departmentId: 'water' },
	...more
});

const kinds: EventKind[] = ['opened', ...(Object.keys(deeds) as DeedName[]), ...remarks];

test.each(kinds)('%s is a whole sentence with a shape', (kind) => {
	const told = tell(event(kind), names);
	expect(told.title).toMatch(/^[A-Z]/);
	expect(told.title).not.toMatch(/undefined|Something changed|_/);
	expect(told.icon).not.toBe('more');
});

describe('in plain words', () => {
	// prettier-ignore
	const lines: Array<[string, Happened, string]> = [
		['received', event('opened', { actorRole: 'reporter', channel: 'web' }), 'Received, number given: sent to Water and Sanitation'],
		['paused with its reason', event('hold', { facts: { code: 'parts' } }), 'Paused: waiting for parts'],
		['declined with its reason', event('decline', { facts: { code: 'not_responsible' } }), 'Not taken up: another body is responsible'],
		['passed on', event('reroute', { facts: { departmentId: 'roads' } }), 'Passed on to Roads and Stormwater'],
		['said to be fixed', event('claim'), 'Said to be fixed'],
		['confirmed by the reporter', event('confirm', { actorRole: 'reporter' }), 'Fixed, says the resident who reported it'],
		['confirmed by a supporter', event('confirm', { actorRole: 'supporter' }), 'Fixed, says a neighbour'],
		['contradicted', event('contradict', { actorRole: 'supporter' }), 'Not fixed, says a neighbour. Opened again'],
		['taken back', event('withdraw', { actorRole: 'reporter', facts: { code: 'fixed' } }), 'Taken back by the resident who reported it: it is no longer a problem'],
		['the councillor by name', event('councillor_reply', { actorRole: 'councillor', actorName: 'Lindiwe Hartzen' }), 'Councillor Lindiwe Hartzen wrote'],
		['a department by name', event('reply'), 'Water and Sanitation wrote'],
		['a new category', event('service_changed', { facts: { fromServiceId: 'leak', serviceId: 'pothole' } }), 'Category changed from Water leak to Pothole'],
		['six who joined', event('supported', { actorRole: 'supporter', facts: { count: 6 } }), '6 more neighbours joined'],
		['three photos', event('photo_added', { actorRole: 'reporter', facts: { photoIds: ['a', 'b', 'c'] } }), 'The resident who reported it added 3 photos']
	];
	test.each(lines)('%s', (_, happened, sentence) => {
		expect(tell(happened, names).title).toBe(sentence);
	});
});

test('a resident is named only when they asked for it', () => {
	const note = event('resident_note', { actorRole: 'reporter', actorName: 'Thandi Mokoena' });
	expect(tell(note, names).title).toBe('The resident who reported it wrote');
	expect(tell(note, { ...names, reporter: 'Thandi M.' }).title).toBe('Thandi M. wrote');
	expect(residentOf({ actorRole: 'supporter' }, { reporter: 'Thandi M.' })).toBe('a neighbour');
});

test('an official is an office, never a person', () => {
	const told = tell(event('start', { actorName: 'Riaan Mabuza' }), names);
	expect(JSON.stringify(told)).not.toContain('Riaan');
	expect(told.who).toBe('Water and Sanitation');
});

test.each<[EventKind, State, string]>([
	['claim', 'resolved_claimed', 'wait'],
	['confirm', 'verified_closed', 'good'],
	['contradict', 'open', 'bad'],
	['hold', 'on_hold', 'wait']
])('%s has a tone of its own', (kind, stateTo, tone) => {
	expect(tell(event(kind, { stateTo }), names).tone).toBe(tone);
});
