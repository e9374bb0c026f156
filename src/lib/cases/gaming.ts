import { days, hours, minutes } from '../platform/time.ts';

/** The events that a game with the clock is made of. */
export const gamingKinds = [
	'claim',
	'decline',
	'reopen',
	'contradict',
	'service_changed',
	'hold'
] as const;
export type GamingKind = (typeof gamingKinds)[number];

/** What of an event the signs are read from. */
export interface Happening {
	caseId: string;
	/** Its place in the history of its case. */
	seq?: number;
	kind: GamingKind;
	/** Who of the municipality did it; nobody's are residents' and the system's deeds. */
	by: string | null;
	at: Date;
	/** Photos that came with it. */
	photos: number;
	serviceId?: string | null;
	fromServiceId?: string | null;
	/** Of a pause: what was left of the promise that came next, in milliseconds of its own time; null where none ran. */
	left?: number | null;
}

export const signs = [
	'pause_before_breach',
	'close_and_reopen',
	'category_shuffle',
	'mass_closure'
] as const;
export type Sign = (typeof signs)[number];

/** A pattern that looks like a clock being gamed, with everything it is read from. Never a verdict. */
export interface Flag {
	sign: Sign;
	/** Whose deeds they are; null where the pattern is a case's. */
	by: string | null;
	/** How many of the same kind this person did altogether, where a share says more than a number. */
	of: number | null;
	evidence: Happening[];
}

/** How far back signs are looked for. */
export const watchedFor = days(30);

/** A pause is just before the breach when no more than this was left of the promise. */
export const justBefore = hours(4);
/** So many such pauses, and so large a part of all pauses of one person. */
export const fewestPauses = 3;
export const shareOfPauses = 0.5;

/** Opened again within this time, a claim did not hold. */
export const opensSoon = days(14);
/** So many claims that did not hold, and so large a part of all claims of one person; or so many of one case. */
export const fewestReopened = 3;
export const shareOfClaims = 1 / 3;

/** So many changes of the service of one case, or one that leads back to a service it had. */
export const fewestChanges = 3;
/** A change that the same person takes back within this time was a mistake. */
export const mistake = hours(1);

/** So many cases that one person ends within this time without a photo. */
export const fewestEnded = 20;
export const endedWithin = minutes(60);

/**
 * What looks like a clock being gamed in these events, which are in order of time (cases.md 3). What
 * is known of each pattern is its evidence; the people who know the work have to say what it was.
 */
export const flagsIn = (happened: readonly Happening[]): Flag[] => [
	...pausesBeforeBreach(happened),
	...claimsThatDidNotHold(happened),
	...shuffles(happened),
	...massClosures(happened)
];

function pausesBeforeBreach(happened: readonly Happening[]): Flag[] {
	const pauses = happened.filter(({ kind }) => kind === 'hold');
	return [...byPerson(pauses)].flatMap(([by, own]) => {
		const evidence = own.filter(({ left }) => left != null && left >= 0 && left <= justBefore);
		const flagged =
			evidence.length >= fewestPauses && evidence.length >= own.length * shareOfPauses;
		return flagged ? [{ sign: 'pause_before_breach', by, of: own.length, evidence }] : [];
	});
}

function claimsThatDidNotHold(happened: readonly Happening[]): Flag[] {
	const claims = happened.filter(({ kind }) => kind === 'claim');
	const undone = new Set(
		[...byCase(happened).values()].flatMap((own) =>
			own.filter((each, at) => each.kind === 'claim' && opensAgain(each, own.slice(at + 1)))
		)
	);
	const people = [...byPerson(claims)].flatMap(([by, own]): Flag[] => {
		const evidence = own.filter((each) => undone.has(each));
		const flagged =
			evidence.length >= fewestReopened && evidence.length >= own.length * shareOfClaims;
		return flagged ? [{ sign: 'close_and_reopen', by, of: own.length, evidence }] : [];
	});
	const told = new Set(people.flatMap(({ evidence }) => evidence));
	const ofOneCase = [...byCase([...undone]).values()].flatMap((evidence): Flag[] =>
		evidence.length >= fewestReopened && !evidence.every((each) => told.has(each))
			? [{ sign: 'close_and_reopen', by: null, of: null, evidence }]
			: []
	);
	return [...people, ...ofOneCase];
}

/** Whether what comes next on the case opens it again soon. */
function opensAgain(claim: Happening, after: Happening[]) {
	const next = after.find(({ kind }) => ['claim', 'reopen', 'contradict'].includes(kind));
	return (
		next !== undefined &&
		next.kind !== 'claim' &&
		next.at.getTime() - claim.at.getTime() <= opensSoon
	);
}

const shuffles = (happened: readonly Happening[]): Flag[] =>
	[...byCase(happened.filter(({ kind }) => kind === 'service_changed')).values()]
		.map(withoutMistakes)
		.filter((changes) => changes.length >= fewestChanges || comesBack(changes))
		.map((evidence) => ({ sign: 'category_shuffle', by: null, of: null, evidence }));

/** The changes less those that the same person took back at once. */
const withoutMistakes = (changes: Happening[]) =>
	changes.reduce<Happening[]>((kept, change) => {
		const last = kept.at(-1);
		const takenBack =
			last !== undefined &&
			last.by === change.by &&
			last.fromServiceId === change.serviceId &&
			change.at.getTime() - last.at.getTime() <= mistake;
		return takenBack ? kept.slice(0, -1) : [...kept, change];
	}, []);

/** Whether a change leads to a service that the case had before. */
const comesBack = (changes: Happening[]) =>
	changes.some(
		({ serviceId }, at) =>
			serviceId != null &&
			changes.slice(0, at + 1).some(({ fromServiceId }) => fromServiceId === serviceId)
	);

const endsBare = ({ kind, photos }: Happening) =>
	kind === 'decline' || (kind === 'claim' && photos === 0);

const massClosures = (happened: readonly Happening[]): Flag[] =>
	[...byPerson(happened.filter(endsBare))].flatMap(([by, own]) =>
		bursts(own).map((evidence) => ({ sign: 'mass_closure', by, of: null, evidence }))
	);

/** The runs of at least `fewestEnded` within `endedWithin`, none sharing an event with another. */
function bursts(ended: Happening[]): Happening[][] {
	const found: Happening[][] = [];
	for (let first = 0; first < ended.length;) {
		const until = ended[first].at.getTime() + endedWithin;
		const after = ended.findIndex(({ at }, n) => n > first && at.getTime() > until);
		const run = ended.slice(first, after < 0 ? undefined : after);
		if (run.length < fewestEnded) first++;
		else {
			found.push(run);
			first += run.length;
		}
	}
	return found;
}

function byPerson(happened: readonly Happening[]) {
	const known = Map.groupBy(happened, ({ by }) => by);
	known.delete(null);
	return known as Map<string, Happening[]>;
}

const byCase = (happened: readonly Happening[]) => Map.groupBy(happened, ({ caseId }) => caseId);
