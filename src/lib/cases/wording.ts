import type { IconName } from '../ui/icons.ts';
import type { EscalationLevel, Priority, StaffRemark } from './remarks.ts';
import type { DeclineCode, DeedName, HoldReason, Obstacle, State } from './rules.ts';

/** A state as people read it: words, and the shape of its ring (an icon of `ui/icons.ts`), and its tone. */
export const stateWords: Record<
	State,
	{ label: string; icon: IconName; tone: '' | 'good' | 'wait' | 'bad' | 'plain' }
> = {
	submitted: { label: 'Received, being looked at', icon: 's-in', tone: 'plain' },
	open: { label: 'Received', icon: 's-in', tone: '' },
	acknowledged: { label: 'Seen by a person', icon: 's-seen', tone: '' },
	assigned: { label: 'With a team', icon: 's-go', tone: '' },
	in_progress: { label: 'Work under way', icon: 's-work', tone: '' },
	on_hold: { label: 'Paused', icon: 's-hold', tone: 'wait' },
	resolved_claimed: { label: 'Said to be fixed', icon: 's-claim', tone: 'wait' },
	verified_closed: { label: 'Fixed, confirmed', icon: 's-done', tone: 'good' },
	referred_out: { label: 'Handed over', icon: 'arrow', tone: 'wait' },
	merged: { label: 'Part of a larger job', icon: 'people', tone: 'plain' },
	declined: { label: 'Not taken up', icon: 's-no', tone: 'plain' },
	withdrawn: { label: 'Taken back', icon: 's-no', tone: 'plain' },
	evaluating: { label: 'Being considered', icon: 's-seen', tone: '' },
	accepted: { label: 'Accepted', icon: 's-done', tone: 'good' },
	rejected: { label: 'Not accepted', icon: 's-no', tone: 'plain' },
	retired: { label: 'Set aside', icon: 's-no', tone: 'plain' }
};

export const holdWords: Record<HoldReason, string> = {
	parts: 'waiting for parts',
	contractor: 'waiting for a contractor',
	weather: 'the weather',
	access: 'no access to the place',
	another_body: 'waiting for another body',
	budget: 'waiting for budget',
	resident: 'waiting for an answer from the reporter'
};

export const declineWords: Record<DeclineCode, string> = {
	not_responsible: 'another body is responsible',
	no_action: 'nothing will be done',
	invalid: 'not something the municipality can act on'
};

export const obstacleWords: Record<Obstacle, string> = {
	not_from_here: 'This has moved on since you opened it. Look at what happened, then decide again.',
	other_track: 'This cannot be done with a suggestion.',
	not_allowed: 'This page does not exist, or it is not yours to see.',
	needs_a_reason: 'Say why. It stays beside your name.',
	needs_words: 'Write what you want to say.',
	needs_a_code: 'Choose a reason from the list.',
	needs_proof: 'Show that it is done: add a photo, or say what was done.',
	needs_a_body:
		'Name the body that is responsible. Nobody is sent away without knowing where to go.',
	needs_a_department: 'Choose the department it goes to.',
	needs_somebody: 'Choose who does it.',
	hidden: 'This has been hidden by moderation.'
};

/** Which field a person has to change for each obstacle. */
export const obstacleField: Partial<Record<Obstacle, string>> = {
	not_from_here: 'version',
	needs_a_reason: 'words',
	needs_words: 'words',
	needs_a_code: 'code',
	needs_proof: 'words',
	needs_a_body: 'body',
	needs_a_department: 'department',
	needs_somebody: 'assignee'
};

/** A deed as the person at the desk would say it, and what it does. */
export const deedWords: Record<DeedName, { label: string; hint: string }> = {
	release: { label: 'Publish it', hint: 'It becomes public and starts' },
	acknowledge: { label: 'Say we have seen it', hint: 'A person has looked' },
	take: { label: 'Take it', hint: 'It becomes yours' },
	assign: { label: 'Give it to somebody', hint: 'They see it first thing' },
	reassign: { label: 'Give it to somebody else', hint: 'The work goes on' },
	reroute: { label: 'Send it to another department', hint: 'Why is public' },
	start: { label: 'Start the work', hint: 'Also after a pause' },
	hold: { label: 'Pause it', hint: 'The reason is public' },
	claim: { label: 'Say it is fixed', hint: 'With a photo or a note' },
	decline: { label: 'Do not take it up', hint: 'The reason is public' },
	confirm: { label: 'Yes, it is fixed', hint: '' },
	contradict: { label: 'No, it is not fixed', hint: '' },
	reopen: { label: 'Open it again', hint: 'Why is public' },
	withdraw: { label: 'Take it back', hint: '' },
	consider: { label: 'Consider it', hint: 'Say what happens next' },
	accept: { label: 'Accept it', hint: 'Say what follows' },
	reject: { label: 'Do not accept it', hint: 'Say why' },
	retire: { label: 'Set it aside', hint: 'Say why' },
	take_back: { label: 'Take it back', hint: '' },
	publish: { label: 'Publish it', hint: 'Neighbours can support it' }
};

export const remarkWords: Record<StaffRemark, { label: string; hint: string }> = {
	reply: { label: 'Tell the residents', hint: 'Or only the reporter' },
	note: { label: 'Leave a note for colleagues', hint: 'Residents do not see it' },
	councillor_reply: { label: 'Answer as councillor', hint: 'In public, or only to the reporter' },
	councillor_asked: { label: 'Ask the ward councillor', hint: 'It waits on their desk' },
	department_asked: { label: 'Ask the department', hint: 'Everyone sees that you asked' },
	escalated: { label: 'Escalate it', hint: 'Say why, and to whom' },
	service_changed: { label: 'Change the service', hint: 'A public line says so' },
	ward_changed: { label: 'Change the ward', hint: 'Its councillor sees it' },
	priority_changed: { label: 'Change the priority', hint: '' }
};

export const priorityWords: Record<Priority, string> = {
	emergency: 'Emergency',
	high: 'High',
	normal: 'Normal',
	low: 'Low'
};

export const escalationWords: Record<EscalationLevel, string> = {
	supervisor: 'the supervisor',
	director: 'the director',
	municipal_manager: 'the municipal manager'
};
