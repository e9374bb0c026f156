import { days, later } from '#lib/platform/time.ts';
import { dice, type Dice } from './dice.ts';
import { scenes, suggestions, type Scene } from './scenes.ts';

/** How one report ends, as far as the story has come. */
export type Ending =
	| 'untouched'
	| 'seen'
	| 'assigned'
	| 'working'
	| 'paused'
	| 'claimed'
	| 'confirmed'
	| 'contradicted'
	| 'reopened'
	| 'declined'
	| 'withdrawn';

export interface Tale {
	n: number;
	town: 'KHA' | 'THO';
	ward: number;
	scene: Scene;
	words: string;
	language: string;
	/** Days before today, with fractions. */
	daysAgo: number;
	/** Days from the report until the department says it is done. */
	takes: number;
	ending: Ending;
	supporters: number;
	photos: number;
	signed: boolean;
	councillorSpeaks: boolean;
}

const wardsOf = { KHA: 9, THO: 4 } as const;
// Ward 7 is where the demonstration's people live; wards 3 and 5 are poor and report much, ward 8 hardly.
const busy = { KHA: [1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 7, 7, 8, 9], THO: [1, 1, 2, 3, 4] } as const;

/** The departments the neighbour has: it is smaller. */
export const departmentIn = (town: 'KHA' | 'THO', department: string) =>
	town === 'KHA'
		? department
		: ['water', 'electricity', 'roads'].includes(department)
			? 'technical'
			: 'community';

/** About 400 reports over a year in Khanyisa, and some in its neighbour; oldest first, the same every time. */
export function taleOfTheYear(count = 400, seed = 2026): Tale[] {
	const rolled = dice(seed);
	const total = scenes.reduce((sum, { weight }) => sum + weight, 0);
	return Array.from({ length: count }, (_, n) => tale(n, rolled, total)).sort(
		(a, b) => b.daysAgo - a.daysAgo
	);
}

function tale(n: number, rolled: Dice, total: number): Tale {
	const town = rolled.chance(0.1) ? 'THO' : 'KHA';
	const scene = pick(rolled, total);
	const daysAgo = Math.pow(rolled.share(), 1.3) * 364 + 0.3;
	const takes = rolled.around(scene.days);
	const [words, language = 'en'] = rolled.of(scene.reports);
	return {
		n,
		town,
		ward: Math.min(rolled.of(busy[town]), wardsOf[town]),
		scene,
		words,
		language,
		daysAgo,
		takes,
		ending: endingOf(rolled, daysAgo, takes),
		supporters: rolled.chance(0.35) ? 1 + rolled.below(rolled.chance(0.2) ? 12 : 4) : 0,
		photos: rolled.chance(0.3) ? 1 + rolled.below(2) : 0,
		signed: rolled.chance(0.2),
		councillorSpeaks: rolled.chance(0.12)
	};
}

function pick(rolled: Dice, total: number): Scene {
	let left = rolled.below(total);
	return scenes.find(({ weight }) => (left -= weight) < 0) ?? scenes[0];
}

function endingOf(rolled: Dice, daysAgo: number, takes: number): Ending {
	if (rolled.chance(0.03)) return 'withdrawn';
	if (rolled.chance(0.05) && daysAgo > 2) return 'declined';
	if (takes < daysAgo) {
		const roll = rolled.share();
		if (roll < 0.42) return 'confirmed';
		if (roll < 0.5 && daysAgo > 3) return 'contradicted';
		if (roll < 0.55 && daysAgo > 3) return 'reopened';
		return 'claimed';
	}
	if (daysAgo < 0.8) return 'untouched';
	return rolled.of(['seen', 'assigned', 'working', 'working', 'paused', 'untouched'] as const);
}

/** The suggestions, spread over the last half year. */
export const suggestionsOfTheYear = () =>
	suggestions.map((scene, n) => ({ ...scene, n, daysAgo: 170 - n * 18 }));

export const before = (now: Date, daysAgo: number) => later(now, -days(1) * daysAgo);
