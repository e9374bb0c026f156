import { expect, test } from 'vitest';
import type { Actor, Grant } from '../identity/permissions.ts';
import { endOfDay } from '../platform/time.ts';
import { quarterAt, quarterBefore, quarterOf, quarterWords } from './report-back.ts';
import {
	commitmentObstacle,
	dateObstacle,
	officesOf,
	possibleCommitmentDeeds,
	readCommitmentNumber,
	standingOf,
	type CommitmentState
} from './rules.ts';
import { dateLine } from './wording.ts';

const now = new Date('2026-11-24T08:00:00Z');
const due = endOfDay('2026-11-27')!;
const later = endOfDay('2026-12-11')!;
const earlier = endOfDay('2026-11-25')!;
const past = endOfDay('2026-11-20')!;

test('a day ends at midnight in Khanyisa, whatever the server thinks the time is', () => {
	expect(endOfDay('2026-11-27')?.toISOString()).toBe('2026-11-27T21:59:59.999Z');
	expect(endOfDay('2026-11-27', 'America/New_York')?.toISOString()).toBe(
		'2026-11-28T04:59:59.999Z'
	);
});

test.each(['', '2026-02-30', '27/11/2026', '2026-13-01', 'soon'])('%j is no day', (text) => {
	expect(endOfDay(text)).toBeNull();
});

// prettier-ignore
test.each([
	['promised', ['start', 'slip', 'keep', 'break']],
	['in_progress', ['progress', 'slip', 'keep', 'break']],
	['slipped', ['progress', 'slip', 'keep', 'break']],
	['kept', []],
	['broken', []]
] as const)('a promise that is %s can be moved by %j', (state, deeds) => {
	expect(possibleCommitmentDeeds(state)).toEqual(deeds);
});

// prettier-ignore
test.each([
	['slip', 'promised', { dueAt: later }, 'needs_a_reason'],
	['slip', 'promised', { words: 'The pump failed', dueAt: null }, 'needs_a_coming_date'],
	['slip', 'promised', { words: 'The pump failed', dueAt: earlier }, 'needs_a_later_date'],
	['slip', 'promised', { words: 'The pump failed', dueAt: due }, 'needs_a_later_date'],
	['slip', 'promised', { words: 'The pump failed', dueAt: later }, null],
	['slip', 'slipped', { words: 'And again', dueAt: later }, null],
	['keep', 'promised', {}, 'needs_evidence'],
	['keep', 'slipped', { words: 'The notice on the gate' }, null],
	['break', 'in_progress', { words: '  ' }, 'needs_a_reason'],
	['start', 'promised', {}, null],
	['start', 'slipped', {}, 'not_from_here'],
	['keep', 'broken', { words: 'It is there now' }, 'not_from_here'],
	['progress', 'in_progress', {}, 'needs_news']
] as const)('%s from %s with %j: %s', (name, state, sent, obstacle) => {
	expect(commitmentObstacle(name, { state, dueAt: due }, sent, now)).toBe(obstacle);
});

test('today can be promised, yesterday and the next century cannot', () => {
	expect(dateObstacle(endOfDay('2026-11-24'), now)).toBeNull();
	expect(dateObstacle(endOfDay('2026-11-23'), now)).toBe('needs_a_coming_date');
	expect(dateObstacle(endOfDay('2099-01-01'), now)).toBe('date_too_far');
});

// prettier-ignore
test.each([
	['promised', due, 'in_time'],
	['slipped', due, 'slipped'],
	['promised', past, 'overdue'],
	['slipped', past, 'overdue'],
	['kept', past, 'kept'],
	['broken', past, 'broken']
] as Array<[CommitmentState, Date, string]>)('%s, due %s, stands as %s', (state, dueAt, standing) => {
	expect(standingOf({ state, dueAt }, now)).toBe(standing);
});

const promise = {
	state: 'promised' as CommitmentState,
	dueAt: due,
	firstDueAt: due,
	slips: 0,
	settledAt: null
};
// prettier-ignore
test.each([
	[promise, 'By Fri 27 Nov'],
	[{ ...promise, state: 'slipped', slips: 1, firstDueAt: past }, 'Was Fri 20 Nov. Now Fri 27 Nov'],
	[{ ...promise, dueAt: past }, 'Was due Fri 20 Nov. No word since'],
	[{ ...promise, state: 'kept', settledAt: new Date('2026-11-23T07:00:00Z') }, 'Kept on Mon 23 Nov, 4 days early'],
	[{ ...promise, state: 'kept', settledAt: new Date('2026-11-27T20:00:00Z') }, 'Kept on Fri 27 Nov, on its date'],
	[{ ...promise, state: 'kept', slips: 1, firstDueAt: past, settledAt: new Date('2026-11-28T07:00:00Z') }, 'Kept on Sat 28 Nov, 1 day late. First promised for Fri 20 Nov'],
	[{ ...promise, state: 'broken', dueAt: past }, 'Broken: was due Fri 20 Nov']
] as Array<[typeof promise, string]>)('its date reads %#: %s', (commitment, line) => {
	expect(dateLine({ ...commitment, settledAt: commitment.settledAt as Date | null }, now)).toBe(line);
});

test.each([
	['P-12', 12],
	['p12', 12],
	[' 7 ', 7],
	['P-', null],
	['12; drop table', null]
])('%j is promise %s', (text, number) => expect(readCommitmentNumber(text)).toBe(number));

const grant = (role: Grant['role'], more: Partial<Grant> = {}): Grant => ({
	id: role,
	municipalityId: 'KHA',
	role,
	wardCode: null,
	departmentId: null,
	term: null,
	...more
});
const person = (...grants: Grant[]) => ({ id: 'x', grants }) as unknown as Actor;

test('everybody promises in their own office only', () => {
	const keys = (actor: Actor) => officesOf(actor, 'KHA').map(({ key }) => key);
	const [three, seven] = ['3', '7'].map((wardCode) => grant('councillor', { wardCode }));
	expect(keys(person(three, seven, seven))).toEqual(['ward-3', 'ward-7']);
	expect(keys(person(grant('director', { departmentId: 'water' })))).toEqual(['department-water']);
	expect(keys(person(grant('municipal_manager')))).toEqual(['municipality']);
	expect(keys(person(grant('agent'), grant('admin'), grant('ward_committee')))).toEqual([]);
	expect(keys(person(grant('councillor', { wardCode: '1', municipalityId: 'THO' })))).toEqual([]);
});

test('quarters meet without a gap on the municipality’s clock', () => {
	const [third, fourth] = [quarterOf('2026-Q3')!, quarterOf('2026-Q4')!];
	expect(fourth.from.getTime() - third.to.getTime()).toBe(1);
	expect(fourth.from.toISOString()).toBe('2026-09-30T22:00:00.000Z');
	expect(quarterAt(new Date('2026-12-31T22:30:00Z'))).toBe('2027-Q1');
	expect(quarterBefore('2027-Q1')).toBe('2026-Q4');
	expect(quarterWords('2026-Q4')).toBe('October to December 2026');
	expect(quarterOf('2026-Q5')).toBeNull();
});
