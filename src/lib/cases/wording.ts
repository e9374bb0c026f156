import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';
import type { IconName } from '../ui/icons.ts';
import type { EscalationLevel, Priority, StaffRemark } from './remarks.ts';
import type { DeclineCode, DeedName, HoldReason, Obstacle, State } from './rules.ts';

interface Look {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
}

/* @__NO_SIDE_EFFECTS__ */
const look = (say: () => string, icon: IconName, tone: Look['tone'] = ''): Look => ({
	get label() {
		return say();
	},
	icon,
	tone
});

/** A state as people read it: words, and the shape of its ring (an icon of `ui/icons.ts`), and its tone. */
export const stateWords: Record<State, Look> = {
	submitted: look(m.states_submitted, 's-in', 'plain'),
	open: look(m.states_open, 's-in'),
	acknowledged: look(m.states_acknowledged, 's-seen'),
	assigned: look(m.states_assigned, 's-go'),
	in_progress: look(m.states_in_progress, 's-work'),
	on_hold: look(m.states_on_hold, 's-hold', 'wait'),
	resolved_claimed: look(m.states_resolved_claimed, 's-claim', 'wait'),
	verified_closed: look(m.states_verified_closed, 's-done', 'good'),
	referred_out: look(m.states_referred_out, 'arrow', 'wait'),
	merged: look(m.states_merged, 'people', 'plain'),
	declined: look(m.states_declined, 's-no', 'plain'),
	withdrawn: look(m.states_withdrawn, 's-no', 'plain'),
	evaluating: look(m.states_evaluating, 's-seen'),
	accepted: look(m.states_accepted, 's-done', 'good'),
	rejected: look(m.states_rejected, 's-no', 'plain'),
	retired: look(m.states_retired, 's-no', 'plain')
};

export const holdWords = tableOf<HoldReason>({
	parts: m.states_hold_parts,
	contractor: m.states_hold_contractor,
	weather: m.states_hold_weather,
	access: m.states_hold_access,
	another_body: m.states_hold_another_body,
	budget: m.states_hold_budget,
	resident: m.states_hold_resident
});

export const declineWords = tableOf<DeclineCode>({
	not_responsible: m.states_decline_not_responsible,
	no_action: m.states_decline_no_action,
	invalid: m.states_decline_invalid
});

/** Residents meet the first of these; what only staff are asked for is said in English. */
export const obstacleWords = tableOf<Obstacle>({
	not_from_here: m.refusals_moved_on,
	other_track: m.refusals_not_for_suggestions,
	not_allowed: m.shell_not_found,
	hidden: m.refusals_hidden,
	needs_a_reason: () => 'Say why. It stays beside your name.',
	needs_words: () => 'Write what you want to say.',
	needs_a_code: () => 'Choose a reason from the list.',
	needs_proof: () => 'Show that it is done: add a photo, or say what was done.',
	needs_a_body: () =>
		'Name the body that is responsible. Nobody is sent away without knowing where to go.',
	needs_a_department: () => 'Choose the department it goes to.',
	needs_somebody: () => 'Choose who does it.'
});

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
