/** Why moderation changes what others see, as everybody reads it. */
export const moderationReasons = {
	insult: 'it insults or threatens somebody',
	personal: 'it shows personal details of somebody',
	person: 'a person can be recognised in a photo',
	false: 'it accuses somebody without showing it',
	advert: 'it advertises something',
	elsewhere: 'it is not about this',
	mistake: 'it was changed by mistake before',
	flagged: 'several residents said that something is wrong; a person looks at it now'
} as const;

export type ModerationReason = keyof typeof moderationReasons;

export const isModerationReason = (text: unknown): text is ModerationReason =>
	typeof text === 'string' && Object.hasOwn(moderationReasons, text);

export const moderationActs = ['hide', 'edit', 'redact', 'remove', 'restore'] as const;
export type ModerationAct = (typeof moderationActs)[number];

const actWords: Record<ModerationAct, string> = {
	hide: 'Hidden by moderation',
	edit: 'Words were changed by moderation',
	redact: 'A photo was covered in part by moderation',
	remove: 'A photo was taken down by moderation',
	restore: 'Shown again by moderation'
};

/** What everybody reads about an act of moderation: what it did, and why. */
export function sayModeration(act: unknown, reason: unknown): string {
	const did = actWords[act as ModerationAct] ?? 'Something here was changed by moderation';
	return isModerationReason(reason) && act !== 'restore'
		? `${did}: ${moderationReasons[reason]}`
		: did;
}
