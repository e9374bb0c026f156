import type { Permission } from '../identity/permissions.ts';
import { stateType, type Obstacle, type Remark, type State } from './rules.ts';

export const priorities = ['emergency', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** To whom something is carried upwards, from the nearest on. */
export const escalationLevels = ['supervisor', 'director', 'municipal_manager'] as const;
export type EscalationLevel = (typeof escalationLevels)[number];

export interface RemarkRule {
	by: Permission;
	/** Who reads it, unless the person chose otherwise. */
	visibility: 'public' | 'private' | 'internal';
	/** May be kept between the reporter and us. */
	privately?: boolean;
	words?: boolean;
	codes?: readonly string[];
	/** Only while somebody still works on it. */
	whileOpen?: boolean;
}

/** What officials and councillors say beside the ladder. Residents' remarks come through their own verbs. */
// prettier-ignore
export const staffRemarks = {
	reply:            { by: 'case.reply', visibility: 'public', privately: true, words: true },
	note:             { by: 'case.reply', visibility: 'internal', words: true },
	councillor_reply: { by: 'case.comment', visibility: 'public', privately: true, words: true },
	councillor_asked: { by: 'case.reply', visibility: 'internal', words: true },
	department_asked: { by: 'case.ask', visibility: 'public', words: true },
	escalated:        { by: 'case.escalate', visibility: 'public', words: true, codes: escalationLevels, whileOpen: true },
	service_changed:  { by: 'case.assign', visibility: 'public', whileOpen: true },
	ward_changed:     { by: 'case.assign', visibility: 'public' },
	priority_changed: { by: 'case.assign', visibility: 'internal', codes: priorities, whileOpen: true }
} as const satisfies Partial<Record<Remark, RemarkRule>>;

export type StaffRemark = keyof typeof staffRemarks;
export const remarkRule = (name: StaffRemark): RemarkRule => staffRemarks[name];

export interface RemarkAttempt {
	state: State;
	may: (permission: Permission) => boolean;
	hidden?: boolean;
	words?: string;
	code?: string;
}

/** Why something cannot be said here, or null. */
export function remarkObstacle(name: StaffRemark, attempt: RemarkAttempt): Obstacle | null {
	const rule = remarkRule(name);
	if (!attempt.may(rule.by)) return 'not_allowed';
	if (attempt.hidden) return 'hidden';
	if (rule.whileOpen && !['held', 'open', 'paused'].includes(stateType[attempt.state]))
		return 'not_from_here';
	if (rule.codes && !rule.codes.includes(attempt.code ?? '')) return 'needs_a_code';
	if (rule.words && !attempt.words?.trim()) return 'needs_words';
	return null;
}

/** What somebody may say here: what a page offers. */
export const possibleRemarks = (attempt: Pick<RemarkAttempt, 'state' | 'may' | 'hidden'>) =>
	(Object.keys(staffRemarks) as StaffRemark[]).filter((name) => {
		const obstacle = remarkObstacle(name, attempt);
		return obstacle === null || obstacle.startsWith('needs_');
	});
