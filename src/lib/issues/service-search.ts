/** As much of a service as is searched: what it is called, under which heading, and in which other words. */
export interface Searchable {
	code: string;
	name: string;
	keywords: string[];
}

/** Small letters without accents: `sewerage` and `Sêwerage` are one word. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Stand in many names and say nothing. */
const little = new Set(['the', 'our', 'and', 'not', 'out', 'are', 'was', 'has', 'did', 'one']);

/** How well one typed word fits a service: its name before its other words, whole words before beginnings. */
function fitOf(word: string, service: Searchable, group: string): number {
	if (word.length < 3 || little.has(word)) return 0;
	const names = wordsOf(service.name);
	const others = service.keywords.flatMap(wordsOf);
	if (names.includes(word)) return names.length === 1 ? 6 : 5;
	if (others.includes(word)) return 4;
	if (names.some((each) => each.startsWith(word))) return 3;
	if (others.some((each) => each.startsWith(word))) return 2;
	// `streetlights` and `potholes` begin with what is known.
	if ([...names, ...others].some((each) => each.length > 3 && word.startsWith(each))) return 2;
	return wordsOf(group).some((each) => each.startsWith(word)) ? 1 : 0;
}

/**
 * The services that fit what somebody typed, in whichever language an administrator gave words for, the
 * best first. Words that fit nothing ("the", "in") count for nothing; equal fits keep the page's order.
 */
export function findServices<S extends Searchable>(
	groups: Array<{ name: string; services: S[] }>,
	typed: string,
	most = 6
): S[] {
	const words = wordsOf(typed).slice(0, 12);
	return groups
		.flatMap(({ name, services }) =>
			services.map((service) => ({
				service,
				fit: words.reduce((sum, word) => sum + fitOf(word, service, name), 0)
			}))
		)
		.filter(({ fit }) => fit > 0)
		.sort((a, b) => b.fit - a.fit)
		.slice(0, most)
		.map(({ service }) => service);
}
