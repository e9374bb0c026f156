import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';

/** Why moderation changes what others see, as everybody reads it. */
export const moderationReasons = tableOf({
	insult: m.states_why_insult,
	personal: m.states_why_personal,
	person: m.states_why_person,
	false: m.states_why_false,
	advert: m.states_why_advert,
	elsewhere: m.states_why_elsewhere,
	mistake: m.states_why_mistake,
	flagged: m.states_why_flagged
});

export type ModerationReason = keyof typeof moderationReasons;

export const isModerationReason = (text: unknown): text is ModerationReason =>
	typeof text === 'string' && Object.hasOwn(moderationReasons, text);

export const moderationActs = ['hide', 'edit', 'redact', 'remove', 'restore'] as const;
export type ModerationAct = (typeof moderationActs)[number];

const actWords = tableOf<ModerationAct>({
	hide: m.states_act_hide,
	edit: m.states_act_edit,
	redact: m.states_act_redact,
	remove: m.states_act_remove,
	restore: m.states_act_restore
});

/** What everybody reads about an act of moderation: what it did, and why. */
export function sayModeration(act: unknown, reason: unknown): string {
	const did = actWords[act as ModerationAct] ?? m.states_act_other();
	return isModerationReason(reason) && act !== 'restore'
		? `${did}: ${moderationReasons[reason]}`
		: did;
}
