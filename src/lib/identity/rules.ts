import { days, hours, later, minutes } from '../platform/time.ts';

/** How often codes are sent. Whoever proved the contact on this device before is not held up by strangers. */
export const codeBudgets = {
	device: { points: 4, window: minutes(15) },
	strangers: { points: 10, window: hours(1) },
	network: { points: 300, window: hours(1) },
	foreign: { points: 60, window: hours(1) }
} as const;

/** A code lives ten minutes and takes five tries. */
export const codeLife = minutes(10);
export const codeTries = 5;

/** Numbers go to other people after a while: one that was not proved for so long is asked about again. */
export const contactLife = days(180);

export interface Code {
	expiresAt: Date;
	tries: number;
	usedAt: Date | null;
}
export type CodeObstacle = 'unknown' | 'used' | 'expired' | 'tried_too_often';

/** Why a code cannot be tried any more, or null. */
export function codeObstacle(code: Code | undefined, now: Date): CodeObstacle | null {
	if (!code) return 'unknown';
	if (code.usedAt) return 'used';
	if (code.expiresAt <= now) return 'expired';
	if (code.tries >= codeTries) return 'tried_too_often';
	return null;
}

/** Whether the person has to say who they are: several share the contact, or it may have a new owner. */
export const mustSayWho = (people: number, provedBefore: Date | null, now: Date) =>
	people > 1 || (people === 1 && (!provedBefore || later(provedBefore, contactLife) <= now));

/** Six digits out of what was typed or pasted: spaces, dashes and Arabic-Indic digits are fine. */
export const readDigits = (typed: string): string =>
	typed
		.replace(/[٠-٩]/g, (sign) => String(sign.charCodeAt(0) - 0x660))
		.replace(/[۰-۹]/g, (sign) => String(sign.charCodeAt(0) - 0x6f0))
		.replace(/[\s.–-]/g, '');

/** Tries at a password or second factor. Strangers' budgets never touch a device that signed in before. */
export const staffBudgets = {
	device: { points: 10, window: minutes(15) },
	accountFromNetwork: { points: 5, window: minutes(15) },
	strangers: { points: 30, window: hours(1) },
	network: { points: 200, window: hours(1) }
} as const;

/** Links for a new password live an hour, invitations three days. */
export const linkLife = { invitation: hours(72), password_reset: hours(1) } as const;

export type PasswordObstacle = 'too_short' | 'too_long' | 'too_simple' | 'is_your_name';

/** Why a password is not taken, or null: length counts, composition does not (NIST SP 800-63B 3.1.1). */
export function passwordObstacle(password: string, known: string[] = []): PasswordObstacle | null {
	if (password.length < 12) return 'too_short';
	if (password.length > 200) return 'too_long';
	if (new Set(password.toLowerCase()).size < 5) return 'too_simple';
	if (/^(password|qwerty|imbizo|municipality)[\d!@#.]*$/i.test(password)) return 'too_simple';
	const plain = password.toLowerCase().replace(/\s/g, '');
	if (
		known.some((each) => each.length > 3 && plain.startsWith(each.toLowerCase().replace(/\s/g, '')))
	)
		return 'is_your_name';
	return null;
}

export interface LinkState {
	expiresAt: Date;
	usedAt: Date | null;
	revokedAt: Date | null;
}
export type LinkObstacle = 'unknown' | 'used' | 'revoked' | 'expired';

/** Why a one-time link opens nothing, or null. */
export function linkObstacle(link: LinkState | undefined, now: Date): LinkObstacle | null {
	if (!link) return 'unknown';
	if (link.usedAt) return 'used';
	if (link.revokedAt) return 'revoked';
	return link.expiresAt <= now ? 'expired' : null;
}
