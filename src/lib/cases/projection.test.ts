import fc from 'fast-check';
import { expect, test } from 'vitest';
import { project, replay, type ProjectedEvent, type Projection } from './projection.ts';
import { deedOf, deeds, type DeedName, type State } from './rules.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 8, minute));
const opened: ProjectedEvent = {
	kind: 'opened',
	stateFrom: 'open',
	stateTo: null,
	occurredAt: at(0),
	actorRole: 'reporter',
	visibility: 'public',
	facts: { departmentId: 'water', serviceId: 'leak', wardCode: '99901007', priority: 'high' }
};

const issueDeeds = (Object.keys(deeds) as DeedName[]).filter(
	(name) => deedOf(name).track === 'issue'
);

/** A life of a case: at each step any deed that is possible there, or a remark. */
const lives = fc
	.array(
		fc.record({
			pick: fc.nat(1000),
			remark: fc.constantFrom('reply', 'note', 'councillor_asked', 'councillor_reply', 'escalated'),
			talk: fc.boolean(),
			role: fc.constantFrom('reporter', 'supporter', 'department_officer', 'councillor', 'system'),
			visibility: fc.constantFrom('public' as const, 'private' as const, 'internal' as const),
			assigneeId: fc.option(fc.constantFrom('bheki', 'riaan'), { nil: undefined })
		}),
		{ maxLength: 40 }
	)
	.map((steps) => {
		const events = [opened];
		let state: State = 'open';
		for (const [index, step] of steps.entries()) {
			const here: State = state;
			const from: DeedName[] = issueDeeds.filter((name) => deedOf(name).from.includes(here));
			const deed: DeedName | null =
				step.talk || !from.length ? null : from[step.pick % from.length];
			const to: State | null =
				deed && deedOf(deed).to !== 'same' ? (deedOf(deed).to as State) : null;
			const stateTo: State | null = to === state ? null : to;
			events.push({
				kind: deed ?? (step.remark as 'reply'),
				stateFrom: state,
				stateTo,
				occurredAt: at(index + 1),
				actorRole: step.role,
				visibility: step.visibility,
				facts: { assigneeId: step.assigneeId }
			});
			state = stateTo ?? state;
		}
		return events;
	});

test('replayed in whatever batches, the events give the same row', () => {
	fc.assert(
		fc.property(lives, fc.array(fc.nat(41)), (events, cuts) => {
			const whole = replay(events);
			const edges = [...new Set([0, ...cuts.filter((cut) => cut < events.length), events.length])];
			edges.sort((a, b) => a - b);
			let row: Projection | undefined;
			for (let i = 1; i < edges.length; i++)
				row = replay(events.slice(edges[i - 1], edges[i]), row);
			expect(row).toEqual(whole);
		})
	);
});

test('the row never contradicts itself', () => {
	fc.assert(
		fc.property(lives, (events) => {
			const row = replay(events)!;
			expect(row.verifiedAt !== null).toBe(row.state === 'verified_closed');
			if (row.state === 'resolved_claimed') expect(row.claimedAt).not.toBeNull();
			if (row.state === 'open') expect([row.closedAt, row.claimedAt]).toEqual([null, null]);
			expect(row.lastEventAt).toEqual(events.at(-1)!.occurredAt);
		})
	);
});

const happened = (kind: ProjectedEvent['kind'], more: Partial<ProjectedEvent>): ProjectedEvent => ({
	kind,
	stateFrom: 'open',
	stateTo: null,
	occurredAt: at(30),
	actorRole: 'department_officer',
	visibility: 'public',
	facts: {},
	...more
});
const start = replay([opened])!;

test.each<[string, ProjectedEvent, Date | null]>([
	['an answer leaves it open', happened('reply', {}), null],
	['a start is an acknowledgement', happened('start', { stateTo: 'in_progress' }), at(30)],
	[
		'what the system does is none',
		happened('assign', { stateTo: 'assigned', actorRole: 'system' }),
		null
	],
	[
		'what only colleagues see is none',
		happened('assign', { stateTo: 'assigned', visibility: 'internal' }),
		null
	]
])('acknowledged (cases.md 5.1): %s', (_, event, expected) => {
	expect(project(start, event).acknowledgedAt).toEqual(expected);
});

test("a councillor's words acknowledge no issue, and answer those who asked", () => {
	const assigned = project(start, happened('assign', { stateTo: 'assigned', actorRole: 'system' }));
	const said = project(assigned, happened('councillor_reply', { actorRole: 'councillor' }));
	expect([said.acknowledgedAt, said.councillorAnsweredAt]).toEqual([null, at(30)]);
});

test('opened again, its claim is gone and the history counts it', () => {
	const claimed = project(start, happened('claim', { stateTo: 'resolved_claimed' }));
	const again = project(
		claimed,
		happened('contradict', { stateTo: 'open', actorRole: 'reporter' })
	);
	expect([again.claimedAt, again.reopenedCount, again.state]).toEqual([null, 1, 'open']);
});
