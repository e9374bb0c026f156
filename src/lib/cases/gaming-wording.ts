import { plural } from '../platform/text.ts';
import { span } from '../clocks/wording.ts';
import { endedWithin, justBefore, opensSoon, type GamingKind, type Sign } from './gaming.ts';

interface Shown {
	sign: Sign;
	by: { name: string | null } | null;
	/** How many deeds it is read from, and of how many of that kind by that person. */
	n: number;
	of: number | null;
}

const minuteMs = 60_000;
const inHours = (time: number) => span(Math.floor(time / minuteMs));
const who = ({ by }: Shown) => by?.name ?? 'Somebody';

const says: Record<Sign, (flag: Shown) => string> = {
	pause_before_breach: (flag) =>
		`Looks like pausing just before a promise breaks: ${who(flag)}, ${flag.n} of ${plural(flag.of ?? flag.n, 'pause')} with ${inHours(justBefore)} or less to go`,
	close_and_reopen: (flag) =>
		flag.by
			? `Looks like closing what is not done: ${who(flag)}, ${flag.n} of ${plural(flag.of ?? flag.n, 'claim')} opened again within ${Math.round(opensSoon / 86_400_000)} days`
			: `Looks like closing what is not done: one case said to be done and opened again ${flag.n} times`,
	category_shuffle: (flag) =>
		`Looks like a case sent from service to service: changed ${flag.n} times`,
	mass_closure: (flag) =>
		`Looks like closing in bulk: ${who(flag)} ended ${plural(flag.n, 'case')} within ${inHours(endedWithin)}, none with a photo`
};

/** What a pattern looks like, with its numbers: `Looks like closing in bulk: …`. */
export const flagWords = (flag: Shown) => says[flag.sign](flag);

/** How the same pattern comes about honestly. */
export const honestWords: Record<Sign, string> = {
	pause_before_breach:
		'It may be honest: parts that ran out in one week stop many jobs, and a job is often opened late in its time.',
	close_and_reopen:
		'It may be honest: a network under pressure breaks beside the repair, and residents may mean another fault.',
	category_shuffle:
		'It may be honest: what is wrong is sometimes known only when the ground is open.',
	mass_closure:
		'It may be honest: a round written down on paper and typed in afterwards, or one wave of spam.'
};

const did: Record<GamingKind, string> = {
	claim: 'said to be done',
	decline: 'not taken up',
	reopen: 'opened again',
	contradict: 'said not to be fixed',
	service_changed: 'service changed',
	hold: 'paused'
};

/** One deed as evidence: `paused with 1 h 20 min to go`. */
export const happenedWords = ({ kind, left }: { kind: GamingKind; left: number | null }) =>
	kind === 'hold' && left !== null ? `paused with ${inHours(left)} to go` : did[kind];
