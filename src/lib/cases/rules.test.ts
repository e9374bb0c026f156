import { describe, expect, test } from 'vitest';
import { roles, permissions, type Permission, type Role } from '../identity/permissions.ts';
import {
	deedObstacle,
	deedOf,
	deeds,
	possibleDeeds,
	states,
	stateType,
	type Attempt,
	type DeedName
} from './rules.ts';
import { possibleRemarks, remarkObstacle, staffRemarks, type StaffRemark } from './remarks.ts';
import { deedWords, obstacleWords, remarkWords, stateWords } from './wording.ts';

const names = Object.keys(deeds) as DeedName[];
const may = (role: Role) => (permission: Permission) => role in permissions[permission];
const everything = {
	words: 'The joint was replaced.',
	photos: 1,
	departmentId: 'water',
	assigneeId: 'bheki',
	body: 'sanral'
};
const attempt = (name: DeedName, more: Partial<Attempt>): Attempt => ({
	track: deedOf(name).track,
	state: deedOf(name).from[0],
	may: () => false,
	part: null,
	code: deedOf(name).codes?.[0],
	...everything,
	...more
});

/** Who may do each deed, as the law and the house want it. The table is written out so that a slip in it shows. */
// prettier-ignore
const whoMay: Record<DeedName, Role[]> = {
	release: ['agent', 'communications'],
	acknowledge: ['agent', 'field_worker', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	take: ['field_worker', 'department_officer', 'supervisor', 'director'],
	assign: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	reassign: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	reroute: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	start: ['field_worker', 'department_officer', 'supervisor', 'director'],
	hold: ['field_worker', 'department_officer', 'supervisor', 'director'],
	claim: ['field_worker', 'department_officer', 'supervisor', 'director'],
	decline: ['department_officer', 'supervisor', 'director'],
	confirm: [],
	contradict: [],
	reopen: ['agent', 'supervisor', 'director', 'municipal_manager'],
	withdraw: [],
	consider: ['councillor'], accept: ['councillor'], reject: ['councillor'], retire: ['councillor'],
	take_back: [],
	publish: ['agent', 'communications']
};

describe.each(names)('%s', (name) => {
	const { from, by } = deedOf(name);

	test.each(roles)('as %s, in every state', (role) => {
		for (const state of states) {
			const obstacle = deedObstacle(name, attempt(name, { state, may: may(role) }));
			const expected = !whoMay[name].includes(role)
				? 'not_allowed'
				: from.includes(state)
					? null
					: 'not_from_here';
			expect([state, obstacle]).toEqual([state, expected]);
		}
	});

	test.each(['reporter', 'supporter'] as const)('as the %s, in every state', (part) => {
		const allowed = by.some((doer) => 'part' in doer && doer.part.includes(part));
		for (const state of states)
			expect([state, deedObstacle(name, attempt(name, { state, part }))]).toEqual([
				state,
				!allowed ? 'not_allowed' : from.includes(state) ? null : 'not_from_here'
			]);
	});

	test('can be read', () => {
		expect(deedWords[name].label).toMatch(/^[A-Z]/);
	});
});

test.each<DeedName>(['take', 'assign', 'reassign', 'reroute', 'start', 'hold', 'claim', 'decline'])(
	'a councillor can never %s: interfering in administration is forbidden (Structures Act, Schedule 7, item 10)',
	(name) => {
		expect(deedObstacle(name, attempt(name, { may: may('councillor') }))).toBe('not_allowed');
	}
);

test.each<[string, DeedName, Partial<Attempt>, string]>([
	['a pause without its reason', 'hold', { code: undefined }, 'needs_a_code'],
	['a pause with a reason of our own making', 'hold', { code: 'lunch' }, 'needs_a_code'],
	['a refusal without words', 'decline', { words: ' ' }, 'needs_a_reason'],
	['not us, and nobody named', 'decline', { body: undefined }, 'needs_a_body'],
	['nothing will be done, and nobody named', 'decline', { code: 'no_action', body: undefined }, ''],
	['fixed, with neither photo nor words', 'claim', { words: '', photos: 0 }, 'needs_proof'],
	['fixed, with a photo alone', 'claim', { words: '' }, ''],
	['fixed, with words alone', 'claim', { photos: 0 }, ''],
	['sent on to nowhere', 'reroute', { departmentId: null }, 'needs_a_department'],
	['given to nobody', 'assign', { departmentId: null, assigneeId: null }, 'needs_somebody'],
	['given to a team', 'assign', { assigneeId: null }, ''],
	['a suggestion said to be fixed', 'claim', { track: 'suggestion' }, 'other_track'],
	['a case that moderation hid', 'claim', { hidden: true }, 'hidden']
])('%s', (_, name, more, obstacle) => {
	expect(deedObstacle(name, attempt(name, { may: () => true, ...more })) ?? '').toBe(obstacle);
});

test('who may not do it learns nothing else', () => {
	expect(deedObstacle('claim', attempt('claim', { state: 'declined', words: '', photos: 0 }))).toBe(
		'not_allowed'
	);
});

test('a page offers what can be done here, before words and proof are there', () => {
	const at = { track: 'issue', state: 'in_progress', part: null } as const;
	expect(possibleDeeds({ ...at, may: may('field_worker') })).toEqual(['hold', 'claim']);
	expect(possibleDeeds({ ...at, may: may('councillor') })).toEqual([]);
	expect(possibleDeeds({ ...at, may: may('supervisor'), hidden: true })).toEqual([]);
});

test('closed is not fixed: only a resident ends at fixed and confirmed', () => {
	const toFixed = names.filter((name) => deedOf(name).to === 'verified_closed');
	expect(toFixed).toEqual(['confirm']);
	expect(stateType.resolved_claimed).toBe('claimed');
});

test('no state is a dead end for what is not closed, and every state can be read', () => {
	const leaves = (state: string) =>
		names.some((name) => (deedOf(name).from as readonly string[]).includes(state));
	const stuck = states.filter((state) => stateType[state] !== 'closed' && !leaves(state));
	expect(stuck).toEqual([]);
	for (const state of states) expect(stateWords[state].label).not.toBe('');
});

// prettier-ignore
const whoMaySay: Record<StaffRemark, Role[]> = {
	reply: ['agent', 'field_worker', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	note: ['agent', 'field_worker', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	councillor_reply: ['councillor'],
	councillor_asked: ['agent', 'field_worker', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	department_asked: ['councillor'],
	escalated: ['councillor', 'agent', 'supervisor'],
	service_changed: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	ward_changed: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager'],
	priority_changed: ['agent', 'department_officer', 'supervisor', 'director', 'municipal_manager']
};

describe.each(Object.keys(staffRemarks) as StaffRemark[])('remark %s', (name) => {
	test.each(roles)('as %s', (role) => {
		const obstacle = remarkObstacle(name, {
			state: 'in_progress',
			may: may(role),
			words: 'The valve is on order.',
			code: name === 'escalated' ? 'director' : 'high'
		});
		expect(obstacle).toBe(whoMaySay[name].includes(role) ? null : 'not_allowed');
	});
	test('can be read', () => expect(remarkWords[name].label).toMatch(/^[A-Z]/));
});

test('an answer is possible after the end; an escalation is not', () => {
	const at = { state: 'verified_closed', may: () => true } as const;
	expect(possibleRemarks(at)).toContain('reply');
	expect(possibleRemarks(at)).not.toContain('escalated');
	expect(remarkObstacle('note', at)).toBe('needs_words');
});

test('every obstacle says what to do', () => {
	for (const words of Object.values(obstacleWords)) expect(words).toMatch(/^[A-Z].*\.$/);
});
