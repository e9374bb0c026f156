import { m } from '../i18n/index.ts';
import type { IconName } from '../ui/icons.ts';
import type { RumourAnswer } from './rumour.ts';
import type { Verdict } from './verify.ts';

interface Facts {
	owner: string;
	n: number;
	newest: number;
	until: string;
}

interface Words {
	title: () => string;
	what: (facts: Facts) => string;
	icon: IconName;
	tone: 'good' | 'wait' | 'bad';
}

export type Standing = Exclude<Verdict['kind'], 'not_genuine' | 'card'>;
export type Fault = Extract<Verdict, { kind: 'not_genuine' }>['because'];

/** What to say of something that was signed, by how it stands. */
// prettier-ignore
export const standingWords: Record<Standing, Words> = {
	genuine:    { title: m.verify_genuine,    what: m.verify_genuine_what,    icon: 's-done', tone: 'good' },
	superseded: { title: m.verify_superseded, what: m.verify_superseded_what, icon: 's-late', tone: 'bad' },
	expired:    { title: m.verify_expired,    what: m.verify_expired_what,    icon: 'clock',  tone: 'wait' },
	retracted:  { title: m.verify_retracted,  what: m.verify_retracted_what,  icon: 's-no',   tone: 'bad' },
	cleared:    { title: m.verify_cleared,    what: m.verify_cleared_what,    icon: 's-done', tone: 'good' }
};

/** Why something proves nothing. */
export const faultWords: Record<Fault, () => string> = {
	damaged: m.verify_damaged,
	unknown_key: m.verify_unknown_key,
	wrong_signature: m.verify_wrong_signature,
	revoked_key: m.verify_revoked_key,
	exercise_key: m.verify_exercise_key
};

/** What the municipality says of a rumour. `checking` says since when. */
export const rumourWords: Record<
	RumourAnswer,
	{ says: (facts: { when: string }) => string; tone: 'good' | 'bad' | 'wait' }
> = {
	true: { says: m.alerts_true, tone: 'good' },
	false: { says: m.alerts_false, tone: 'bad' },
	partly: { says: m.alerts_partly, tone: 'wait' },
	checking: { says: m.alerts_checking, tone: 'wait' }
};
